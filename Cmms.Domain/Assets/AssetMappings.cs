using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Assets;

internal sealed class LocationMapping : IEntityTypeConfiguration<Location>
{
    public void Configure(EntityTypeBuilder<Location> builder)
    {
        builder.Folded(x => x.Name);
        builder.Folded(x => x.Code);
        builder.Folded(x => x.Path);
        builder.Folded(x => x.Description);
        builder.Folded(x => x.Address);
        builder.Unique(x => x.Code);
        builder.Unique(x => x.QrCode);
        builder.BelongsTo(x => x.Parent, x => x.ParentId, parent => parent.Children);
        builder.BelongsTo(x => x.Root, x => x.RootId);
    }
}

internal sealed class AssetTypeMapping : IEntityTypeConfiguration<AssetType>
{
    public void Configure(EntityTypeBuilder<AssetType> builder)
    {
        builder.Folded(x => x.Name);
        builder.UniqueFolded(x => x.Name);
    }
}

internal sealed class AssetMapping : IEntityTypeConfiguration<Asset>
{
    public void Configure(EntityTypeBuilder<Asset> builder)
    {
        builder.Folded(x => x.Name);
        builder.Folded(x => x.Code);
        builder.Folded(x => x.Path);
        builder.Folded(x => x.Description);
        builder.Folded(x => x.Model);
        builder.Folded(x => x.Manufacturer);
        builder.Folded(x => x.SerialNumber);
        builder.Unique(x => x.Code);
        builder.Unique(x => x.QrCode);
        builder.Indexed(x => x.Status);
        builder.Indexed(x => x.WarrantyExpirationDate);
        builder.BelongsTo(x => x.Location, x => x.LocationId, location => location.Assets);
        builder.BelongsTo(x => x.Process, x => x.ProcessId, process => process.Assets);
        builder.BelongsTo(x => x.Parent, x => x.ParentId, parent => parent.Children);
        builder.BelongsTo(x => x.Root, x => x.RootId);
        builder.Links(x => x.AssetTypes, "asset_asset_type", type => type.Assets);
        builder.Links(x => x.Technicians, "asset_technician");
        builder.Links(x => x.Parts, "asset_part", part => part.Assets);
        builder.Links(x => x.Vendors, "asset_vendor", vendor => vendor.Assets);
    }
}

internal sealed class DowntimeMapping : IEntityTypeConfiguration<Downtime>
{
    public void Configure(EntityTypeBuilder<Downtime> builder)
    {
        builder.Folded(x => x.Cause);
        builder.Folded(x => x.Description);
        builder.BelongsTo(x => x.Asset, x => x.AssetId, asset => asset.Downtimes);
        builder.BelongsTo(x => x.StatusChange, x => x.StatusChangeId);
        builder.BelongsTo(x => x.WorkOrder, x => x.WorkOrderId, order => order.Downtimes);
        builder.Indexed(x => new { x.AssetId, x.StartedAt, x.EndedAt, x.Kind });
        builder.Indexed(x => x.StartedAt);
        builder.HasIndex([nameof(SiteEntity.SiteId), nameof(Downtime.AssetId)], "ux_downtime_open").IsUnique().HasFilter("ended_at IS NULL");
        builder.ToTable(table => table.HasCheckConstraint("ck_downtime_order", "ended_at >= started_at"));
    }
}

internal sealed class StatusChangeMapping : IEntityTypeConfiguration<StatusChange>
{
    public void Configure(EntityTypeBuilder<StatusChange> builder)
    {
        builder.Unlogged(); // it is history itself
        builder.BelongsTo(x => x.Asset, x => x.AssetId, asset => asset.StatusHistory);
        builder.BelongsTo<StatusChange, WorkOrder>(x => x.WorkOrderId);
    }
}
