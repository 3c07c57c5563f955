using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Inventory;

internal static class Choices
{
    /// <summary>Of the rows of a site (or of one parent there), one at most has the flag.</summary>
    public static void OneAtMost<T>(this EntityTypeBuilder<T> builder, string flag, params string[] parent) where T : SiteEntity =>
        builder.HasIndex([nameof(SiteEntity.SiteId), .. parent], $"ux_{typeof(T).Name}_{flag}".ToLowerInvariant()).IsUnique().HasFilter(flag);
}

internal sealed class PartMapping : IEntityTypeConfiguration<Part>
{
    public void Configure(EntityTypeBuilder<Part> builder)
    {
        builder.Folded(x => x.Name);
        builder.Folded(x => x.Number);
        builder.Folded(x => x.Description);
        builder.Folded(x => x.Area);
        builder.Unique(x => x.Number);
        builder.Unique(x => x.QrCode);
        // Few parts are low: an index of those alone is small, and planners know that it is.
        builder.HasIndex([nameof(SiteEntity.SiteId), nameof(Entity.Id)], "ix_part_low").HasFilter("is_low");
        builder.Unlogged(x => x.LowStockEpoch); // counts crossings, for the claims of the policy
        builder.BelongsTo(x => x.PartType, x => x.PartTypeId, type => type.Parts);
        builder.BelongsTo(x => x.Storeroom, x => x.StoreroomId);
        builder.BelongsTo(x => x.MeasurementUnit, x => x.MeasurementUnitId, unit => unit.Parts);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_part_on_hand", "on_hand >= 0");
            table.HasCheckConstraint("ck_part_reserved", "reserved >= 0");
            table.HasCheckConstraint("ck_part_available", "available = on_hand - reserved");
            table.HasCheckConstraint("ck_part_on_order", "on_order >= 0");
            table.HasCheckConstraint("ck_part_shortage", "shortage >= 0");
            table.HasCheckConstraint("ck_part_stock_value", "stock_value >= 0");
        });
    }
}

internal sealed class PartTypeMapping : IEntityTypeConfiguration<PartType>
{
    public void Configure(EntityTypeBuilder<PartType> builder)
    {
        builder.Folded(x => x.Name);
        builder.UniqueFolded(x => x.Name);
    }
}

internal sealed class MeasurementUnitMapping : IEntityTypeConfiguration<MeasurementUnit>
{
    public void Configure(EntityTypeBuilder<MeasurementUnit> builder)
    {
        builder.Folded(x => x.Name);
        builder.UniqueFolded(x => x.Name);
    }
}

internal sealed class StoreroomMapping : IEntityTypeConfiguration<Storeroom>
{
    public void Configure(EntityTypeBuilder<Storeroom> builder)
    {
        builder.Folded(x => x.Name);
        builder.UniqueFolded(x => x.Name);
        builder.OneAtMost("is_default");
        builder.BelongsTo(x => x.Location, x => x.LocationId);
    }
}

internal sealed class StockLevelMapping : IEntityTypeConfiguration<StockLevel>
{
    public void Configure(EntityTypeBuilder<StockLevel> builder)
    {
        builder.Unlogged(); // the ledger records its own events
        builder.Unique(x => new { x.PartId, x.StoreroomId });
        builder.BelongsTo(x => x.Part, x => x.PartId, part => part.StockLevels);
        builder.BelongsTo(x => x.Storeroom, x => x.StoreroomId, storeroom => storeroom.Levels);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_stock_level_on_hand", "on_hand >= 0");
            table.HasCheckConstraint("ck_stock_level_reserved", "reserved >= 0");
            table.HasCheckConstraint("ck_stock_level_available", "available = on_hand - reserved");
        });
    }
}

internal sealed class StockTransactionMapping : IEntityTypeConfiguration<StockTransaction>
{
    public void Configure(EntityTypeBuilder<StockTransaction> builder)
    {
        builder.Unlogged(); // it is history itself
        builder.Folded(x => x.Note);
        builder.BelongsTo(x => x.Part, x => x.PartId, part => part.Transactions);
        builder.BelongsTo(x => x.Storeroom, x => x.StoreroomId);
        builder.BelongsTo(x => x.PurchaseRequest, x => x.PurchaseRequestId);
        builder.BelongsTo<StockTransaction, WorkOrder>(x => x.WorkOrderId);
        builder.Indexed(x => new { x.PartId, x.Kind, x.CreatedAt });
        builder.Indexed(x => new { x.Kind, x.CreatedAt });
    }
}

internal sealed class VendorMapping : IEntityTypeConfiguration<Vendor>
{
    public void Configure(EntityTypeBuilder<Vendor> builder)
    {
        builder.Folded(x => x.Name);
        builder.Folded(x => x.Description);
        builder.Links(x => x.Locations, "vendor_location");
        builder.Links(x => x.Categories, "vendor_category");
    }
}

internal sealed class VendorContactMapping : IEntityTypeConfiguration<VendorContact>
{
    public void Configure(EntityTypeBuilder<VendorContact> builder)
    {
        builder.Folded(x => x.Name);
        builder.BelongsTo(x => x.Vendor, x => x.VendorId, vendor => vendor.Contacts);
        builder.OneAtMost("is_primary", nameof(VendorContact.VendorId));
    }
}

internal sealed class VendorPartMapping : IEntityTypeConfiguration<VendorPart>
{
    public void Configure(EntityTypeBuilder<VendorPart> builder)
    {
        builder.Unique(x => new { x.PartId, x.VendorId });
        builder.OneAtMost("is_preferred", nameof(VendorPart.PartId));
        builder.BelongsTo(x => x.Part, x => x.PartId, part => part.VendorParts);
        builder.BelongsTo(x => x.Vendor, x => x.VendorId, vendor => vendor.VendorParts);
    }
}

internal sealed class PurchaseRequestMapping : IEntityTypeConfiguration<PurchaseRequest>
{
    public void Configure(EntityTypeBuilder<PurchaseRequest> builder)
    {
        builder.Folded(x => x.Code);
        builder.Folded(x => x.Note);
        builder.Unique(x => x.Code);
        builder.Indexed(x => x.Status);
        builder.BelongsTo(x => x.Vendor, x => x.VendorId);
    }
}

internal sealed class PurchaseLineMapping : IEntityTypeConfiguration<PurchaseLine>
{
    public void Configure(EntityTypeBuilder<PurchaseLine> builder)
    {
        builder.Property(x => x.ClaimKey);
        builder.Secret(x => x.ClaimKey);
        builder.Unique(x => x.ClaimKey);
        builder.Unique(x => new { x.PurchaseRequestId, x.PartId });
        builder.BelongsTo(x => x.PurchaseRequest, x => x.PurchaseRequestId, request => request.Lines);
        builder.BelongsTo(x => x.Part, x => x.PartId);
        builder.ToTable(table => table.HasCheckConstraint("ck_purchase_line_received", "received >= 0 AND received <= quantity"));
    }
}
