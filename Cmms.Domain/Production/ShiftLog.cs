using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Production;

/// <summary>What happened in a shift of a day, or on the whole day (seed 001: shift dashboards).</summary>
/// <param name="Date">The day on which it began.</param>
/// <param name="Shift">None: the whole day.</param>
/// <param name="IsWorked">Whether the shift is worked on such a day.</param>
/// <param name="Records">What was made and ended in it, in time.</param>
/// <param name="Downtimes">What stood still at some time of it, open ones too, in time.</param>
/// <param name="StatusChanges">Which machines changed their status, in time.</param>
public sealed record ShiftLog(
    DateOnly Date, Shift? Shift, bool IsWorked, Instant StartsAt, Instant EndsAt,
    IReadOnlyList<ProductionRecord> Records, IReadOnlyList<Downtime> Downtimes, IReadOnlyList<StatusChange> StatusChanges)
{
    /// <summary>Good pieces and others, a line for each unit.</summary>
    public IReadOnlyList<Produced> Produced { get; } =
    [
        .. Records.GroupBy(r => r.Unit).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new Produced(g.Key, g.Aggregate(Quantity.Zero, (sum, r) => sum + r.Quantity), g.Aggregate(Quantity.Zero, (sum, r) => sum + r.Rejected))),
    ];

    /// <summary>How long machines stood still within it, added up, until now; what nobody needed does not count.</summary>
    public TimeSpan Down(Instant now) => Spans.Sum(
        Downtimes.Where(d => d.Kind is not DowntimeKind.NotRequired).Select(d => new Span(Instant.Max(d.StartedAt, StartsAt), Instant.Min(d.EndedAt ?? now, EndsAt))));
}

/// <summary>What was made, of one unit.</summary>
/// <param name="Unit">What it is counted in; null where nobody said.</param>
/// <param name="Quantity">How much of it is good.</param>
/// <param name="Rejected">How much was thrown away.</param>
public sealed record Produced(string? Unit, Quantity Quantity, Quantity Rejected);

public static class ShiftLogs
{
    /// <exception cref="NotFound"/>
    public static async Task<ShiftLog> ShiftLog(this CmmsDb db, DateOnly date, long? shiftId, CancellationToken cancel)
    {
        Check.Day(date);
        var shift = await db.FindOptional<Shift>(shiftId, cancel);
        var zone = await db.SiteZone(cancel);
        var (from, to) = shift?.On(date, zone) ?? Span.Of(date, TimeOnly.MinValue, TimeOnly.MinValue, zone);
        var calendar = await db.WorkCalendar(cancel);
        return new ShiftLog(
            date, shift, shift?.RunsOn(date, calendar) ?? calendar.IsWorking(date), from, to,
            await db.ProductionRecords.Where(r => r.EndedAt >= from && r.EndedAt < to).OrderBy(r => r.EndedAt).ThenBy(r => r.Id).ToListAsync(cancel),
            await db.Downtimes.Where(d => d.StartedAt < to && (d.EndedAt == null || d.EndedAt > from)).OrderBy(d => d.StartedAt).ThenBy(d => d.Id).ToListAsync(cancel),
            await db.StatusChanges.Where(c => c.ChangedAt >= from && c.ChangedAt < to).OrderBy(c => c.ChangedAt).ThenBy(c => c.Id).ToListAsync(cancel));
    }
}
