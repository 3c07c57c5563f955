using Cmms.Domain;
using Cmms.Domain.Planning;
using Xunit;
using static Cmms.Domain.Planning.RecurrenceFrequency;

namespace Cmms.Tests.Planning;

public sealed class RecurrenceTests
{
    private static DateOnly D(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private static string[] Dates(Recurrence recurrence, string from, int count) =>
        [.. recurrence.DatesFrom(D(from)).Take(count).Select(day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))];

    [Fact]
    public void The_filter_change_of_February_and_July_18_comes_next_in_July()
    {
        var filter = new Recurrence(Month, D("2025-02-18"), weekdays: [1], monthDays: [18], months: [2, 7], timeOfDay: new TimeOnly(12, 0));

        Assert.Equal(D("2026-07-18"), filter.Next(D("2026-02-19")));
        Assert.Equal(["2025-02-18", "2025-07-18", "2026-02-18", "2026-07-18"], Dates(filter, "2025-01-01", 4));
    }

    [Fact]
    public void The_31st_returns_after_a_short_month()
    {
        Assert.Equal(["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"], Dates(new Recurrence(Month, D("2025-01-31")), "2025-01-31", 4));
        Assert.Equal(["2025-01-30", "2025-02-28", "2025-03-30"], Dates(new Recurrence(Month, D("2025-01-30")), "2025-01-30", 3));
        Assert.Equal(D("2025-03-31"), new Recurrence(Month, D("2025-01-31")).Next(D("2025-02-28")));
    }

    [Fact]
    public void Skipping_leaves_out_months_that_lack_the_day()
    {
        var skipping = new Recurrence(Month, D("2025-01-31"), monthDayOverflow: MonthDayOverflow.Skip);
        Assert.Equal(["2025-01-31", "2025-03-31", "2025-05-31", "2025-07-31"], Dates(skipping, "2025-01-31", 4));
    }

    [Fact]
    public void A_leap_day_is_clamped_or_waits_for_leap_years()
    {
        Assert.Equal(["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"], Dates(new Recurrence(Year, D("2024-02-29")), "2024-02-29", 5));
        var waiting = new Recurrence(Year, D("2096-02-29"), monthDayOverflow: MonthDayOverflow.Skip);
        Assert.Equal(["2096-02-29", "2104-02-29"], Dates(waiting, "2096-01-01", 2));
    }

    [Fact]
    public void Month_days_that_clamp_to_one_date_are_one_date()
    {
        var ends = new Recurrence(Month, D("2025-01-29"), monthDays: [29, 30, 31]);
        Assert.Equal(["2025-01-29", "2025-01-30", "2025-01-31", "2025-02-28", "2025-03-29"], Dates(ends, "2025-01-01", 5));
    }

    [Fact]
    public void Every_second_week_counts_from_the_ISO_week_of_the_start()
    {
        var wednesday = new Recurrence(Week, D("2025-01-01"), interval: 2, weekdays: [1, 3]); // a Wednesday; its Monday is before the start
        Assert.Equal(["2025-01-01", "2025-01-13", "2025-01-15", "2025-01-27", "2025-01-29"], Dates(wednesday, "2024-12-01", 5));
        Assert.Equal(["2025-01-01", "2025-01-15"], Dates(new Recurrence(Week, D("2025-01-01"), interval: 2), "2025-01-01", 2));
    }

    [Fact]
    public void Weekdays_of_a_month_go_by_ordinal_or_all()
    {
        Assert.Equal(["2025-01-31", "2025-02-28", "2025-03-28"], Dates(new Recurrence(Month, D("2025-01-01"), weekdays: [5], weekdayOrdinals: [-1]), "2025-01-01", 3));
        Assert.Equal(["2025-01-14", "2025-02-11", "2025-03-11"], Dates(new Recurrence(Month, D("2025-01-01"), weekdays: [2], weekdayOrdinals: [2]), "2025-01-01", 3));
        Assert.Equal(["2025-01-30", "2025-05-29"], Dates(new Recurrence(Month, D("2025-01-01"), weekdays: [4], weekdayOrdinals: [5]), "2025-01-01", 2));
        Assert.Equal(["2025-02-03", "2025-02-10", "2025-02-17", "2025-02-24", "2026-02-02"], Dates(new Recurrence(Year, D("2025-02-01"), weekdays: [1]), "2025-01-01", 5));
        Assert.Equal(["2025-01-06", "2025-01-31"], Dates(new Recurrence(Month, D("2025-01-06"), weekdays: [1, 5], weekdayOrdinals: [1, 5]), "2025-01-06", 2));
    }

