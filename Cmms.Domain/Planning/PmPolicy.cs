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

    internal override async Task LoadFacts(CmmsDb db, PolicyMoment moment, IReadOnlyList<long>? subjects, RuleSession facts, CancellationToken cancel)
    {
        var now = moment.Now;
        var due = await Only(db.PmSchedules, subjects).Where(s => s.Status == PmStatus.Planned && s.NextOrderAt <= now && s.ArchivedAt == null)
            .OrderBy(s => s.NextOrderAt).ThenBy(s => s.Id).Take(500).ToListAsync(cancel);
        await Load(db, due, now, facts, cancel);
    }

    /// <summary>The dates of a schedule one after the other: each leads on to the next.</summary>
    internal override IEnumerable<Decision> InOrder(IEnumerable<Decision> decisions) =>
        decisions.Cast<PmDecision>().OrderBy(d => d.ScheduleId).ThenBy(d => d.Date);

    internal override async Task<bool> Apply(CmmsDb db, Decision decision, PolicyMoment moment, CancellationToken cancel)
    {
        var pm = (PmDecision)decision;
        var schedule = await db.Find<PmSchedule>(pm.ScheduleId, cancel);
        if (!pm.IsSame(await NextDecision(db, schedule, moment.Now, cancel))) return false;
        await db.Entry(schedule).Collection(s => s.Assets).LoadAsync(cancel);
        switch (pm)
        {
            case GenerateOrder order:
                var maintained = schedule.Assets.Select(a => a.Id).Except(order.LeftOut).ToList();
                var generated = await db.Generate(schedule, pm.Date, order.LeftOut.Count == 0 ? null : maintained, cancel);
                if (order.LeftOut.Count > 0) await db.PassOver(schedule, pm.Date, OccurrenceOutcome.Missed, "the asset was archived or out of service", cancel);
                if (generated.IsNew)
                {
                    Notice made = new(NotificationEvent.PmGenerated, NotificationSeverity.Info, $"{generated.WorkOrder.Code}: {schedule.Title}", pm.Explanation, "WorkOrder", generated.WorkOrder.Id);
                    await db.Tell([.. schedule.Technicians.Select(t => t.Id)], made, $"{Key}:{schedule.Id}:{pm.Claim.Epoch}", cancel);
                }
                break;
            case RecordMissed missed:
                await db.PassOver(schedule, pm.Date, OccurrenceOutcome.Missed, missed.Why, cancel);
                break;
            case SuspendSchedule:
                schedule.Suspend(pm.Explanation);
                Notice held = new(NotificationEvent.PmSuspended, NotificationSeverity.Warning, $"{schedule.Code} is suspended", pm.Explanation, nameof(PmSchedule), schedule.Id);
                await db.Tell(Permission.ManagePlanning, held, $"{Key}:{schedule.Id}:{pm.Claim.Epoch}", cancel);
                return true;
        }
        schedule.Advance(pm.Date);
        await db.Replan(schedule, cancel);
        return true;
    }

    /// <summary>What is to be done first for a schedule as it stands now. A date after it has to wait: passing over one that failed would lose it.</summary>
    private async Task<PmDecision?> NextDecision(CmmsDb db, PmSchedule schedule, Instant now, CancellationToken cancel)
    {
        if (schedule.Status is not PmStatus.Planned || schedule.ArchivedAt is not null) return null;
        var facts = Rules.Open();
        await Load(db, [schedule], now, facts, cancel);
        return facts.Fire().Of<PmDecision>().MinBy(d => d.Date);
    }

    /// <summary>The same few statements for one schedule and for all.</summary>
    private static async Task Load(CmmsDb db, List<PmSchedule> schedules, Instant now, RuleSession facts, CancellationToken cancel)
    {
        if (schedules.Count == 0) return;
        var series = await db.SeriesOf(schedules, cancel);
        var progress = await db.ProgressOf(schedules, series.Values.First().Zone, cancel);
        List<long> ids = [];
        foreach (var schedule in schedules)
        {
            var plan = series[schedule.Id].Due(progress[schedule.Id], now);
            ScheduleName name = new(schedule.Id, schedule.Code, schedule.Title, schedule.Version);
            facts.InsertAll(plan.Missed.Select(o => new MissedDate(name, o.ScheduledFor, "it passed while nobody looked")));
            facts.InsertAll(plan.Unplaceable.Select(d => new MissedDate(name, d, "no working day was found within a year")));
            facts.InsertAll(plan.Generate.Select(o => new DueDate(name, o.ScheduledFor, o.ExecuteOn)));
            if (plan.Through is null) continue;
            facts.Insert(new ScheduleDue(name, plan.Generate.Concat(plan.Missed).Select(o => o.ScheduledFor).Concat(plan.Unplaceable).Min()));
            ids.Add(schedule.Id);
        }
        if (ids.Count == 0) return;

        var assets = await db.PmSchedules.Where(s => ids.Contains(s.Id)).SelectMany(s => s.Assets, (s, a) => new { ScheduleId = s.Id, a.Id, a.Name, a.IsArchived, a.Status })
            .OrderBy(a => a.ScheduleId).ThenBy(a => a.Id).ToListAsync(cancel);
        foreach (var own in assets.GroupBy(a => a.ScheduleId))
        {
            var stopped = own.Where(a => a.IsArchived || a.Status is AssetStatus.OutOfService).ToList();
            facts.InsertAll(stopped.Select(a => new StoppedAsset(own.Key, a.Id, a.Name, a.IsArchived ? "archived" : "out of service")));
            if (stopped.Count > 0 && stopped.Count == own.Count()) facts.Insert(new AllAssetsStopped(own.Key, stopped.Count));
        }
    }
}

