using Cmms.Domain;
using Cmms.Domain.Planning;
using Quartz;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.Planning;

/// <summary>
/// Random schedules in six zones. Those that skip short months are held against Quartz's RFC 5545 trigger, those that clamp one day against
/// its BYSETPOS form, and all of them against a walk through every single day.
/// </summary>
public sealed class RecurrenceOracleTests(ITestOutputHelper output)
{
    private static readonly string[] Zones = ["Europe/Madrid", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Auckland"];

    [Theory]
    [InlineData(20250218)]
    [InlineData(5)]
    public void Random_schedules_agree_with_the_RFC_trigger_and_with_a_walk_through_every_day(int seed)
    {
        const int Schedules = 3_000;
        int overChange = 0, lateStart = 0, byTrigger = 0, byPosition = 0, onlyWalked = 0;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < Schedules; i++)
        {
            var (recurrence, zone) = (Draw(random), SiteZone.Of(Zones[random.Next(Zones.Length)]));
            var from = recurrence.StartDate.AddDays(random.Next(-20, 400));
            var told = $"seed {seed}, schedule {i}: {recurrence} in {zone} from {from:O}";
            var walked = Walk(recurrence, from, count: 12);
            var dates = recurrence.DatesFrom(from).TakeWhile(day => day <= from.AddYears(60)).Take(12).ToList();
            Assert.True(dates.SequenceEqual(walked), $"{told}: {string.Join(' ', dates)} instead of {string.Join(' ', walked)}");
            var instants = dates.Select(day => zone.At(day, recurrence.TimeOfDay)).ToList();

            if (dates.Count > 1 && TimeZoneInfo.FindSystemTimeZoneById(zone.Id) is var info
                && dates.Select(day => info.GetUtcOffset(day.ToDateTime(recurrence.TimeOfDay))).Distinct().Count() > 1) overChange++;
            if (recurrence.StartDate.Day >= 29) lateStart++;
            // The trigger takes its time of day from the instant of its start, so that must not lie in a gap.
            var startsInGap = zone.Local(zone.At(recurrence.StartDate, recurrence.TimeOfDay)) != (recurrence.StartDate, recurrence.TimeOfDay);
            if (startsInGap || Rule(recurrence) is not { } rule)
            {
                onlyWalked++;
                continue;
            }
            if (rule.Contains("BYSETPOS", StringComparison.Ordinal)) byPosition++; else byTrigger++;
            var fired = Fire(rule, recurrence, zone, from, instants.Count);
            Assert.True(instants.SequenceEqual(fired), $"{told} as {rule}: {string.Join(' ', instants)} instead of {string.Join(' ', fired)}");
        }
        output.WriteLine($"{overChange} over a clock change, {lateStart} from the 29th on, {byTrigger} by trigger, {byPosition} by position, {onlyWalked} only walked");
        Assert.True(overChange >= 500 && lateStart >= 200 && byTrigger >= 500 && byPosition >= 100 && onlyWalked >= 100,
            $"vacuous: {overChange} {lateStart} {byTrigger} {byPosition} {onlyWalked}");
    }

    private static Recurrence Draw(Random random)
    {
        while (true)
        {
            var frequency = (RecurrenceFrequency)random.Next(4);
            var monthly = frequency >= RecurrenceFrequency.Month;
            var day = new DateOnly(2024 + random.Next(3), random.Next(1, 13), 1).AddDays(random.Next(31));
            if (random.Next(3) == 0) day = new DateOnly(day.Year, 1 + (2 * random.Next(4)), 29 + random.Next(3));
            var byWeekday = random.Next(monthly ? 4 : 2) == 0;
            try
            {
                return new Recurrence(
                    frequency,
                    day,
                    random.Next(3) == 0 ? null : random.Next(1, frequency is RecurrenceFrequency.Day ? 40 : 5),
                    byWeekday || random.Next(8) == 0 ? Some(random, 1, 7) : null,
                    monthly && byWeekday && random.Next(3) > 0 ? Some(random, 0, 5).Select(n => n == 0 ? -1 : n) : null,
                    monthly && !byWeekday && random.Next(2) == 0 ? (random.Next(2) == 0 ? [random.Next(1, 32)] : Some(random, 24, 31)) : null,
                    random.Next(3) == 0 ? Some(random, 1, 12) : null,
                    random.Next(4) > 0 ? MonthDayOverflow.Clamp : MonthDayOverflow.Skip,
                    endDate: random.Next(6) == 0 ? day.AddDays(random.Next(60, 900)) : null,
                    timeOfDay: new TimeOnly(random.Next(24), 15 * random.Next(4)));
            }
            catch (InvalidRecurrence)
            {
                // drawn without any date: draw again
            }
        }
    }

