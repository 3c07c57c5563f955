using Cmms.Domain;
using Cmms.Domain.Planning;
using Cmms.Domain.Production;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cmms.Tests.Production;

public sealed class SpansTests
{
    /// <summary>Against a count of single units of time.</summary>
    [Fact]
    public void Spans_add_and_cut_as_counting_does()
    {
        var spans = ArbMap.Default.GeneratorFor<(byte, byte)[]>().Select(pairs => pairs.Select(p => (From: p.Item1 % 40, To: p.Item2 % 40)).ToArray());
        Prop.ForAll(spans.Two().ToArbitrary(), pair =>
        {
            var (one, other) = (Spans.Of(pair.Item1.Select(Span)), Spans.Of(pair.Item2.Select(Span)));
            var (a, b) = (Units(pair.Item1), Units(pair.Item2));
            return one.Length == At(a.Count) && one.Within(other).Length == At(a.Intersect(b).Count()) && one.And(other).Length == At(a.Union(b).Count());
        }).QuickCheckThrowOnFailure();

        static Span Span((int From, int To) p) => new(Instant.FromMicroseconds(p.From), Instant.FromMicroseconds(p.To));
        static HashSet<int> Units((int From, int To)[] pairs) => [.. pairs.SelectMany(p => Enumerable.Range(p.From, Math.Max(0, p.To - p.From)))];
        static TimeSpan At(int microseconds) => TimeSpan.FromMicroseconds(microseconds);
    }

    [Theory]
    [InlineData("2026-03-28", "22:00", "06:00", 7)] // the clocks go forward in it
    [InlineData("2026-10-24", "22:00", "06:00", 9)] // and back
    [InlineData("2026-03-27", "22:00", "06:00", 8)]
    [InlineData("2026-03-27", "06:00", "06:00", 24)]
    [InlineData("2026-03-27", "06:00", "14:30", 8.5)]
    public void A_shift_is_as_long_as_the_clocks_let_it_be(string day, string from, string to, double hours)
    {
        Shift shift = new("Night", TimeOnly.Parse(from, null), TimeOnly.Parse(to, null));
        Assert.Equal(TimeSpan.FromHours(hours), shift.On(DateOnly.Parse(day, null), SiteZone.Of("Europe/Madrid")).Length);
    }

    [Fact]
    public void A_shift_runs_on_its_weekdays_but_not_on_holidays()
    {
        Shift shift = new("Early", new TimeOnly(6, 0), new TimeOnly(14, 0));
        WorkCalendar calendar = new([1], [new DateOnly(2026, 3, 4)]);
        Assert.True(shift.RunsOn(new DateOnly(2026, 3, 8), calendar));
        shift.RunOn([1, 3, 3]);
        Assert.Equal([1, 3], shift.Weekdays);
        Assert.Equal([true, false, false, false], Enumerable.Range(2, 4).Select(day => shift.RunsOn(new DateOnly(2026, 3, day), calendar)));
        Assert.Equal("weekdays[1]", Assert.Throws<InvalidValue>(void () => shift.RunOn([1, 8])).Field);
        shift.RunOn([]);
        Assert.Empty(shift.Weekdays);
    }
}
