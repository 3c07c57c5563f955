using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Domain.Projects;
using Cmms.Graph.Access;
using Cmms.Graph.Planning;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Projects;

[MutationType, Authorize(Permission.ManageProjects)]
internal static class AssignmentMutations
{
    /// <summary>
    /// Assigns resources to projects, all of them or none (seed 004). Equipment goes to the project and counts as rented; with a maintenance cost a second
    /// assignment is made, of the general service, which is linked to the first and released with it.
    /// </summary>
    /// <param name="assignments">What is assigned where.</param>
    [Payload("assignments")]
    [Error<NotFound, ProjectInactive, ResourceInactive, ResourceAlreadyRented, EndBeforeStart, InvalidRecurrence>]
    public static async Task<IReadOnlyList<ResourceAssignment>> AssignResources(IReadOnlyList<AssignmentInput> assignments, CmmsDb db, CancellationToken cancel)
    {
        var made = await db.AssignAll([.. assignments.Select((a, i) => a.ToRequest($"assignments[{i}]"))], cancel);
        await db.SaveChangesAsync(cancel);
        return made;
    }

    /// <summary>
    /// Changes the terms of an assignment; services linked to equipment follow in rhythm and dates, and in cost where one is given. With isRetired it is
    /// released, with all that goes with it (seed 004).
    /// </summary>
    /// <param name="version">The version that was read: the change is refused if the assignment has changed since.</param>
    /// <param name="recurrence">How often it is due, in the place of what was: nothing of the old rhythm remains.</param>
    /// <param name="maintenanceCost">For equipment: what its linked services cost; none is made by this.</param>
    /// <param name="isRetired">True: release it. It needs retirementDate and reason.</param>
    /// <param name="retirementDate">Since when.</param>
    /// <param name="reason">Why, for the record.</param>
    [Error<NotFound, ProjectInactive, AssignmentRetired, EndBeforeStart>]
    [Error<InvalidRecurrence, ReasonRequired, Conflict>]
    public static async Task<ReleasedOne> UpdateResourceAssignment(
        [ID<ResourceAssignment>] long id, int? version, Money? cost, RecurrenceInput? recurrence, string? description, DateOnly? operationStartDate,
        Optional<DateOnly?> operationEndDate, Money? maintenanceCost, bool? isRetired, DateOnly? retirementDate, string? reason, CmmsDb db, CancellationToken cancel)
    {
        var assignment = await db.Assignment(id, version, cancel);
        await db.Change(
            assignment, cost, recurrence?.ToRecurrence(), description, operationStartDate, operationEndDate.Value, operationEndDate is { IsSet: true, Value: null }, maintenanceCost, cancel);
        await db.SaveChangesAsync(cancel);
        if (isRetired is not true) return ReleasedOne.Of([assignment]);
        if (retirementDate is null) throw new InvalidValue(nameof(retirementDate), "is needed to retire an assignment");
        if (string.IsNullOrWhiteSpace(reason)) throw new ReasonRequired();
        var released = await db.Release(assignment, reason, Check.Day(retirementDate), cancel);
        await db.SaveChangesAsync(cancel);
        return ReleasedOne.Of(released);
    }

    /// <summary>Ends an assignment and keeps it on record; equipment goes back to its base, and the services linked to it are released too (seed 004).</summary>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="date">Since when; none: today, in the site's time zone.</param>
    [Error<NotFound, AlreadyReleased>]
    public static async Task<ReleasedOne> ReleaseResource([ID<ResourceAssignment>] long id, string? reason, DateOnly? date, CmmsDb db, CancellationToken cancel)
    {
        var assignment = await db.Assignment(id, null, cancel);
        var released = await db.Release(assignment, reason, date, cancel);
        await db.SaveChangesAsync(cancel);
        return ReleasedOne.Of(released);
    }

    /// <summary>Removes an assignment that was made by mistake, with its linked services, for good; equipment goes back to its base (seed 004).</summary>
    [Error<NotFound, ProjectInactive>]
    public static async Task<DeletedAssignments> DeleteResourceAssignment([ID<ResourceAssignment>] long id, CmmsDb db, CancellationToken cancel)
    {
        var assignment = await db.Assignment(id, null, cancel);
        var gone = await db.Remove(assignment, cancel);
        await db.SaveChangesAsync(cancel);
        return new DeletedAssignments(gone);
    }
}

/// <summary>A resource that is to work in a project.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="ResourceId">The resource.</param>
/// <param name="Cost">The price of one occurrence, at most two decimal places.</param>
/// <param name="OperationStartDate">Its first day there.</param>
/// <param name="OperationEndDate">Its last day; none: open end.</param>
/// <param name="CommitmentDate">From when equipment is promised; none: from its first day.</param>
/// <param name="Recurrence">How often it is due; none: every day from its first one.</param>
/// <param name="Description">None: as seed 004 has it, ALQUILER / code / type for equipment.</param>
/// <param name="MaintenanceCost">For equipment: what its upkeep costs; makes a linked assignment of the general service.</param>
/// <param name="EquipmentAssignmentId">For a service: the equipment's assignment that it serves.</param>
internal sealed record AssignmentInput(
    [ID<Project>] long ProjectId, [ID<Resource>] long ResourceId, Money Cost, DateOnly OperationStartDate, DateOnly? OperationEndDate = null,
    DateOnly? CommitmentDate = null, RecurrenceInput? Recurrence = null, string? Description = null, Money? MaintenanceCost = null,
    [ID<ResourceAssignment>] long? EquipmentAssignmentId = null)
{
    public AssignmentRequest ToRequest(string field) => new(
        ProjectId, ResourceId, Cost, OperationStartDate, OperationEndDate, CommitmentDate, Recurrence?.ToRecurrence($"{field}.recurrence"), Description, MaintenanceCost, EquipmentAssignmentId);
}

/// <summary>An assignment, and what was released with it.</summary>
/// <param name="Assignment">The assignment that was asked for.</param>
/// <param name="RelatedServicesReleased">The services that were released with it.</param>
/// <param name="RelatedServicesCount">How many services those are.</param>
[Payload]
internal sealed record ReleasedOne(ResourceAssignment Assignment, IReadOnlyList<ResourceAssignment> RelatedServicesReleased, int RelatedServicesCount)
{
    public static ReleasedOne Of(IReadOnlyList<ResourceAssignment> released) => new(released[0], [.. released.Skip(1)], released.Count - 1);
}

/// <summary>What is gone for good.</summary>
/// <param name="DeletedIds">The assignment that was asked for, and its services.</param>
[Payload]
internal sealed record DeletedAssignments([ID<ResourceAssignment>] IReadOnlyList<long> DeletedIds);
