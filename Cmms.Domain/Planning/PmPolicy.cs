using System.Globalization;
using Cmms.Domain.Assets;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Engines.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Planning;

/// <summary>Schedules that are due get their orders; what was missed is put on record; what cannot be maintained is suspended and told of.</summary>
internal sealed class PmPolicy() : Policy("pm-generation", "Preventive maintenance",
    "Makes a work order for every date of a schedule that has come, by DAY, WEEK, MONTH or YEAR in the site's time zone; records missed dates as the schedule's catch-up says.",
    "0 * * * * ?")
{
    internal override RuleSet Rules { get; } = new(new StoppedScheduleIsSuspended(), new MissedDateIsRecorded(), new DueDateGetsItsOrder());

    internal override async Task LoadFacts(CmmsDb db, PolicyMoment moment, long? subjectId, RuleSession facts, CancellationToken cancel)
    {
        var now = moment.Now;
        var due = await db.PmSchedules
            .Where(s => s.Status == PmStatus.Planned && s.NextOrderAt <= now && s.ArchivedAt == null && (subjectId == null || s.Id == subjectId))
            .OrderBy(s => s.NextOrderAt).ThenBy(s => s.Id).Take(500).ToListAsync(cancel);
        var ids = due.Select(s => s.Id).ToList();
        var assets = (await db.PmSchedules.Where(s => ids.Contains(s.Id)).SelectMany(s => s.Assets, (s, a) => new { s.Id, a.IsArchived, a.Status }).ToListAsync(cancel))
            .ToLookup(a => a.Id);
        foreach (var schedule in due)
        {
            var series = await db.SeriesOf(schedule, cancel);
            var plan = series.Due(await db.ProgressOf(schedule, series.Zone, cancel), now);
            ScheduleName name = new(schedule.Id, schedule.Code, schedule.Title, schedule.Version);
            facts.InsertAll(plan.Missed.Select(o => new MissedDate(name, o.ScheduledFor, "it passed while nobody looked")));
            facts.InsertAll(plan.Unplaceable.Select(d => new MissedDate(name, d, "no working day was found within a year")));
            facts.InsertAll(plan.Generate.Select(o => new DueDate(name, o.ScheduledFor, o.ExecuteOn)));
            var own = assets[schedule.Id].ToList();
            if (own.Count > 0 && own.TrueForAll(a => a.IsArchived || a.Status is AssetStatus.OutOfService))
                facts.Insert(new StoppedAssets(schedule.Id, own.Count));
        }
    }

    internal override async Task<bool> Apply(CmmsDb db, Decision decision, PolicyMoment moment, CancellationToken cancel)
    {
        var pm = (PmDecision)decision;
        var schedule = await db.Find<PmSchedule>(pm.ScheduleId, cancel);
        if (schedule.Status is not PmStatus.Planned || schedule.ArchivedAt is not null || schedule.LastScheduledFor >= pm.Date) return false;
        switch (pm)
        {
            case GenerateOrder:
                var generated = await db.Generate(schedule, pm.Date, null, cancel);
                if (generated.IsNew)
                {
                    Notice made = new(NotificationEvent.PmGenerated, NotificationSeverity.Info, $"{generated.WorkOrder.Code}: {schedule.Title}", pm.Explanation, "WorkOrder", generated.WorkOrder.Id);
                    await db.Tell([.. schedule.Technicians.Select(t => t.Id)], made, $"{Key}:{schedule.Id}:{pm.Claim.Epoch}", cancel);
                }
                schedule.Advance(pm.Date);
                break;
            case RecordMissed missed:
                await db.PassOver(schedule, pm.Date, OccurrenceOutcome.Missed, missed.Why, cancel);
                schedule.Advance(pm.Date);
                break;
            case SuspendSchedule:
                schedule.Suspend(pm.Explanation);
                Notice held = new(NotificationEvent.PmSuspended, NotificationSeverity.Warning, $"{schedule.Code} is suspended", pm.Explanation, nameof(PmSchedule), schedule.Id);
                await db.Tell(Permission.ManagePlanning, held, $"{Key}:{schedule.Id}:{pm.Claim.Epoch}", cancel);
                return true;
        }
        await db.Replan(schedule, cancel);
        return true;
    }
}

