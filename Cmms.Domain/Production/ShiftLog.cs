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
/// <param name="StartsAt">When it began, or will.</param>
/// <param name="EndsAt">When it ended, or will.</param>
/// <param name="Produced">What was made and ended in it, a line for each unit.</param>
/// <param name="Down">How long machines stood still within it, added up, until now; what nobody needed does not count.</param>
public sealed record ShiftLog(DateOnly Date, Shift? Shift, bool IsWorked, Instant StartsAt, Instant EndsAt, IReadOnlyList<Produced> Produced, TimeSpan Down)
{
    /// <summary>What was made and ended in it.</summary>
    public IQueryable<ProductionRecord> Records(CmmsDb db) => db.MadeIn(new Span(StartsAt, EndsAt));

    /// <summary>What stood still at some time of it, open ones too.</summary>
    public IQueryable<Downtime> Downtimes(CmmsDb db) => db.StoodIn(new Span(StartsAt, EndsAt));

    /// <summary>Which machines changed their status.</summary>
    public IQueryable<StatusChange> StatusChanges(CmmsDb db) => db.StatusChanges.Where(c => c.ChangedAt >= StartsAt && c.ChangedAt < EndsAt);
}

/// <summary>What was made, of one unit.</summary>
/// <param name="Unit">What it is counted in; null where nobody said.</param>
/// <param name="Quantity">How much of it is good.</param>
/// <param name="Rejected">How much was thrown away.</param>
public sealed record Produced(string? Unit, Quantity Quantity, Quantity Rejected);

public static class ShiftLogs
{
    extension(CmmsDb db)
    {
        /// <param name="shift">None: the whole day.</param>
        public async Task<ShiftLog> ShiftLog(DateOnly date, Shift? shift, Instant now, CancellationToken cancel)
        {
            Check.Day(date);
            var zone = await db.SiteZone(cancel);
            var span = shift?.On(date, zone) ?? Span.Of(date, TimeOnly.MinValue, TimeOnly.MinValue, zone);
            var calendar = await db.WorkCalendar(cancel);
            var made = await db.MadeIn(span).Select(r => new { r.Unit, r.Quantity, r.Rejected }).ToListAsync(cancel);
            var stood = await db.StoodIn(span).Where(d => d.Kind != DowntimeKind.NotRequired).Select(d => new { d.StartedAt, d.EndedAt }).ToListAsync(cancel);
            return new ShiftLog(
                date, shift, shift?.RunsOn(date, calendar) ?? calendar.IsWorking(date), span.From, span.To,
                [
                    .. made.GroupBy(r => r.Unit).OrderBy(g => g.Key, StringComparer.Ordinal)
                        .Select(g => new Produced(g.Key, g.Aggregate(Quantity.Zero, (sum, r) => sum + r.Quantity), g.Aggregate(Quantity.Zero, (sum, r) => sum + r.Rejected))),
                ],
                Spans.Sum(stood.Select(d => new Span(Instant.Max(d.StartedAt, span.From), Instant.Min(d.EndedAt ?? now, span.To)))));
        }

        internal IQueryable<ProductionRecord> MadeIn(Span span) => db.ProductionRecords.Where(r => r.EndedAt >= span.From && r.EndedAt < span.To);

        internal IQueryable<Downtime> StoodIn(Span span) => db.Downtimes.Where(d => d.StartedAt < span.To && (d.EndedAt == null || d.EndedAt > span.From));
    }
}