    [Fact]
    public void Months_filter_what_the_interval_produces()
    {
        var second = new Recurrence(Month, D("2025-01-10"), interval: 2, months: [1, 2, 3, 4]);
        Assert.Equal(["2025-01-10", "2025-03-10", "2026-01-10", "2026-03-10"], Dates(second, "2025-01-01", 4));
        Assert.Equal(["2025-02-01", "2025-02-02"], Dates(new Recurrence(Day, D("2025-01-20"), months: [2]), "2025-01-01", 2));
        Assert.Equal(["2025-01-31", "2026-01-02"], Dates(new Recurrence(Week, D("2025-01-31"), months: [1]), "2025-01-01", 2));
    }

    [Fact]
    public void Workdays_filter_a_daily_series() =>
        Assert.Equal(["2025-01-03", "2025-01-06", "2025-01-07"], Dates(new Recurrence(Day, D("2025-01-03"), weekdays: [1, 2, 3, 4, 5]), "2025-01-01", 3));

    [Fact]
    public void The_end_date_is_the_last_day()
    {
        var series = new Recurrence(Day, D("2025-01-01"), interval: 5, endDate: D("2025-01-11"));
        Assert.Equal(["2025-01-01", "2025-01-06", "2025-01-11"], Dates(series, "2020-01-01", 10));
        Assert.Null(series.Next(D("2025-01-11")));
    }

    [Fact]
    public void It_goes_on_to_the_end_of_the_calendar_and_stops()
    {
        Assert.Equal(["9999-12-30", "9999-12-31"], Dates(new Recurrence(Day, D("9999-12-30")), "9999-01-01", 9));
        Assert.Equal(["9999-12-31"], Dates(new Recurrence(Week, D("9999-12-31")), "9999-01-01", 9));
        Assert.Null(new Recurrence(Year, D("9999-12-31")).Next(DateOnly.MaxValue));
        Assert.Null(new Recurrence(Month, D("2025-01-01"), interval: 10_000).Next(D("9999-12-01")));
        Assert.Equal(D("0001-01-01"), new Recurrence(Week, DateOnly.MinValue).First);
    }

    public static TheoryData<string, Action> Impossible => new()
    {
        { "interval", () => _ = new Recurrence(Month, D("2025-01-01"), interval: 0) },
        { "interval", () => _ = new Recurrence(Month, D("2025-01-01"), interval: -1) },
        { "weekdays", () => _ = new Recurrence(Week, D("2025-01-01"), weekdays: []) },
        { "weekdays", () => _ = new Recurrence(Week, D("2025-01-01"), weekdays: [0]) },
        { "weekdays", () => _ = new Recurrence(Week, D("2025-01-01"), weekdays: [8]) },
        { "months", () => _ = new Recurrence(Month, D("2025-01-01"), months: []) },
        { "months", () => _ = new Recurrence(Month, D("2025-01-01"), months: [13]) },
        { "monthDays", () => _ = new Recurrence(Month, D("2025-01-01"), monthDays: []) },
        { "monthDays", () => _ = new Recurrence(Month, D("2025-01-01"), monthDays: [32]) },
        { "monthDays", () => _ = new Recurrence(Month, D("2025-01-01"), monthDays: [-1]) },
        { "monthDays", () => _ = new Recurrence(Week, D("2025-01-01"), monthDays: [1]) },
        { "monthDays", () => _ = new Recurrence(Day, D("2025-01-01"), monthDays: [1]) },
        { "weekdayOrdinals", () => _ = new Recurrence(Month, D("2025-01-01"), weekdays: [1], weekdayOrdinals: [0]) },
        { "weekdayOrdinals", () => _ = new Recurrence(Month, D("2025-01-01"), weekdays: [1], weekdayOrdinals: [6]) },
        { "weekdayOrdinals", () => _ = new Recurrence(Month, D("2025-01-01"), weekdayOrdinals: [1]) },
        { "weekdayOrdinals", () => _ = new Recurrence(Week, D("2025-01-01"), weekdays: [1], weekdayOrdinals: [1]) },
        { "weekdayOrdinals", () => _ = new Recurrence(Month, D("2025-01-01"), weekdays: [1], weekdayOrdinals: [1], monthDays: [1]) },
        { "recurrence", () => _ = new Recurrence(Month, D("2025-01-01"), monthDays: [31], months: [2], monthDayOverflow: MonthDayOverflow.Skip) },
        { "recurrence", () => _ = new Recurrence(Year, D("2025-02-01"), interval: 4, monthDays: [29], monthDayOverflow: MonthDayOverflow.Skip) },
        { "recurrence", () => _ = new Recurrence(Month, D("2025-01-01"), interval: 12, months: [2]) },
        { "recurrence", () => _ = new Recurrence(Day, D("2025-01-06"), interval: 7, weekdays: [2]) },
        { "recurrence", () => _ = new Recurrence(Month, D("2025-01-10"), monthDays: [5], endDate: D("2025-01-31")) },
    };

