using System.Globalization;

namespace Cmms.Domain.Organization;

/// <summary>IANA time zones: the only ones that mean the same on every machine and in every browser.</summary>
public static class TimeZones
{
    /// <summary>The zone's IANA id as it stands in the tz database.</summary>
    /// <exception cref="InvalidValue">It is not an IANA zone.</exception>
    public static string Check(string id, string field)
    {
        var trimmed = id.Trim();
        var isIana = !trimmed.Contains(' ') && trimmed.Length <= 64
            && TimeZoneInfo.TryFindSystemTimeZoneById(trimmed, out var zone) && zone.HasIanaId;
        return isIana ? trimmed : throw new InvalidValue(field, "must be an IANA time zone, such as America/Guayaquil");
    }

    /// <summary>The zone with its offset outside daylight saving time: <c>Etc/UTC: +00:00</c>.</summary>
    public static string Label(string id)
    {
        var offset = TimeZoneInfo.FindSystemTimeZoneById(id).BaseUtcOffset;
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{id}: {sign}{offset:hh\\:mm}");
    }

    /// <summary>The local date at a moment: what "today" means there.</summary>
    public static DateOnly DateAt(this TimeZoneInfo zone, Instant at) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), zone).DateTime);
}
