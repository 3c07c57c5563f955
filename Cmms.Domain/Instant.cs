using System.Globalization;

namespace Cmms.Domain;

/// <summary>A moment in UTC, in whole microseconds: what both databases keep exactly, so that equality and cursors agree.</summary>
public readonly record struct Instant : IComparable<Instant>
{
    private Instant(long microseconds) => Microseconds = microseconds;

    /// <summary>Since 1970-01-01T00:00:00Z.</summary>
    public long Microseconds { get; }

    public static Instant FromMicroseconds(long microseconds) => new(microseconds);

    /// <summary>Truncates to the microsecond.</summary>
    public static Instant From(DateTimeOffset value) => new((value.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    public DateTimeOffset ToDateTimeOffset() => new(DateTime.UnixEpoch.Ticks + (Microseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public static Instant Max(Instant one, Instant other) => one > other ? one : other;

    public static Instant Min(Instant one, Instant other) => one < other ? one : other;

    public int CompareTo(Instant other) => Microseconds.CompareTo(other.Microseconds);

    public static bool operator <(Instant left, Instant right) => left.Microseconds < right.Microseconds;
    public static bool operator >(Instant left, Instant right) => left.Microseconds > right.Microseconds;
    public static bool operator <=(Instant left, Instant right) => left.Microseconds <= right.Microseconds;
    public static bool operator >=(Instant left, Instant right) => left.Microseconds >= right.Microseconds;
    public static Instant operator +(Instant left, TimeSpan right) => new(left.Microseconds + (right.Ticks / TimeSpan.TicksPerMicrosecond));
    public static Instant operator -(Instant left, TimeSpan right) => new(left.Microseconds - (right.Ticks / TimeSpan.TicksPerMicrosecond));
    public static TimeSpan operator -(Instant left, Instant right) => new((left.Microseconds - right.Microseconds) * TimeSpan.TicksPerMicrosecond);

    /// <summary>RFC 3339 in UTC, with a fraction only where there is one.</summary>
    public override string ToString() => ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}

public static class InstantClock
{
    extension(TimeProvider clock)
    {
        /// <summary>The clock's moment now.</summary>
        public Instant Now => Instant.From(clock.GetUtcNow());
    }
}
