using Cmms.Domain.Persistence;
using Engines.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Projects;

/// <summary>An assignment that is not retired.</summary>
internal sealed record ActiveAssignment(
    long Id, ResourceKind Kind, long ResourceId, string Resource, long ProjectId, long? EquipmentAssignmentId, DateOnly? OperationEndDate);

/// <summary>An equipment's assignment that is retired.</summary>
internal sealed record RetiredEquipment(long AssignmentId, string Resource);

/// <summary>A project that is closed.</summary>
internal sealed record ClosedProject(long Id, string Name);

/// <summary>Equipment that counts as rented.</summary>
internal sealed record RentedEquipment(long ResourceId, string Resource, int Version);

/// <summary>The date by which ends are judged: the site's.</summary>
internal sealed record SiteToday(DateOnly Date);

/// <summary>Somebody asks that an assignment be released.</summary>
internal sealed record ReleaseAsked(long AssignmentId, string Reason);

/// <summary>An assignment is to be released.</summary>
internal sealed record Release(long AssignmentId, string Resource, string Reason);

/// <summary>Equipment is to go back to its base, for no assignment holds it.</summary>
internal sealed record ReturnToBase(long ResourceId, string Resource, int Version);

internal sealed class AskedReleaseIsGranted : Rule
{
    public override int Priority => 3;

    public override void Define() =>
        When<ReleaseAsked>()
            .And<ActiveAssignment>(r => r.AssignmentId, a => a.Id)
            .Derives<Release>()
            .Then((r, a, decide) => decide.Insert(new Release(a.Id, a.Resource, r.Reason)));
}

internal sealed class AssignmentOfClosedProjectIsReleased : Rule
{
    public override int Priority => 2;

    public override void Define() =>
        When<ActiveAssignment>()
            .And<ClosedProject>(a => a.ProjectId, p => p.Id)
            .Derives<Release>()
            .Then((a, p, decide) => decide.Insert(new Release(a.Id, a.Resource, $"{p.Name} is closed")));
}

internal sealed class AssignmentPastItsEndIsReleased : Rule
{
    public override int Priority => 1;

    public override void Define() =>
        When<ActiveAssignment>(a => a.OperationEndDate is not null)
            .And<SiteToday>(_ => 0, _ => 0, (a, today) => a.OperationEndDate < today.Date)
            .Derives<Release>()
            .Then((a, _, decide) => decide.Insert(new Release(a.Id, a.Resource, $"its operation ended on {a.OperationEndDate:yyyy-MM-dd}")));
}

/// <summary>A service goes with the equipment that it serves, found by the assignment and never by text.</summary>
internal sealed class ServiceFollowsItsEquipment : Rule
{
    public override void Define() =>
        When<Release>()
            .And<ActiveAssignment>(r => r.AssignmentId, service => service.EquipmentAssignmentId)
            .Derives<Release>()
            .Then((r, service, decide) => decide.Insert(new Release(service.Id, service.Resource, $"{r.Resource}, which it serves, is released: {r.Reason}")));
}

internal sealed class OrphanedServiceIsReleased : Rule
{
    public override void Define() =>
        When<ActiveAssignment>(a => a.EquipmentAssignmentId is not null)
            .And<RetiredEquipment>(a => a.EquipmentAssignmentId, e => e.AssignmentId)
            .Derives<Release>()
            .Then((a, e, decide) => decide.Insert(new Release(a.Id, a.Resource, $"{e.Resource}, which it serves, was released before")));
}

internal sealed class RentedWithoutAssignmentReturns : Rule
{
    public override void Define() =>
        When<RentedEquipment>()
            .Without<ActiveAssignment>(r => r.ResourceId, a => a.ResourceId)
            .Derives<ReturnToBase>()
            .Then((r, decide) => decide.Insert(new ReturnToBase(r.ResourceId, r.Resource, r.Version)));
}

/// <summary>The one rule set of releasing: a release asked for, a retirement, the closing of a project and the worker's sweep all follow it.</summary>
internal static class ReleaseRules
{
    public static RuleSet Set { get; } = new(
        new AskedReleaseIsGranted(), new AssignmentOfClosedProjectIsReleased(), new AssignmentPastItsEndIsReleased(),
        new ServiceFollowsItsEquipment(), new OrphanedServiceIsReleased(), new RentedWithoutAssignmentReturns());

    /// <summary>Loads the assignments in question and the services that hang on them.</summary>
    public static async Task LoadAssignments(CmmsDb db, IQueryable<ResourceAssignment> inQuestion, RuleSession facts, CancellationToken cancel)
    {
        var ids = inQuestion.Select(a => a.Id);
        var active = await db.ResourceAssignments
            .Where(a => !a.IsRetired && (ids.Contains(a.Id) || ids.Contains(a.EquipmentAssignmentId!.Value)))
            .OrderBy(a => a.Id)
            .Select(a => new ActiveAssignment(a.Id, a.Kind, a.ResourceId, a.Resource.Code, a.ProjectId, a.EquipmentAssignmentId, a.OperationEndDate))
            .ToListAsync(cancel);
        facts.InsertAll(active);
    }
}
