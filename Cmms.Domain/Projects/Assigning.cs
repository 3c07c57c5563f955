using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Projects;

/// <summary>What is asked for when a resource is assigned to a project.</summary>
public sealed record AssignmentRequest(
    long ProjectId, long ResourceId, Money Cost, DateOnly OperationStartDate, DateOnly? OperationEndDate, DateOnly? CommitmentDate,
    Recurrence? Recurrence, string? Description, Money? MaintenanceCost, long? EquipmentAssignmentId);

/// <summary>Assigning resources to projects (seed 004).</summary>
public static class Assigning
{
    private const string GeneralService = "SERVICE-GENERAL";

    private static void CheckSpan(Project project, DateOnly start, DateOnly? end, string field)
    {
        Check.Day(start, $"{field}operationStartDate");
        Check.Day(end, $"{field}operationEndDate");
        EndBeforeStart.Check(start, end, $"{field}operationEndDate");
        if (start < project.StartDate) throw new InvalidValue($"{field}operationStartDate", "is before the project begins");
        if (end > project.EndDate) throw new InvalidValue($"{field}operationEndDate", "is after the project ends");
    }

    extension(CmmsDb db)
    {
        /// <summary>The next of the site's project codes.</summary>
        public async Task<string> NextProjectCode(CancellationToken cancel) => $"PRJ-{await db.NextNumber("project", cancel):D6}";

        /// <summary>Assigns resources, all of them or none. Answers what was made, in the order asked.</summary>
        /// <exception cref="NotFound"/>
        /// <exception cref="ProjectInactive"/>
        /// <exception cref="ResourceInactive"/>
        /// <exception cref="ResourceAlreadyRented"/>
        /// <exception cref="EndBeforeStart"/>
        public async Task<IReadOnlyList<ResourceAssignment>> AssignAll(IReadOnlyList<AssignmentRequest> requests, CancellationToken cancel)
        {
            // First held in the order of their ids, as everybody holds them: so nobody waits for one another in a circle.
            await db.FindAll<Project>([.. requests.Select(r => r.ProjectId)], i => $"assignments[{i}].projectId", cancel);
            await db.FindAll<Resource>([.. requests.Select(r => r.ResourceId)], i => $"assignments[{i}].resourceId", cancel);
            List<ResourceAssignment> made = [];
            foreach (var (i, request) in requests.Index()) made.AddRange(await db.Assign(request, $"assignments[{i}]", cancel));
            return made;
        }

        /// <summary>An assignment to change, held after its project as everybody holds them.</summary>
        /// <exception cref="NotFound"/>
        /// <exception cref="Conflict"/>
        public async Task<ResourceAssignment> Assignment(long id, int? version, CancellationToken cancel)
        {
            var projectId = await db.ResourceAssignments.Where(a => a.Id == id).Select(a => a.ProjectId).SingleOrDefaultAsync(cancel);
            if (projectId != 0) await db.Find<Project>(projectId, cancel);
            return await db.FindVersion<ResourceAssignment>(id, version, cancel);
        }

        /// <summary>
        /// Assigns a resource. Equipment goes to the project and counts as rented; with a maintenance cost a second assignment is made, of the
        /// general service, linked to the first. Answers what was made.
        /// </summary>
        /// <param name="field">The input to name in errors, such as <c>assignments[0]</c>.</param>
        /// <exception cref="NotFound"/>
        /// <exception cref="ProjectInactive"/>
        /// <exception cref="ResourceInactive"/>
        /// <exception cref="ResourceAlreadyRented"/>
        /// <exception cref="EndBeforeStart"/>
        public async Task<IReadOnlyList<ResourceAssignment>> Assign(AssignmentRequest request, string field, CancellationToken cancel)
        {
            var project = await db.Find<Project>(request.ProjectId, cancel, $"{field}.projectId");
            project.RequireOpen($"{field}.projectId");
            var resource = await db.Find<Resource>(request.ResourceId, cancel, $"{field}.resourceId");
            await db.Entry(resource).Reference(r => r.Asset).LoadAsync(cancel);
            await db.Entry(resource).Reference(r => r.CurrentProject).LoadAsync(cancel);
            CheckSpan(project, request.OperationStartDate, request.OperationEndDate, $"{field}.");

            var equipment = request.EquipmentAssignmentId is { } id ? await db.Find<ResourceAssignment>(id, cancel, $"{field}.equipmentAssignmentId") : null;
            if (equipment is not null && (equipment.IsRetired || equipment.Kind is not ResourceKind.Equipment || equipment.ProjectId != project.Id || resource.Kind is not ResourceKind.Service))
                throw new InvalidValue($"{field}.equipmentAssignmentId", "must be an active assignment of equipment in the same project, for a service");
            if (request.MaintenanceCost is not null && resource.Kind is ResourceKind.Service)
                throw new InvalidValue($"{field}.maintenanceCost", "has a meaning for equipment only");

            Check.Day(request.CommitmentDate, $"{field}.commitmentDate");
            var commitment = resource.Kind is ResourceKind.Equipment ? request.CommitmentDate ?? request.OperationStartDate : request.CommitmentDate;
            resource.Rent(project, commitment ?? request.OperationStartDate, $"{field}.resourceId");
            var recurrence = request.Recurrence ?? new Recurrence(RecurrenceFrequency.Day, request.OperationStartDate);
            var description = request.Description ?? (resource.Kind is ResourceKind.Equipment ? $"ALQUILER / {resource.Code} / {resource.Type}".TrimEnd(' ', '/') : resource.Name);
            AssignmentTerms terms = new(description, request.Cost, recurrence, request.OperationStartDate, request.OperationEndDate, commitment);
            ResourceAssignment assignment = new(project, resource, terms, equipment);
            db.ResourceAssignments.Add(assignment);
            await db.SaveChangesAsync(cancel);
            if (request.MaintenanceCost is not { } cost) return [assignment];

            var service = new ResourceAssignment(project, await db.GeneralServiceResource(cancel),
                terms with { Description = $"MANTENIMIENTO / {resource.Code}", Cost = cost, CommitmentDate = null }, assignment);
            db.ResourceAssignments.Add(service);
            await db.SaveChangesAsync(cancel);
            return [assignment, service];
        }