internal sealed record ScheduleName(long Id, string Code, string Title, int Version)
{
    public override string ToString() => $"{Code} ({Title})";
}

/// <summary>A schedule that has dates to deal with, and the first of them.</summary>
internal sealed record ScheduleDue(ScheduleName Schedule, DateOnly Date);

/// <summary>A date of a schedule that has come.</summary>
internal sealed record DueDate(ScheduleName Schedule, DateOnly Date, DateOnly ExecuteOn);

/// <summary>A date of a schedule that has passed, and gets no order.</summary>
internal sealed record MissedDate(ScheduleName Schedule, DateOnly Date, string Why);

/// <summary>An asset of a schedule that cannot be maintained now.</summary>
internal sealed record StoppedAsset(long ScheduleId, long AssetId, string Asset, string Why);

/// <summary>None of a schedule's assets can be maintained now.</summary>
internal sealed record AllAssetsStopped(long ScheduleId, int Assets);

internal abstract record PmDecision(long ScheduleId, DateOnly Date, Claim Claim, string Explanation) : Decision(Claim, Explanation)
{
    protected static Claim ClaimOf(ScheduleName schedule, DateOnly date) =>
        new(nameof(PmSchedule), schedule.Id, date.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Whether another decision would do the same.</summary>
    public bool IsSame(PmDecision? other) => other is not null && other.GetType() == GetType() && other.Claim == Claim && other.Explanation == Explanation;
}

/// <param name="LeftOut">The assets that cannot be maintained now.</param>
internal sealed record GenerateOrder(ScheduleName Schedule, DateOnly Day, IReadOnlyList<long> LeftOut, string Sentence) : PmDecision(Schedule.Id, Day, ClaimOf(Schedule, Day), Sentence);

internal sealed record RecordMissed(ScheduleName Schedule, DateOnly Day, string Why, string Sentence) : PmDecision(Schedule.Id, Day, ClaimOf(Schedule, Day), Sentence);

internal sealed record SuspendSchedule(ScheduleName Schedule, DateOnly Day, string Sentence) : PmDecision(
    Schedule.Id, Day, new Claim(nameof(PmSchedule), Schedule.Id, string.Create(CultureInfo.InvariantCulture, $"suspended as version {Schedule.Version}")), Sentence);

/// <summary>A date that passed is put on record as missed.</summary>
internal sealed class MissedDateIsRecorded : Rule
{
    public override int Priority => 1;

    public override void Define() =>
        When<MissedDate>()
            .Without<AllAssetsStopped>(m => m.Schedule.Id, s => s.ScheduleId)
            .Then((m, decide) => decide.Insert(new RecordMissed(m.Schedule, m.Date, m.Why, string.Create(CultureInfo.InvariantCulture, $"{m.Schedule} gets no order for {m.Date:yyyy-MM-dd}: {m.Why}."))));
}

/// <summary>A date that has come gets its order, for those of the assets that can be maintained.</summary>
internal sealed class DueDateGetsItsOrder : Rule
{
    public override void Define() =>
        When<DueDate>()
            .Without<AllAssetsStopped>(d => d.Schedule.Id, s => s.ScheduleId)
            .Collect<StoppedAsset>(d => d.Schedule.Id, s => s.ScheduleId)
            .Then((d, stopped, decide) => decide.Insert(new GenerateOrder(d.Schedule, d.Date, [.. stopped.Select(s => s.AssetId)], string.Create(CultureInfo.InvariantCulture,
                $"{d.Schedule} is due for {d.Date:yyyy-MM-dd}{(d.ExecuteOn == d.Date ? "" : $", executed on {d.ExecuteOn:yyyy-MM-dd}")}{string.Concat(stopped.Select(s => $"; {s.Asset} is {s.Why} and left out"))}."))));
}

/// <summary>A schedule none of whose assets can be maintained is suspended, and says so.</summary>
internal sealed class StoppedScheduleIsSuspended : Rule
{
    public override int Priority => 2;

    public override void Define() =>
        When<ScheduleDue>()
            .And<AllAssetsStopped>(d => d.Schedule.Id, s => s.ScheduleId)
            .Then((d, s, decide) => decide.Insert(new SuspendSchedule(d.Schedule, d.Date, string.Create(CultureInfo.InvariantCulture,
                $"{d.Schedule} is due for {d.Date:yyyy-MM-dd}, but {(s.Assets == 1 ? "its asset is" : $"all of its {s.Assets} assets are")} archived or out of service; it is suspended until it is resumed."))));
}
