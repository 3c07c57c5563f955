using System.Globalization;
using Cmms.Domain;
using Cmms.Domain.Planning;
using Xunit;
using static Cmms.Domain.Planning.RecurrenceFrequency;

namespace Cmms.Tests.Planning;

public sealed class RecurrenceSeriesTests
{
    private static readonly SiteZone Madrid = SiteZone.Of("Europe/Madrid");
    private static readonly TimeOnly Eight = new(8, 0);

    private static DateOnly D(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);
    private static Instant At(string day, int hour = 9) => Madrid.At(D(day), new TimeOnly(hour, 0));

    private static PmSeries Series(Recurrence recurrence, PmKind kind = PmKind.Persistent, CatchUp catchUp = CatchUp.Coalesce, WorkCalendar? calendar = null) =>
        new(kind, catchUp, recurrence, Madrid, calendar ?? WorkCalendar.EveryDay);

    private static string Text(PmDue due) =>
        $"generate [{Text(due.Generate)}] missed [{Text(due.Missed)}] next {due.Next?.ScheduledFor.ToString("MM-dd", CultureInfo.InvariantCulture) ?? "none"}";

    private static string Text(IEnumerable<PmOccurrence> occurrences) =>
        string.Join(' ', occurrences.Select(o => o.ScheduledFor.ToString("MM-dd", CultureInfo.InvariantCulture)));

    [Fact]
    public void A_fixed_schedule_does_not_mind_when_the_work_was_done()
    {
        var quarterly = Series(new Recurrence(Month, D("2025-04-15"), 3, timeOfDay: Eight));

        Assert.Equal("generate [04-15] missed [] next 07-15", Text(quarterly.Due(new PmProgress(), At("2025-04-15"))));
        Assert.Equal("generate [] missed [] next 07-15", Text(quarterly.Due(new PmProgress(D("2025-04-15"), CompletedOn: D("2025-05-13")), At("2025-05-13"))));
        Assert.Equal("generate [07-15] missed [] next 10-15", Text(quarterly.Due(new PmProgress(D("2025-04-15"), HasUncompleted: true), At("2025-07-15"))));
    }

    [Fact]
    public void A_floating_schedule_counts_from_the_completion()
    {
        var floating = Series(new Recurrence(Month, D("2025-04-15"), 3, monthDays: [15], timeOfDay: Eight), PmKind.Floating);

        Assert.Equal("generate [04-15] missed [] next none", Text(floating.Due(new PmProgress(), At("2025-04-15"))));
        Assert.Equal("generate [] missed [] next none", Text(floating.Due(new PmProgress(D("2025-04-15"), HasUncompleted: true), At("2025-12-01"))));
        Assert.Equal("generate [] missed [] next 08-13", Text(floating.Due(new PmProgress(D("2025-04-15"), CompletedOn: D("2025-05-13")), At("2025-05-13"))));
        Assert.Equal("generate [08-13] missed [] next none", Text(floating.Due(new PmProgress(D("2025-04-15"), CompletedOn: D("2025-05-13")), At("2025-08-20"))));
        Assert.Equal("generate [] missed [] next 11-01", Text(floating.Due(new PmProgress(D("2025-04-15"), CompletedOn: D("2025-08-01")), At("2025-08-01"))));
    }

    [Fact]
    public void An_early_completion_of_a_floating_schedule_does_not_repeat_a_date()
    {
        var daily = Series(new Recurrence(Day, D("2025-04-15"), timeOfDay: Eight), PmKind.Floating);
        Assert.Equal("generate [] missed [] next 04-16", Text(daily.Due(new PmProgress(D("2025-04-15"), CompletedOn: D("2025-04-14")), At("2025-04-14"))));
    }

    [Fact]
    public void A_floating_schedule_ends_at_its_end_date()
    {
        var ending = Series(new Recurrence(Month, D("2025-04-15"), 3, endDate: D("2025-08-01"), timeOfDay: Eight), PmKind.Floating);
        Assert.Equal("generate [] missed [] next none", Text(ending.Due(new PmProgress(D("2025-04-15"), CompletedOn: D("2025-05-13")), At("2026-05-13"))));
    }

    [Fact]
    public void A_one_time_schedule_has_one_occurrence_and_catches_up_with_it()
    {
        var once = Series(new Recurrence(Day, D("2025-04-15"), timeOfDay: Eight), PmKind.OneTime, CatchUp.Skip);
        Assert.Equal("generate [] missed [] next 04-15", Text(once.Due(new PmProgress(), At("2025-04-15", 7))));
        Assert.Equal("generate [04-15] missed [] next none", Text(once.Due(new PmProgress(), At("2025-05-15"))));
        Assert.Equal("generate [] missed [] next none", Text(once.Due(new PmProgress(D("2025-04-15")), At("2025-05-15"))));
    }

