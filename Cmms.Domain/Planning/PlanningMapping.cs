using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Planning;

internal sealed class PmScheduleMapping : IEntityTypeConfiguration<PmSchedule>
{
    public void Configure(EntityTypeBuilder<PmSchedule> schedule)
    {
        schedule.Folded(s => s.Code);
        schedule.Folded(s => s.Title);
        schedule.Property(s => s.Priority).HasConversion<int>(); // sorted by urgency, not by name
        schedule.Property(s => s.StopsAssets).HasDefaultValue(false).ValueGeneratedNever();
        schedule.Unique(s => s.Code);
        schedule.Property(s => s.Recurrence).HasConversion(r => r.ToString(), text => Recurrence.Parse(text));
        schedule.BelongsTo(s => s.Location, s => s.LocationId);
        schedule.Links(s => s.Assets, "pm_schedule_asset", asset => asset.PmSchedules);
        schedule.Links(s => s.Technicians, "pm_schedule_technician");
        schedule.Links(s => s.Vendors, "pm_schedule_vendor");
        schedule.Indexed(s => new { s.Status, s.NextOrderAt });
    }
}

internal sealed class PmPartMapping : IEntityTypeConfiguration<PmPart>
{
    public void Configure(EntityTypeBuilder<PmPart> line)
    {
        line.BelongsTo(l => l.PmSchedule, l => l.PmScheduleId, s => s.Parts, DeleteBehavior.Cascade);
        line.BelongsTo(l => l.Part, l => l.PartId);
        line.Unique(l => new { l.PmScheduleId, l.PartId });
    }
}

internal sealed class PmChecklistItemMapping : IEntityTypeConfiguration<PmChecklistItem>
{
    public void Configure(EntityTypeBuilder<PmChecklistItem> item) =>
        item.BelongsTo(i => i.PmSchedule, i => i.PmScheduleId, s => s.Checklist, DeleteBehavior.Cascade);
}

internal sealed class DatedOccurrenceMapping : IEntityTypeConfiguration<DatedOccurrence>
{
    public void Configure(EntityTypeBuilder<DatedOccurrence> occurrence)
    {
        occurrence.Property(o => o.AssetKey);
        occurrence.Unlogged(o => o.AssetKey); // the asset once more
        occurrence.BelongsTo(o => o.PmSchedule, o => o.PmScheduleId);
        occurrence.BelongsTo(o => o.Asset, o => o.AssetId);
        occurrence.BelongsTo(o => o.WorkOrder, o => o.WorkOrderId);
        occurrence.Unique(o => new { o.PmScheduleId, o.ScheduledFor, o.AssetKey });
    }
}

internal sealed class MovedOccurrenceMapping : IEntityTypeConfiguration<MovedOccurrence>
{
    public void Configure(EntityTypeBuilder<MovedOccurrence> moved)
    {
        moved.BelongsTo(m => m.PmSchedule, m => m.PmScheduleId);
        moved.Unique(m => new { m.PmScheduleId, m.ScheduledFor });
    }
}

internal sealed class WorkingHoursMapping : IEntityTypeConfiguration<WorkingHours>
{
    public void Configure(EntityTypeBuilder<WorkingHours> hours) => hours.Unique(h => new { h.Weekday, h.From });
}

internal sealed class NonWorkingDateMapping : IEntityTypeConfiguration<NonWorkingDate>
{
    public void Configure(EntityTypeBuilder<NonWorkingDate> date) => date.Unique(d => d.Date);
}
