using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Planning;

/// <summary>A stretch of working time on a weekday.</summary>
/// <param name="Weekday">ISO: 1 is Monday, 7 is Sunday.</param>
/// <param name="To">The same as or before <paramref name="From"/>: on the next day.</param>
public sealed record WorkingSpan(int Weekday, TimeOnly From, TimeOnly To);

/// <summary>Changes of a site's working time.</summary>
public static class WorkingTimes
{
    private const int Day = 24 * 60;

    /// <summary>Replaces the working hours of the site; none: it works every day.</summary>
    /// <exception cref="InvalidValue">A weekday that is none, or two spans at the same time.</exception>
    public static async Task<IReadOnlyList<WorkingHours>> SetWorkingHours(this CmmsDb db, IReadOnlyList<WorkingSpan> hours, CancellationToken cancel)
    {
        foreach (var (i, span) in hours.Index())
        {
            Check.Between(span.Weekday, 1, 7, $"hours[{i}].weekday");
            if (hours.Take(i).Any(other => Overlap(other, span))) throw new InvalidValue($"hours[{i}]", "is at the same time as another");
        }
        db.RemoveRange(await db.Locked(db.WorkingHours.OrderBy(h => h.Id)).ToListAsync(cancel));
        await db.SaveChangesAsync(cancel); // the old ones are gone before the new ones come: their times are unique
        List<WorkingHours> made = [.. hours.Select(h => new WorkingHours(h.Weekday, h.From, h.To))];
        db.WorkingHours.AddRange(made);
        return made;
    }

    /// <summary>Whether two spans share a minute of the week, which begins again after Sunday.</summary>
    private static bool Overlap(WorkingSpan one, WorkingSpan other)
    {
        var distance = (Start(other) - Start(one) + (7 * Day)) % (7 * Day);
        return distance < Length(one) || (7 * Day) - distance < Length(other);
    }

    private static int Start(WorkingSpan span) => ((span.Weekday - 1) * Day) + (int)span.From.ToTimeSpan().TotalMinutes;

    private static int Length(WorkingSpan span) =>
        (int)(span.To > span.From ? span.To - span.From : span.To.ToTimeSpan() - span.From.ToTimeSpan() + TimeSpan.FromDays(1)).TotalMinutes;
}
