using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Inventory;

public static class Storerooms
{
    private const string FirstName = "Main Storeroom";

    /// <summary>Makes a storeroom the site's default in the place of the one that was: first the old one steps back, since the database allows only one.</summary>
    public static async Task MakeDefault(this CmmsDb db, Storeroom storeroom, CancellationToken cancel)
    {
        if (storeroom.IsDefault) return;
        if (await db.Storerooms.SingleOrDefaultAsync(s => s.IsDefault, cancel) is { } old)
        {
            old.IsDefault = false;
            await db.SaveChangesAsync(cancel);
        }
        storeroom.IsDefault = true;
    }

    /// <summary>The site's default storeroom; a site that has none yet gets its first here.</summary>
    internal static async Task<Storeroom> DefaultStoreroom(this CmmsDb db, CancellationToken cancel)
    {
        if (await db.Storerooms.SingleOrDefaultAsync(s => s.IsDefault, cancel) is { } found) return found;
        var first = await db.Storerooms.OrderBy(s => s.Id).FirstOrDefaultAsync(cancel);
        if (first is null) db.Storerooms.Add(first = new Storeroom(FirstName, isDefault: true));
        else first.IsDefault = true;
        await db.SaveChangesAsync(cancel);
        return first;
    }
}