    [Theory]
    [InlineData(CatchUp.Coalesce, "2025-04-18", 9, "generate [04-18] missed [04-15 04-16 04-17] next 04-19")]
    [InlineData(CatchUp.Coalesce, "2025-04-18", 7, "generate [04-17] missed [04-15 04-16] next 04-18")]
    [InlineData(CatchUp.All, "2025-04-18", 9, "generate [04-15 04-16 04-17] missed [] next 04-18")] // three at a time
    [InlineData(CatchUp.All, "2025-04-17", 9, "generate [04-15 04-16 04-17] missed [] next 04-18")]
    [InlineData(CatchUp.Skip, "2025-04-18", 9, "generate [04-18] missed [04-15 04-16 04-17] next 04-19")]
    [InlineData(CatchUp.Skip, "2025-04-18", 7, "generate [] missed [04-15 04-16 04-17] next 04-18")]
    public void An_outage_is_caught_up_by_policy(CatchUp catchUp, string day, int hour, string expected)
    {
        var daily = Series(new Recurrence(Day, D("2025-04-14"), timeOfDay: Eight), catchUp: catchUp);
        Assert.Equal(expected, Text(daily.Due(new PmProgress(D("2025-04-14")), At(day, hour), cap: 3)));
    }

    [Fact]
    public void What_was_dealt_with_is_the_new_progress_and_is_not_due_again()
    {
        var daily = Series(new Recurrence(Day, D("2025-04-14"), timeOfDay: Eight), catchUp: CatchUp.All);
        var progress = new PmProgress();
        var generated = new List<DateOnly>();
        while (daily.Due(progress, At("2025-04-30"), cap: 4) is { Through: { } through } due)
        {
            generated.AddRange(due.Generate.Select(o => o.ScheduledFor));
            progress = progress with { LastScheduledFor = through };
        }
        Assert.Equal(Enumerable.Range(14, 17).Select(day => new DateOnly(2025, 4, day)), generated);
    }

    [Fact]
    public void A_daily_schedule_keeps_its_wall_clock_over_both_changes()
    {
        foreach (var (from, days) in new[] { ("2025-03-28", 5), ("2025-10-24", 5) })
        {
            var occurrences = Series(new Recurrence(Day, D(from), timeOfDay: Eight)).Occurrences(D(from)).Take(days).ToList();
            Assert.All(occurrences, o => Assert.Equal((o.ScheduledFor, Eight), Madrid.Local(o.OrderAt)));
            Assert.Contains(occurrences.Zip(occurrences.Skip(1)), pair => pair.Second.OrderAt - pair.First.OrderAt != TimeSpan.FromDays(1));
        }
    }

    [Fact]
    public void A_shifted_occurrence_keeps_its_key_and_the_series_its_rhythm()
    {
        var calendar = new WorkCalendar([1, 2, 3, 4, 5]);
        var next = Series(new Recurrence(Month, D("2025-02-15"), nonWorkingDay: NonWorkingDay.NextWorking, timeOfDay: Eight), calendar: calendar);
        Assert.Equal("generate [] missed [] next 02-15", Text(next.Due(new PmProgress(), At("2025-02-16"))));
        var due = next.Due(new PmProgress(), At("2025-02-17"));
        Assert.Equal("generate [02-15] missed [] next 03-15", Text(due));
        Assert.Equal((D("2025-02-17"), D("2025-03-17")), (due.Generate[0].ExecuteOn, due.Next!.ExecuteOn));

        var previous = Series(new Recurrence(Month, D("2025-02-15"), nonWorkingDay: NonWorkingDay.PreviousWorking, timeOfDay: Eight), calendar: calendar);
        Assert.Equal("generate [02-15] missed [] next 03-15", Text(previous.Due(new PmProgress(), At("2025-02-14"))));
    }

    [Fact]
    public void Skipped_days_vanish_and_a_series_of_only_such_days_ends()
    {
        var calendar = new WorkCalendar([1, 2, 3, 4, 5]);
        var monthly = Series(new Recurrence(Month, D("2025-02-15"), nonWorkingDay: NonWorkingDay.Skip, timeOfDay: Eight), calendar: calendar);
        Assert.Equal("generate [04-15] missed [] next 05-15", Text(monthly.Due(new PmProgress(), At("2025-04-15"))));

        var sundays = Series(new Recurrence(Week, D("2025-02-16"), nonWorkingDay: NonWorkingDay.Skip, timeOfDay: Eight), calendar: calendar);
        Assert.Equal("generate [] missed [] next none", Text(sundays.Due(new PmProgress(), At("2025-04-15"))));
    }

    [Fact]
    public void A_date_without_any_working_day_near_is_reported()
    {
        var closed = new WorkCalendar(null, Enumerable.Range(0, 500).Select(D("2025-01-01").AddDays));
        var monthly = Series(new Recurrence(Month, D("2025-01-01"), nonWorkingDay: NonWorkingDay.NextWorking, timeOfDay: Eight), calendar: closed);

        var due = monthly.Due(new PmProgress(), At("2025-02-01"));

        Assert.Equal([D("2025-01-01"), D("2025-02-01")], due.Unplaceable);
        Assert.Equal(D("2025-02-01"), due.Through);
        Assert.Equal((D("2025-06-01"), D("2026-05-16")), (due.Next!.ScheduledFor, due.Next.ExecuteOn));
    }
}
