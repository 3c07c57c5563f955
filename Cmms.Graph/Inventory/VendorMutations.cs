using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Inventory;

[MutationType, Authorize(Permission.ManageInventory)]
internal static class VendorMutations
{
    /// <summary>Adds a company that sells parts or does work.</summary>
    /// <param name="locationIds">The places that it works at.</param>
    /// <param name="categoryIds">What it is for.</param>
    [Error<NotFound>]
    public static async Task<Vendor> CreateVendor(
        string name, string? description, bool? assignToWorkOrders, bool? partsSupplier, string? taxId, string? address, int? rating, Money? hourlyRate,
        [ID<Location>] IReadOnlyList<long>? locationIds, [ID<Category>] IReadOnlyList<long>? categoryIds, CmmsDb db, CancellationToken cancel)
    {
        Vendor vendor = new(name)
        {
            Description = description, AssignToWorkOrders = assignToWorkOrders ?? false, PartsSupplier = partsSupplier ?? false,
            TaxId = taxId, Address = address, Rating = rating, HourlyRate = hourlyRate,
        };
        db.Vendors.Add(vendor);
        await db.SetLocations(vendor, locationIds ?? [], cancel);
        await db.SetCategories(vendor, categoryIds ?? [], cancel);
        await db.SaveChangesAsync(cancel);
        return vendor;
    }

    /// <summary>Changes what is known about a vendor.</summary>
    /// <param name="version">The version that was read: the change is refused if the vendor has changed since.</param>
    /// <param name="locationIds">The places that it works at; replaces those that were named before.</param>
    /// <param name="categoryIds">What it is for; replaces what was named before.</param>
    [Error<NotFound, Conflict>]
    public static async Task<Vendor> UpdateVendor(
        [ID<Vendor>] long id, int? version, Optional<string> name, Optional<string?> description, Optional<bool> assignToWorkOrders,
        Optional<bool> partsSupplier, Optional<string?> taxId, Optional<string?> address, Optional<int?> rating, Optional<Money?> hourlyRate,
        [ID<Location>] Optional<IReadOnlyList<long>> locationIds, [ID<Category>] Optional<IReadOnlyList<long>> categoryIds, CmmsDb db, CancellationToken cancel)
    {
        var vendor = await db.FindVersion<Vendor>(id, version, cancel);
        vendor.Name = name.Or(vendor.Name);
        vendor.Description = description.Or(vendor.Description);
        vendor.AssignToWorkOrders = assignToWorkOrders.Or(vendor.AssignToWorkOrders);
        vendor.PartsSupplier = partsSupplier.Or(vendor.PartsSupplier);
        vendor.TaxId = taxId.Or(vendor.TaxId);
        vendor.Address = address.Or(vendor.Address);
        vendor.Rating = rating.Or(vendor.Rating);
        vendor.HourlyRate = hourlyRate.Or(vendor.HourlyRate);
        if (locationIds.IsSet) await db.SetLocations(vendor, locationIds.Value ?? [], cancel);
        if (categoryIds.IsSet) await db.SetCategories(vendor, categoryIds.Value ?? [], cancel);
        await db.SaveChangesAsync(cancel);
        return vendor;
    }

    /// <summary>Puts a vendor away: kept for its history, nothing new is bought from it.</summary>
    [Error<NotFound>]
    public static async Task<Vendor> ArchiveVendor([ID<Vendor>] long id, CmmsDb db, CancellationToken cancel)
    {
        var vendor = await db.Find<Vendor>(id, cancel);
        vendor.Archive();
        await db.SaveChangesAsync(cancel);
        return vendor;
    }

    /// <summary>Takes an archived vendor up again.</summary>
    [Error<NotFound>]
    public static async Task<Vendor> RestoreVendor([ID<Vendor>] long id, CmmsDb db, CancellationToken cancel)
    {
        var vendor = await db.Find<Vendor>(id, cancel);
        vendor.Restore();
        await db.SaveChangesAsync(cancel);
        return vendor;
    }
}