internal sealed record ScheduleName(long Id, string Code, string Title, int Version)
{
    public override string ToString() => $"{Code} ({Title})";
}

/// <summary>A date of a schedule that has come.</summary>
internal sealed record DueDate(ScheduleName Schedule, DateOnly Date, DateOnly ExecuteOn);

/// <summary>A date of a schedule that has passed, and gets no order.</summary>
internal sealed record MissedDate(ScheduleName Schedule, DateOnly Date, string Why);

/// <summary>Every asset of a schedule is archived or out of service.</summary>
internal sealed record StoppedAssets(long ScheduleId, int Assets);

internal abstract record PmDecision(long ScheduleId, DateOnly Date, Claim Claim, string Explanation) : Decision(Claim, Explanation)
{
    protected static Claim ClaimOf(ScheduleName schedule, DateOnly date) =>
        new(nameof(PmSchedule), schedule.Id, date.ToString("O", CultureInfo.InvariantCulture));
}

internal sealed record GenerateOrder(ScheduleName Schedule, DateOnly Day, string Sentence) : PmDecision(Schedule.Id, Day, ClaimOf(Schedule, Day), Sentence);

internal sealed record RecordMissed(ScheduleName Schedule, DateOnly Day, string Why, string Sentence) : PmDecision(Schedule.Id, Day, ClaimOf(Schedule, Day), Sentence);

internal sealed record SuspendSchedule(ScheduleName Schedule, DateOnly Day, string Sentence) : PmDecision(
    Schedule.Id, Day, new Claim(nameof(PmSchedule), Schedule.Id, string.Create(CultureInfo.InvariantCulture, $"suspended as version {Schedule.Version}")), Sentence);

/// <summary>A date that passed is put on record as missed.</summary>
internal sealed class MissedDateIsRecorded : Rule
{
    public override int Priority => 1;

    public override void Define() =>
        When<MissedDate>()
            .Without<StoppedAssets>(m => m.Schedule.Id, s => s.ScheduleId)
            .Then((m, decide) => decide.Insert(new RecordMissed(m.Schedule, m.Date, m.Why, string.Create(CultureInfo.InvariantCulture, $"{m.Schedule} gets no order for {m.Date:yyyy-MM-dd}: {m.Why}."))));
}

/// <summary>A date that has come gets its order.</summary>
internal sealed class DueDateGetsItsOrder : Rule
{
    public override void Define() =>
        When<DueDate>()
            .Without<StoppedAssets>(d => d.Schedule.Id, s => s.ScheduleId)
            .Then((d, decide) => decide.Insert(new GenerateOrder(d.Schedule, d.Date, string.Create(CultureInfo.InvariantCulture,
                $"{d.Schedule} is due for {d.Date:yyyy-MM-dd}{(d.ExecuteOn == d.Date ? "" : $", executed on {d.ExecuteOn:yyyy-MM-dd}")}."))));
}

/// <summary>A schedule none of whose assets can be maintained is suspended, and says so.</summary>
internal sealed class StoppedScheduleIsSuspended : Rule
{
    public override int Priority => 2;

    public override void Define() =>
        When<DueDate>()
            .And<StoppedAssets>(d => d.Schedule.Id, s => s.ScheduleId)
            .Then((d, s, decide) => decide.Insert(new SuspendSchedule(d.Schedule, d.Date, string.Create(CultureInfo.InvariantCulture,
                $"{d.Schedule} is due for {d.Date:yyyy-MM-dd}, but all of its {s.Assets} assets are archived or out of service; it is suspended until it is resumed."))));
}
