using Cmms.Domain;
using Xunit;

namespace Cmms.Tests.Planning;

public sealed class RecurrenceZoneTests
{
    [Theory]
    [InlineData("Europe/Madrid", "2025-03-30", "02:30", "2025-03-30T01:30:00Z")] // gap: shown as 03:30
    [InlineData("Europe/Madrid", "2025-10-26", "02:30", "2025-10-26T00:30:00Z")] // overlap: the earlier
    [InlineData("Europe/Madrid", "2025-10-26", "03:00", "2025-10-26T02:00:00Z")]
    [InlineData("Europe/Madrid", "2025-07-01", "12:00", "2025-07-01T10:00:00Z")]
    [InlineData("America/New_York", "2025-03-09", "02:00", "2025-03-09T07:00:00Z")]
    [InlineData("America/New_York", "2025-11-02", "01:59", "2025-11-02T05:59:00Z")]
    [InlineData("Australia/Lord_Howe", "2025-10-05", "02:15", "2025-10-04T15:45:00Z")] // a gap of half an hour
    [InlineData("America/Santiago", "2025-09-07", "00:00", "2025-09-07T04:00:00Z")] // a gap at midnight
    [InlineData("Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T22:00:00Z")] // a day that never was
    [InlineData("Asia/Kathmandu", "2025-01-01", "00:00", "2024-12-31T18:15:00Z")]
    [InlineData("UTC", "2025-01-01", "00:00", "2025-01-01T00:00:00Z")]
    public void Local_time_becomes_an_instant(string zone, string day, string time, string instant)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        Assert.Equal(instant, SiteZone.Of(zone).At(DateOnly.Parse(day, invariant), TimeOnly.Parse(time, invariant)).ToString());
    }

    [Fact]
    public void Today_is_a_matter_of_the_zone()
    {
        var now = Instant.From(new DateTimeOffset(2025, 6, 30, 23, 30, 0, TimeSpan.Zero));
        Assert.Equal(new DateOnly(2025, 7, 1), SiteZone.Of("Europe/Madrid").Today(now));
        Assert.Equal(new DateOnly(2025, 6, 30), SiteZone.Utc.Today(now));
        Assert.Equal(new DateOnly(2025, 6, 30), SiteZone.Of("America/New_York").Today(now));
    }

    [Theory]
    [InlineData("Romance Standard Time")]
    [InlineData("europe/madrid")]
    [InlineData("Europe/Atlantis")]
    [InlineData("posix/Europe/Madrid")]
    [InlineData("localtime")]
    [InlineData("../etc/passwd")]
    [InlineData("+02:00")]
    [InlineData("")]
    [InlineData("Europe/Madrid\n")]
    public void Only_IANA_names_are_zones(string id)
    {
        Assert.Null(SiteZone.TryOf(id));
        Assert.Equal("timezone", Assert.Throws<InvalidValue>(() => SiteZone.Of(id, "timezone")).Field);
    }

    [Theory]
    [InlineData("Europe/Madrid")]
    [InlineData("Etc/UTC")]
    [InlineData("Etc/GMT+5")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("UTC")]
    public void IANA_names_are_kept_as_they_are(string id) => Assert.Equal((id, SiteZone.Of(id)), (SiteZone.Of(id).Id, SiteZone.Of(id)));
}
