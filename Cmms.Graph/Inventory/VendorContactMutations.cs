using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Inventory;

[MutationType, Authorize(Permission.ManageInventory)]
internal static class VendorContactMutations
{
    /// <summary>Adds a person at a vendor's. The first is the one to turn to.</summary>
    [Error<NotFound>]
    public static async Task<VendorContactChange> AddVendorContact(
        [ID<Vendor>] long vendorId, string name, string? role, string? email, string? phone, string? extension, CmmsDb db, CancellationToken cancel,
        bool isPrimary = false)
    {
        var vendor = await db.Find<Vendor>(vendorId, cancel);
        var contact = await db.AddContact(vendor, name, isPrimary, cancel);
        (contact.Role, contact.Email, contact.Phone, contact.Extension) = (role, email, phone, extension);
        await db.SaveChangesAsync(cancel);
        return new VendorContactChange(vendor, contact);
    }

    /// <summary>Changes what is known about a person at a vendor's.</summary>
    /// <param name="version">The version that was read: the change is refused if the contact has changed since.</param>
    /// <param name="isPrimary">True: this is the one to turn to, and no other.</param>
    [Error<NotFound, Conflict>]
    public static async Task<VendorContactChange> UpdateVendorContact(
        [ID<VendorContact>] long id, int? version, Optional<string> name, Optional<string?> role, Optional<string?> email, Optional<string?> phone,
        Optional<string?> extension, Optional<bool> isPrimary, CmmsDb db, CancellationToken cancel)
    {
        var contact = await db.FindVersion<VendorContact>(id, version, cancel);
        var vendor = await db.Find<Vendor>(contact.VendorId, cancel);
        if (isPrimary.IsSet && !isPrimary.Value && contact.IsPrimary)
            throw new InvalidValue(nameof(isPrimary), "cannot be taken away; make another contact the primary one");
        contact.Name = name.Or(contact.Name);
        contact.Role = role.Or(contact.Role);
        contact.Email = email.Or(contact.Email);
        contact.Phone = phone.Or(contact.Phone);
        contact.Extension = extension.Or(contact.Extension);
        if (isPrimary.Or(false)) await db.MakePrimary(contact, cancel);
        await db.SaveChangesAsync(cancel);
        return new VendorContactChange(vendor, contact);
    }

    /// <summary>Removes a person at a vendor's; the longest known of the others follows the primary one.</summary>
    [Error<NotFound>]
    public static async Task<VendorContactChange> RemoveVendorContact([ID<VendorContact>] long id, CmmsDb db, CancellationToken cancel)
    {
        var contact = await db.Find<VendorContact>(id, cancel);
        var vendor = await db.Find<Vendor>(contact.VendorId, cancel);
        await db.RemoveContact(contact, cancel);
        await db.SaveChangesAsync(cancel);
        return new VendorContactChange(vendor, contact);
    }
}

/// <summary>What a change of a vendor's contacts changed.</summary>
/// <param name="Vendor">The vendor, with its contacts afterwards.</param>
/// <param name="VendorContact">The contact; one that was removed, as it was.</param>
[Payload]
internal sealed record VendorContactChange(Vendor Vendor, VendorContact VendorContact);
