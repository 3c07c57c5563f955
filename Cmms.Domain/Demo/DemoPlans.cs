using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Demo;

/// <summary>A date on which a schedule made an order.</summary>
internal sealed record DemoRound(long ScheduleId, DateOnly Date, Instant At);

/// <summary>Preventive maintenance: schedules, and which dates of theirs are past.</summary>
internal static class DemoPlans
{
    private static readonly DateOnly s_hvacStart = new(2025, 2, 18);
    private static readonly (RecurrenceFrequency Frequency, int Interval, string Title)[] s_rhythms =
    [
        (RecurrenceFrequency.Month, 1, "Monthly inspection"), (RecurrenceFrequency.Month, 3, "Quarterly service"), (RecurrenceFrequency.Month, 1, "Monthly lubrication"),
        (RecurrenceFrequency.Month, 6, "Half-yearly overhaul"), (RecurrenceFrequency.Week, 4, "Four-weekly check"), (RecurrenceFrequency.Month, 2, "Two-monthly cleaning"),
        (RecurrenceFrequency.Year, 1, "Yearly certification"), (RecurrenceFrequency.Month, 1, "Monthly safety round"),
    ];

    /// <summary>Adds a site's schedules and answers the rounds from a day on until now, by their moments.</summary>
    public static async Task<IReadOnlyList<DemoRound>> AddPlans(this CmmsDb db, DemoSite site, DateOnly from, Instant now, CancellationToken cancel)
    {
        var assets = await db.Assets.Include(a => a.Location).OrderBy(a => a.Id).ToDictionaryAsync(a => a.Id, cancel);
        var technicians = await db.Users.Where(u => site.People.Technicians.Contains(u.Id)).OrderBy(u => u.Id).ToListAsync(cancel);
        List<PmSchedule> schedules = [];
        List<PmPart> parts = [];
        for (var i = 0; i < site.Plan.Schedules; i++)
        {
            var isHvac = site.IsPlant && i == 0;
            var (frequency, interval, title) = s_rhythms[i % s_rhythms.Length];
            var (assetId, trade) = isHvac ? (site.AssetsByCode["FRZ-01"], Trade.Air) : site.Machines[i * 7 % site.Machines.Count];
            var asset = assets[assetId];
            var recurrence = isHvac
                ? new Recurrence(RecurrenceFrequency.Month, s_hvacStart, monthDays: [18], months: [2, 7], timeOfDay: new TimeOnly(12, 0))
                : new Recurrence(frequency, from.AddDays(site.Dice.Below(28)), interval, timeOfDay: new TimeOnly(site.Dice.Between(8, 15), 0));
            PmSchedule schedule = new($"PM-{await db.NextNumber("pm_schedule", cancel):D6}", isHvac ? "HVAC filter replacement" : $"{title}: {asset.Name}", i % 11 == 10 ? PmKind.Floating : PmKind.Persistent, recurrence)
            {
                Description = isHvac ? "Replace air filters on all HVAC units, checking for proper airflow, belt condition, and coil cleanliness." : null,
                Priority = isHvac ? WorkOrderPriority.High : site.Dice.Pick([WorkOrderPriority.Low, WorkOrderPriority.Medium, WorkOrderPriority.Medium]),
                TimeToComplete = TimeSpan.FromHours(isHvac ? 4 : site.Dice.Pick([8, 24, 48])),
            };
            schedule.Maintain([asset]);
            schedule.StandAt(asset.Location);
            schedule.Staff([isHvac ? technicians[0] : site.Dice.Pick(technicians)]);
            db.Add(schedule);
            schedules.Add(schedule);
            db.AddRange(DemoCatalog.Rounds[trade].Select((text, order) => new PmChecklistItem(schedule, order + 1, text)));
            var partId = isHvac ? site.AirFilter : i % 3 == 0 ? site.Parts.First(p => p.Trade == trade).Id : 0;
            if (partId > 0) parts.Add(new PmPart(schedule, await db.Find<Part>(partId, cancel), Quantity.Of(isHvac ? 2 : 1)));
        }
        db.AddRange(parts);
        await db.SaveChangesAsync(cancel);
        foreach (var line in parts) site.RoundParts.Add(line.PmScheduleId, (line.PartId, (int)line.Quantity.Value));
        return [.. schedules.SelectMany(s => Rounds(s, site, from, now)).OrderBy(r => r.At)];
    }

    /// <summary>How many filters the rounds of the HVAC schedule use between two moments.</summary>
    public static int HvacRounds(SiteZone zone, DateOnly from, Instant now) =>
        Enumerable.Range(s_hvacStart.Year, Math.Max(0, zone.Today(now).Year - s_hvacStart.Year + 1))
            .SelectMany(year => new[] { new DateOnly(year, 2, 18), new DateOnly(year, 7, 18) })
            .Count(day => day >= from && day >= s_hvacStart && zone.At(day, new TimeOnly(12, 0)) <= now);

    /// <summary>What the schedules wait for now that their past is written.</summary>
    public static async Task SettlePlans(this CmmsDb db, IReadOnlyList<DemoRound> rounds, CancellationToken cancel)
    {
        var last = rounds.GroupBy(r => r.ScheduleId).ToDictionary(g => g.Key, g => g.Max(r => r.Date));
        foreach (var schedule in await db.PmSchedules.OrderBy(s => s.Id).ToListAsync(cancel))
        {
            if (last.TryGetValue(schedule.Id, out var date)) schedule.Advance(date);
            await db.Replan(schedule, cancel);
        }
    }

    private static IEnumerable<DemoRound> Rounds(PmSchedule schedule, DemoSite site, DateOnly from, Instant now) =>
        schedule.Recurrence.DatesFrom(from)
            .Select(date => new DemoRound(schedule.Id, date, site.Zone.At(date, schedule.Recurrence.TimeOfDay)))
            .TakeWhile(round => round.At <= now);
}
