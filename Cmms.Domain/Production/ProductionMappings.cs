using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Production;

internal sealed class ProcessMapping : IEntityTypeConfiguration<Process>
{
    public void Configure(EntityTypeBuilder<Process> process)
    {
        process.Folded(p => p.Name);
        process.Folded(p => p.Code);
        process.UniqueFolded(p => p.Name);
        process.Unique(p => p.Code);
    }
}

internal sealed class ProductionOrderMapping : IEntityTypeConfiguration<ProductionOrder>
{
    public void Configure(EntityTypeBuilder<ProductionOrder> order)
    {
        order.Folded(o => o.Code);
        order.Folded(o => o.Product);
        order.Unique(o => o.Code);
        order.BelongsTo(o => o.Process, o => o.ProcessId);
        order.BelongsTo(o => o.Asset, o => o.AssetId, asset => asset.ProductionOrders);
        order.Indexed(o => new { o.Status, o.DueAt });
        order.Indexed(o => o.CreatedAt);
    }
}

internal sealed class ProductionRecordMapping : IEntityTypeConfiguration<ProductionRecord>
{
    public void Configure(EntityTypeBuilder<ProductionRecord> record)
    {
        record.Folded(r => r.Note);
        record.BelongsTo(r => r.Asset, r => r.AssetId, asset => asset.ProductionRecords);
        record.BelongsTo(r => r.ProductionOrder, r => r.ProductionOrderId, order => order.Records);
        record.Indexed(r => r.EndedAt);
        record.Indexed(r => new { r.AssetId, r.EndedAt });
    }
}

internal sealed class ShiftMapping : IEntityTypeConfiguration<Shift>
{
    public void Configure(EntityTypeBuilder<Shift> shift)
    {
        shift.Folded(s => s.Name);
        shift.UniqueFolded(s => s.Name);
        shift.Ignore(s => s.Weekdays);
        shift.Property(s => s.WeekdaySet).HasColumnName("weekdays").HasConversion(days => days.ToString(), text => NumberSet.Parse(text));
        shift.LoggedAs(s => s.WeekdaySet, "weekdays");
    }
}
