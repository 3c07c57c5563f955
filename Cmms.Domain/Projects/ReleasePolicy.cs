using System.Globalization;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Engines.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Projects;

/// <summary>Resources whose time in a project is over are released with the services that hang on them, and what was left behind is put right.</summary>
internal sealed class ReleasePolicy() : Policy("resource-release-cascade", "Resource release cascade",
    "Releases assignments past their operation end date (the site's date) or of closed projects, with their linked services; releases services without their equipment, and returns equipment that no assignment holds.",
    "0 5 0/1 * * ?")
{
    internal override RuleSet Rules { get; } = new(
        new AssignmentOfClosedProjectIsReleased(), new AssignmentPastItsEndIsReleased(), new ServiceFollowsItsEquipment(),
        new OrphanedServiceIsReleased(), new RentedWithoutAssignmentReturns(), new ReleaseIsDecided(), new ReturnIsDecided());

    internal override async Task LoadFacts(CmmsDb db, PolicyMoment moment, IReadOnlyList<long>? subjects, RuleSession facts, CancellationToken cancel)
    {
        var today = moment.Today;
        facts.Insert(new SiteToday(today));
        await ReleaseRules.LoadAssignments(db, Only(db.ResourceAssignments, subjects).Where(a =>
            !a.IsRetired && (a.OperationEndDate < today || a.Project.IsClosed || a.EquipmentAssignment!.IsRetired)), facts, cancel);
        facts.InsertAll(await db.ResourceAssignments.Where(a => !a.IsRetired && a.Project.IsClosed).Select(a => a.Project).Distinct().OrderBy(p => p.Id)
            .Select(p => new ClosedProject(p.Id, p.Name)).ToListAsync(cancel));
        facts.InsertAll(await db.ResourceAssignments.Where(a => !a.IsRetired && a.EquipmentAssignment!.IsRetired)
            .Select(a => new { a.EquipmentAssignment!.Id, a.EquipmentAssignment.Resource.Code }).Distinct().OrderBy(a => a.Id)
            .Select(a => new RetiredEquipment(a.Id, a.Code)).ToListAsync(cancel));
        if (subjects is not null) return;
        facts.InsertAll(await db.Resources
            .Where(r => r.Asset!.RentalStatus == Assets.RentalStatus.Rented && !db.ResourceAssignments.Any(a => a.ResourceId == r.Id && !a.IsRetired))
            .OrderBy(r => r.Id).Select(r => new RentedEquipment(r.Id, r.Code, r.Version)).ToListAsync(cancel));
    }

    internal override async Task<bool> Apply(CmmsDb db, Decision decision, PolicyMoment moment, CancellationToken cancel)
    {
        switch (decision)
        {
            case ReleaseAssignment release:
                var assignment = await db.Find<ResourceAssignment>(release.Claim.SubjectId, cancel);
                var today = moment.Today;
                if (assignment.IsRetired || !await db.ResourceAssignments.AnyAsync(a => a.Id == assignment.Id &&
                    (a.OperationEndDate < today || a.Project.IsClosed || a.EquipmentAssignment!.IsRetired), cancel)) return false;
                await db.Retire(assignment, moment.Today, release.Explanation, cancel);
                break;
            case ReturnEquipment back:
                var resourceId = back.Claim.SubjectId;
                if (!await db.Resources.AnyAsync(r => r.Id == resourceId && r.Asset!.RentalStatus == Assets.RentalStatus.Rented, cancel)
                    || await db.ResourceAssignments.AnyAsync(a => a.ResourceId == resourceId && !a.IsRetired, cancel)) return false;
                await db.ReturnToBase(resourceId, cancel);
                break;
        }
        Notice notice = new(NotificationEvent.ResourcesReleased, NotificationSeverity.Info, "Resource released", decision.Explanation, decision.Claim.SubjectType, decision.Claim.SubjectId);
        await db.Tell(Permission.ManageProjects, notice, $"{Key}:{decision.Claim.SubjectType}:{decision.Claim.SubjectId}:{decision.Claim.Epoch}", cancel);
        return true;
    }
}

internal sealed record ReleaseAssignment(Claim Claim, string Explanation) : Decision(Claim, Explanation);

internal sealed record ReturnEquipment(Claim Claim, string Explanation) : Decision(Claim, Explanation);

internal sealed class ReleaseIsDecided : Rule
{
    public override int Priority => -1;

    public override void Define() =>
        When<Release>().Then((r, decide) => decide.Insert(new ReleaseAssignment(new Claim(nameof(ResourceAssignment), r.AssignmentId, "released"), $"{r.Resource} is released: {r.Reason}.")));
}

internal sealed class ReturnIsDecided : Rule
{
    public override int Priority => -1;

    public override void Define() =>
        When<ReturnToBase>().Then((r, decide) => decide.Insert(new ReturnEquipment(
            new Claim(nameof(Resource), r.ResourceId, r.Version.ToString(CultureInfo.InvariantCulture)), $"{r.Resource} counts as rented, but no assignment holds it; it returns to its base.")));
}