    private static int[] Some(Random random, int least, int most) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(least, most + 1)).Distinct()];

    /// <summary>Each day is asked by itself whether it belongs.</summary>
    private static List<DateOnly> Walk(Recurrence recurrence, DateOnly from, int count)
    {
        var found = new List<DateOnly>();
        var last = recurrence.EndDate ?? from.AddYears(60);
        for (var day = from; day <= last && found.Count < count; day = day.AddDays(1))
            if (day >= recurrence.StartDate && Belongs(recurrence, day)) found.Add(day);
        return found;
    }

    private static bool Belongs(Recurrence r, DateOnly day)
    {
        var start = r.StartDate;
        var weekday = (((int)day.DayOfWeek + 6) % 7) + 1;
        var monthAllowed = r.Months.Count == 0 || r.Months.Contains(day.Month);
        switch (r.Frequency)
        {
            case RecurrenceFrequency.Day:
                return (day.DayNumber - start.DayNumber) % r.Interval == 0 && monthAllowed && (r.Weekdays.Count == 0 || r.Weekdays.Contains(weekday));
            case RecurrenceFrequency.Week:
                var weeks = (int)Math.Round((IsoMonday(day) - IsoMonday(start)).TotalDays / 7);
                return weeks % r.Interval == 0 && monthAllowed && (r.Weekdays.Count == 0 ? day.DayOfWeek == start.DayOfWeek : r.Weekdays.Contains(weekday));
            case RecurrenceFrequency.Month when !monthAllowed || (((day.Year - start.Year) * 12) + day.Month - start.Month) % r.Interval != 0:
                return false;
            case RecurrenceFrequency.Year when (day.Year - start.Year) % r.Interval != 0 || !(r.Months.Count == 0 ? day.Month == start.Month : monthAllowed):
                return false;
        }
        var isLastOfMonth = day.AddDays(1).Month != day.Month;
        if (r.MonthDays.Count == 0 && r.Weekdays.Count > 0)
        {
            var ordinal = Enumerable.Range(0, 5).Count(n => day.Day - (7 * n) >= 1);
            return r.Weekdays.Contains(weekday)
                && (r.WeekdayOrdinals.Count == 0 || r.WeekdayOrdinals.Contains(ordinal) || (r.WeekdayOrdinals.Contains(-1) && day.AddDays(7).Month != day.Month));
        }
        int[] wanted = r.MonthDays.Count == 0 ? [start.Day] : [.. r.MonthDays];
        return wanted.Contains(day.Day) || (isLastOfMonth && r.MonthDayOverflow is MonthDayOverflow.Clamp && wanted.Any(n => n > day.Day));
    }

    private static DateTime IsoMonday(DateOnly day) =>
        System.Globalization.ISOWeek.ToDateTime(System.Globalization.ISOWeek.GetYear(day), System.Globalization.ISOWeek.GetWeekOfYear(day), DayOfWeek.Monday);

    /// <summary>The same as an RFC 5545 rule, where there is one.</summary>
    private static string? Rule(Recurrence r)
    {
        string[] names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        var months = r.Months.Count > 0 ? r.Months : r.Frequency is RecurrenceFrequency.Year ? [r.StartDate.Month] : [];
        var rule = $"FREQ={r.Frequency switch
        {
            RecurrenceFrequency.Day => "DAILY",
            RecurrenceFrequency.Week => "WEEKLY",
            RecurrenceFrequency.Month => "MONTHLY",
            _ => "YEARLY",
        }};INTERVAL={r.Interval}{(months.Count > 0 ? $";BYMONTH={string.Join(',', months)}" : "")}";
        var byMonth = r.Frequency >= RecurrenceFrequency.Month;
        if (r.Frequency is RecurrenceFrequency.Week)
            return $"{rule};WKST=MO;BYDAY={string.Join(',', r.Weekdays.DefaultIfEmpty((((int)r.StartDate.DayOfWeek + 6) % 7) + 1).Select(n => names[n - 1]))}";
        if (r.Weekdays.Count > 0 && r.MonthDays.Count == 0)
        {
            if (r.WeekdayOrdinals.Count == 0) return $"{rule};BYDAY={string.Join(',', r.Weekdays.Select(n => names[n - 1]))}";
            if (r.Frequency is RecurrenceFrequency.Year && months.Count > 1) return null; // ordinals of a year's several months are open to reading
            return $"{rule};BYDAY={string.Join(',', r.WeekdayOrdinals.SelectMany(o => r.Weekdays.Select(n => $"{o}{names[n - 1]}")))}";
        }
        if (!byMonth) return rule;
        var days = r.MonthDays.Count > 0 ? r.MonthDays : [r.StartDate.Day];
        if (r.MonthDayOverflow is MonthDayOverflow.Skip || days.All(n => n <= 28)) return $"{rule};BYMONTHDAY={string.Join(',', days)}";
        if (days.Count > 1 || (r.Frequency is RecurrenceFrequency.Year && months.Count > 1)) return null;
        return $"{rule};BYMONTHDAY={string.Join(',', Enumerable.Range(28, days[0] - 27))};BYSETPOS=-1";
    }

    private static List<Instant> Fire(string rule, Recurrence recurrence, SiteZone zone, DateOnly from, int count)
    {
        var trigger = TriggerBuilder.Create()
            .WithRecurrenceSchedule(rule, schedule => schedule.InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(zone.Id)))
            .StartAt(zone.At(recurrence.StartDate, recurrence.TimeOfDay).ToDateTimeOffset())
            .Build();
        var fired = new List<Instant>();
        var first = zone.At(from, TimeOnly.MinValue).ToDateTimeOffset();
        for (DateTimeOffset? at = first.AddSeconds(-1); fired.Count < count && trigger.GetFireTimeAfter(at) is { } next; at = next)
            fired.Add(Instant.From(next));
        return fired;
    }
}
