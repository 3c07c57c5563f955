using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Cmms.Domain;

/// <summary>
/// An IANA time zone. Local time becomes an instant as RFC 5545 has it: in a gap it moves forward by the gap, in an overlap the earlier
/// instant counts.
/// </summary>
public sealed partial record SiteZone
{
    private static readonly HashSet<string> NotZones = ["localtime", "posixrules", "Factory", "leapseconds"];
    private readonly TimeZoneInfo _zone;

    private SiteZone(TimeZoneInfo zone) => _zone = zone;

    public static SiteZone Utc { get; } = new(TimeZoneInfo.Utc);

    public string Id => _zone.Id;

    /// <exception cref="InvalidValue">Not the exact name of an IANA zone.</exception>
    public static SiteZone Of(string id, [CallerArgumentExpression(nameof(id))] string field = "") =>
        TryOf(id) ?? throw new InvalidValue(field, "must be an IANA time zone such as Europe/Madrid");

    /// <summary>The zone of exactly this name, or null. Windows names, aliases of the operating system and other spellings are none.</summary>
    public static SiteZone? TryOf(string id) =>
        id == "UTC" ? Utc
        : IanaName().IsMatch(id) && !NotZones.Contains(id) && !id.StartsWith("posix/", StringComparison.Ordinal) && !id.StartsWith("right/", StringComparison.Ordinal)
            && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId && zone.Id == id ? new SiteZone(zone)
        : null;

    /// <summary>The moment at which clocks there show this, or would.</summary>
    public Instant At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time, DateTimeKind.Utc);
        var before = OffsetAt(local, TimeSpan.FromDays(-1));
        var after = OffsetAt(local, TimeSpan.FromDays(1));
        // With two offsets around, the later one counts only where the earlier is no longer in force and it is itself: not in a gap or overlap.
        var offset = before != after && OffsetAt(local, -before) != before && OffsetAt(local, -after) == after ? after : before;
        var ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return Instant.From(new DateTimeOffset(ticks, TimeSpan.Zero));
    }

    /// <summary>What clocks there show at that moment.</summary>
    public (DateOnly Day, TimeOnly Time) Local(Instant moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment.ToDateTimeOffset(), _zone).DateTime;
        return (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }

    /// <summary>The date there at that moment.</summary>
    public DateOnly Today(Instant now) => Local(now).Day;

    public bool Equals(SiteZone? other) => other is not null && Id == other.Id;
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
    public override string ToString() => Id;

    private TimeSpan OffsetAt(DateTime utc, TimeSpan away) =>
        _zone.GetUtcOffset(new DateTime(Math.Clamp(utc.Ticks + away.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc));

    [GeneratedRegex(@"\A[A-Z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+)*\z")]
    private static partial Regex IanaName();
}
