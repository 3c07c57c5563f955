using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Inventory;

[MutationType, Authorize(Permission.ManageInventory)]
internal static class StoreroomMutations
{
    /// <summary>Adds a place to keep parts in.</summary>
    /// <param name="isDefault">Whether it stands, in the place of the one that did, wherever no storeroom is named.</param>
    [Error<NotFound, Duplicate>]
    public static async Task<Storeroom> CreateStoreroom(
        string name, string? description, [ID<Location>] long? locationId, CmmsDb db, CancellationToken cancel, bool isDefault = false)
    {
        Storeroom storeroom = new(name) { Description = description };
        storeroom.StandAt(await db.FindOptional<Location>(locationId, cancel));
        if (isDefault) await db.MakeDefault(storeroom, cancel);
        db.Storerooms.Add(storeroom);
        await db.SaveChangesAsync(cancel);
        return storeroom;
    }

    /// <summary>Changes what is known about a storeroom.</summary>
    /// <param name="version">The version that was read: the change is refused if the storeroom has changed since.</param>
    /// <param name="isDefault">True: it stands, in the place of the one that did, wherever no storeroom is named.</param>
    [Error<NotFound, Duplicate, Conflict>]
    public static async Task<Storeroom> UpdateStoreroom(
        [ID<Storeroom>] long id, int? version, Optional<string> name, Optional<string?> description, [ID<Location>] Optional<long?> locationId,
        Optional<bool> isDefault, CmmsDb db, CancellationToken cancel)
    {
        var storeroom = await db.FindVersion<Storeroom>(id, version, cancel);
        if (isDefault.IsSet && !isDefault.Value && storeroom.IsDefault)
            throw new InvalidValue(nameof(isDefault), "cannot be taken away; make another storeroom the default");
        storeroom.Name = name.Or(storeroom.Name);
        storeroom.Description = description.Or(storeroom.Description);
        if (locationId.IsSet) storeroom.StandAt(await db.FindOptional<Location>(locationId.Value, cancel));
        if (isDefault.Or(false)) await db.MakeDefault(storeroom, cancel);
        await db.SaveChangesAsync(cancel);
        return storeroom;
    }

    /// <summary>Removes a storeroom that nothing was ever kept in; the answer shows it as it was.</summary>
    [Error<NotFound, InUse>]
    public static async Task<Storeroom> DeleteStoreroom([ID<Storeroom>] long id, CmmsDb db, CancellationToken cancel)
    {
        var storeroom = await db.Find<Storeroom>(id, cancel);
        await db.RemoveUnused(storeroom, cancel);
        await db.SaveChangesAsync(cancel);
        return storeroom;
    }
}
