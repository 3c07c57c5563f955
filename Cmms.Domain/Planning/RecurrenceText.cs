using System.Globalization;

namespace Cmms.Domain.Planning;

/// <summary>A recurrence in one line, such as <c>MONTH;interval=1;months=2,7;days=18;start=2025-02-18;time=12:00</c>.</summary>
internal static class RecurrenceText
{
    public static string Write(Recurrence recurrence)
    {
        var parts = new List<string> { recurrence.Frequency.ToString().ToUpperInvariant(), $"interval={recurrence.Interval.ToString(CultureInfo.InvariantCulture)}" };
        void Add(string name, NumberSet set)
        {
            if (!set.IsEmpty) parts.Add($"{name}={set}");
        }
        Add("weekdays", recurrence.WeekdaySet);
        Add("ordinals", recurrence.OrdinalSet);
        Add("days", recurrence.MonthDaySet);
        Add("months", recurrence.MonthSet);
        if (recurrence.MonthDayOverflow is not MonthDayOverflow.Clamp) parts.Add($"overflow={recurrence.MonthDayOverflow}");
        if (recurrence.NonWorkingDay is not NonWorkingDay.Keep) parts.Add($"nonworking={recurrence.NonWorkingDay}");
        parts.Add($"start={recurrence.StartDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        if (recurrence.EndDate is { } end) parts.Add($"end={end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        parts.Add($"time={recurrence.TimeOfDay.ToString("O", CultureInfo.InvariantCulture)}");
        return string.Join(';', parts);
    }

    public static Recurrence Read(string text)
    {
        var parts = text.Split(';');
        var values = parts.Skip(1).Select(part => part.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        int[]? Numbers(string name) => values.TryGetValue(name, out var list) ? [.. list.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))] : null;
        DateOnly? Date(string name) => values.TryGetValue(name, out var day) ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        return new Recurrence(
            Enum.Parse<RecurrenceFrequency>(parts[0], ignoreCase: true),
            Date("start")!.Value,
            int.Parse(values["interval"], CultureInfo.InvariantCulture),
            Numbers("weekdays"),
            Numbers("ordinals"),
            Numbers("days"),
            Numbers("months"),
            values.TryGetValue("overflow", out var overflow) ? Enum.Parse<MonthDayOverflow>(overflow) : MonthDayOverflow.Clamp,
            values.TryGetValue("nonworking", out var rule) ? Enum.Parse<NonWorkingDay>(rule) : NonWorkingDay.Keep,
            Date("end"),
            TimeOnly.ParseExact(values["time"], "O", CultureInfo.InvariantCulture));
    }
}
