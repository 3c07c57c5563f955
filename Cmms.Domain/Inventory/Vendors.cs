using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Inventory;

/// <summary>A vendor's contacts, places and categories.</summary>
public static class Vendors
{
    /// <summary>The first contact of a vendor is its primary one by itself.</summary>
    public static async Task<VendorContact> AddContact(this CmmsDb db, Vendor vendor, string name, bool isPrimary, CancellationToken cancel)
    {
        var contact = new VendorContact(vendor, name);
        if (!await db.VendorContacts.AnyAsync(c => c.VendorId == vendor.Id, cancel)) contact.IsPrimary = true;
        else if (isPrimary) await db.MakePrimary(contact, cancel);
        db.Add(contact);
        return contact;
    }

    /// <summary>Makes a contact the primary one; the old one steps back first, since the database allows only one.</summary>
    public static async Task MakePrimary(this CmmsDb db, VendorContact contact, CancellationToken cancel)
    {
        if (contact.IsPrimary) return;
        var vendorId = contact.Vendor?.Id ?? contact.VendorId;
        if (await db.VendorContacts.SingleOrDefaultAsync(c => c.VendorId == vendorId && c.IsPrimary, cancel) is { } old)
        {
            old.IsPrimary = false;
            await db.SaveChangesAsync(cancel);
        }
        contact.IsPrimary = true;
    }

    /// <summary>Removes a contact; the longest known of the others follows a primary one.</summary>
    public static async Task RemoveContact(this CmmsDb db, VendorContact contact, CancellationToken cancel)
    {
        db.Remove(contact);
        if (!contact.IsPrimary) return;
        await db.SaveChangesAsync(cancel);
        var heir = await db.VendorContacts.Where(c => c.VendorId == contact.VendorId).OrderBy(c => c.Id).FirstOrDefaultAsync(cancel);
        heir?.IsPrimary = true;
    }

    /// <exception cref="NotFound"/>
    public static async Task SetLocations(this CmmsDb db, Vendor vendor, IReadOnlyCollection<long> locationIds, CancellationToken cancel)
    {
        if (db.Entry(vendor).State is not EntityState.Added) await db.Entry(vendor).Collection(v => v.Locations).LoadAsync(cancel);
        vendor.WorkAt(await db.FindAll<Location>(locationIds, cancel));
    }

    /// <exception cref="NotFound"/>
    /// <exception cref="InvalidValue">A category that was put away.</exception>
    public static async Task SetCategories(this CmmsDb db, Vendor vendor, IReadOnlyCollection<long> categoryIds, CancellationToken cancel)
    {
        if (db.Entry(vendor).State is not EntityState.Added) await db.Entry(vendor).Collection(v => v.Categories).LoadAsync(cancel);
        vendor.BeFor(await db.FindAll<Category>(categoryIds, cancel));
    }
}