        /// <summary>Changes the terms of an assignment; the services linked to equipment follow in rhythm and dates, and in cost where one is given.</summary>
        /// <exception cref="AssignmentRetired"/>
        /// <exception cref="ProjectInactive"/>
        public async Task Change(
            ResourceAssignment assignment, Money? cost, Recurrence? recurrence, string? description, DateOnly? operationStartDate, DateOnly? operationEndDate,
            bool clearEnd, Money? maintenanceCost, CancellationToken cancel)
        {
            var project = await db.Find<Project>(assignment.ProjectId, cancel);
            project.RequireOpen("id");
            assignment.RequireActive();
            var end = clearEnd ? null : operationEndDate ?? assignment.OperationEndDate;
            CheckSpan(project, operationStartDate ?? assignment.OperationStartDate, end, "");
            if (maintenanceCost is not null && assignment.Kind is ResourceKind.Service) throw new InvalidValue(nameof(maintenanceCost), "has a meaning for equipment only");
            assignment.Agree(new AssignmentTerms(description ?? assignment.Description, cost ?? assignment.Cost, recurrence ?? assignment.Recurrence,
                operationStartDate ?? assignment.OperationStartDate, end, assignment.CommitmentDate));
            if (assignment.Kind is not ResourceKind.Equipment) return;
            foreach (var id in await db.ResourceAssignments.Where(a => a.EquipmentAssignmentId == assignment.Id && !a.IsRetired).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(cancel))
            {
                var service = await db.Find<ResourceAssignment>(id, cancel);
                service.Agree(new AssignmentTerms(service.Description, maintenanceCost ?? service.Cost, assignment.Recurrence,
                    assignment.OperationStartDate, assignment.OperationEndDate, service.CommitmentDate));
            }
        }

        /// <summary>Removes an assignment that was made by mistake, with its services; equipment goes back to its base. Answers the ids removed.</summary>
        /// <exception cref="ProjectInactive"/>
        public async Task<IReadOnlyList<long>> Remove(ResourceAssignment assignment, CancellationToken cancel)
        {
            var project = await db.Find<Project>(assignment.ProjectId, cancel);
            project.RequireOpen("id");
            var services = await db.ResourceAssignments.Where(a => a.EquipmentAssignmentId == assignment.Id).ToListAsync(cancel);
            if (assignment is { IsRetired: false, Kind: ResourceKind.Equipment }) await db.ReturnToBase(assignment.ResourceId, cancel);
            db.ResourceAssignments.RemoveRange(services);
            await db.SaveChangesAsync(cancel);
            db.ResourceAssignments.Remove(assignment);
            return [assignment.Id, .. services.Select(s => s.Id)];
        }

        /// <summary>The service that stands for the upkeep of rented equipment; made when it is first needed.</summary>
        private async Task<Resource> GeneralServiceResource(CancellationToken cancel)
        {
            if (await db.Resources.SingleOrDefaultAsync(r => r.Code == GeneralService, cancel) is { } there) return there;
            Resource made = new(GeneralService, "Servicio General", "SERVIC");
            db.Resources.Add(made);
            await db.SaveChangesAsync(cancel);
            return made;
        }
    }
}
