using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Work;

internal sealed class WorkOrderStatusMapping : IEntityTypeConfiguration<WorkOrderStatus>
{
    public void Configure(EntityTypeBuilder<WorkOrderStatus> status)
    {
        status.Folded(s => s.Name);
        status.UniqueFolded(s => s.Name);
    }
}

internal sealed class WorkOrderMapping : IEntityTypeConfiguration<WorkOrder>
{
    public void Configure(EntityTypeBuilder<WorkOrder> order)
    {
        order.Folded(o => o.Code);
        order.Folded(o => o.Title);
        order.Folded(o => o.Description);
        order.Property(o => o.Priority).HasConversion<int>(); // sorted by urgency, not by name
        order.Property(o => o.StopsAssets).HasDefaultValue(false).ValueGeneratedNever();
        order.Unique(o => o.Code);
        order.BelongsTo(o => o.Status, o => o.StatusId);
        order.BelongsTo(o => o.Location, o => o.LocationId);
        order.BelongsTo(o => o.Asset, o => o.AssetId);
        order.BelongsTo(o => o.PmSchedule, o => o.PmScheduleId);
        order.BelongsTo(o => o.SplitFrom, o => o.SplitFromId);
        order.BelongsTo(o => o.MergedInto, o => o.MergedIntoId);
        order.Links(o => o.Assets, "work_order_asset", asset => asset.WorkOrders);
        order.Links(o => o.Technicians, "work_order_technician");
        order.Links(o => o.Vendors, "work_order_vendor");
        order.Indexed(o => new { o.Phase, o.DueAt });
        order.Indexed(o => o.CreatedAt);
    }
}

internal sealed class WorkOrderPartMapping : IEntityTypeConfiguration<WorkOrderPart>
{
    public void Configure(EntityTypeBuilder<WorkOrderPart> line)
    {
        line.BelongsTo(l => l.WorkOrder, l => l.WorkOrderId, o => o.Parts, DeleteBehavior.Cascade);
        line.BelongsTo(l => l.Part, l => l.PartId);
        line.BelongsTo(l => l.Storeroom, l => l.StoreroomId);
        line.Ignore(l => l.Shortfall);
        line.Unique(l => new { l.WorkOrderId, l.PartId });
    }
}

internal sealed class ChecklistItemMapping : IEntityTypeConfiguration<ChecklistItem>
{
    public void Configure(EntityTypeBuilder<ChecklistItem> item) =>
        item.BelongsTo(i => i.WorkOrder, i => i.WorkOrderId, o => o.Checklist, DeleteBehavior.Cascade);
}

internal sealed class CategoryMapping : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> category)
    {
        category.Folded(c => c.Name);
        category.UniqueFolded(c => c.Name);
    }
}

internal sealed class WorkRequestMapping : IEntityTypeConfiguration<WorkRequest>
{
    public void Configure(EntityTypeBuilder<WorkRequest> request)
    {
        request.Folded(r => r.Code);
        request.Folded(r => r.Title);
        request.Folded(r => r.Description);
        request.Property(r => r.Priority).HasConversion<int>(); // sorted by urgency, not by name
        request.Unique(r => r.Code);
        request.BelongsTo(r => r.Requester, r => r.RequesterId);
        request.BelongsTo(r => r.Asset, r => r.AssetId);
        request.BelongsTo(r => r.Location, r => r.LocationId);
        request.BelongsTo(r => r.WorkOrder, r => r.WorkOrderId);
        request.Links(r => r.Technicians, "work_request_technician");
        request.Links(r => r.Vendors, "work_request_vendor");
        request.Indexed(r => r.Status);
        request.Indexed(r => r.CreatedAt);
    }
}