    [Theory, MemberData(nameof(Impossible))]
    public void What_cannot_be_is_refused_by_the_name_of_its_field(string field, Action make)
    {
        var error = Assert.Throws<InvalidRecurrence>(make);
        Assert.Equal((field, "INVALID_RECURRENCE"), (error.Field, error.Code));
    }

    [Fact]
    public void An_end_before_the_start_is_refused()
    {
        var error = Assert.Throws<EndBeforeStart>(() => new Recurrence(Day, D("2025-01-02"), endDate: D("2025-01-01")));
        Assert.Equal(("endDate", "END_BEFORE_START"), (error.Field, error.Code));
    }

    [Fact]
    public void A_recurrence_is_a_value_and_reads_back_from_its_text()
    {
        Recurrence[] all =
        [
            new(Month, D("2025-02-18"), weekdays: [1], monthDays: [18], months: [7, 2], timeOfDay: new TimeOnly(12, 0)),
            new(Month, D("2025-02-18"), 3, [5, 6], [-1, 2], months: [2, 11], nonWorkingDay: NonWorkingDay.PreviousWorking, endDate: D("2030-01-01")),
            new(Year, D("2024-02-29"), monthDayOverflow: MonthDayOverflow.Skip, nonWorkingDay: NonWorkingDay.Skip),
            new(Day, D("2025-02-18"), 90),
        ];
        Assert.All(all, recurrence => Assert.Equal(recurrence, Recurrence.Parse(recurrence.ToString())));
        Assert.Equal("MONTH;interval=1;weekdays=1;days=18;months=2,7;start=2025-02-18;time=12:00:00.0000000", all[0].ToString());
        Assert.Equal([2, 7], all[0].Months);
        Assert.Equal([-1, 2], all[1].WeekdayOrdinals);
    }

    [Fact]
    public void Only_the_day_of_execution_moves_to_a_working_day()
    {
        var calendar = new WorkCalendar([1, 2, 3, 4, 5], [D("2025-01-06")]);
        Assert.Equal(new ExecutionDay(ShiftOutcome.Moved, D("2025-01-07")), calendar.Shift(D("2025-01-04"), NonWorkingDay.NextWorking));
        Assert.Equal(new ExecutionDay(ShiftOutcome.Moved, D("2025-01-03")), calendar.Shift(D("2025-01-06"), NonWorkingDay.PreviousWorking));
        Assert.Equal(new ExecutionDay(ShiftOutcome.Kept, D("2025-01-04")), calendar.Shift(D("2025-01-04"), NonWorkingDay.Keep));
        Assert.Equal(new ExecutionDay(ShiftOutcome.Skipped, null), calendar.Shift(D("2025-01-04"), NonWorkingDay.Skip));
        Assert.Equal(new ExecutionDay(ShiftOutcome.Kept, D("2025-01-03")), calendar.Shift(D("2025-01-03"), NonWorkingDay.Skip));
    }

    [Fact]
    public void A_year_without_a_working_day_is_a_result_and_no_endless_search()
    {
        var closed = new WorkCalendar(null, Enumerable.Range(0, 800).Select(D("2025-01-01").AddDays));
        Assert.Equal(new ExecutionDay(ShiftOutcome.NoWorkingDay, null), closed.Shift(D("2025-01-01"), NonWorkingDay.NextWorking));
        Assert.Equal(new ExecutionDay(ShiftOutcome.Moved, D("2024-12-31")), closed.Shift(D("2025-01-01"), NonWorkingDay.PreviousWorking));
        Assert.Equal(ShiftOutcome.NoWorkingDay, new WorkCalendar(null, [DateOnly.MaxValue]).Shift(DateOnly.MaxValue, NonWorkingDay.NextWorking).Outcome);
        Assert.Throws<InvalidRecurrence>(() => new WorkCalendar([]));
    }
}
