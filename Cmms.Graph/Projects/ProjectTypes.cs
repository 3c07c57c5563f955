using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Projects;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Projects;

/// <summary>A company that projects are done for.</summary>
[ObjectType<Partner>, Authorize(Permission.ViewProjects)]
internal static class PartnerFields;

/// <summary>A job at a partner's place that equipment and services are assigned to.</summary>
[ObjectType<Project>, Authorize(Permission.ViewProjects), UseSearch(nameof(Project.Code), nameof(Project.Name)), OrderBy(nameof(Project.Name))]
internal static class ProjectFields
{
    /// <summary>What is at work in it, oldest first.</summary>
    /// <param name="includeRetired">Also what was, and is released.</param>
    public static async Task<ILookup<long, ResourceAssignment>> Assignments(IReadOnlyList<long> projectIds, CmmsDb db, CancellationToken cancel, bool includeRetired = false) =>
        (await db.ResourceAssignments.Where(a => projectIds.Contains(a.ProjectId) && (includeRetired || !a.IsRetired)).OrderBy(a => a.Id).ToListAsync(cancel)).ToLookup(a => a.ProjectId);
}

/// <summary>Something that can be assigned to projects: an asset, or a service.</summary>
[ObjectType<Resource>, Authorize(Permission.ViewProjects), UseSearch(nameof(Resource.Code), nameof(Resource.Name)), OrderBy(nameof(Resource.Code))]
internal static class ResourceFields
{
    /// <summary>The asset's condition; none for a service.</summary>
    public static Task<Dictionary<long, AssetCondition?>> Condition(IReadOnlyList<long> resourceIds, CmmsDb db, CancellationToken cancel) =>
        db.Resources.Where(r => resourceIds.Contains(r.Id) && r.AssetId != null).Select(r => new { r.Id, r.Asset!.Condition })
            .ToDictionaryAsync(r => r.Id, r => (AssetCondition?)r.Condition, cancel);

    /// <summary>Whether the asset is out on a project; none for a service, which any number of projects may have.</summary>
    public static Task<Dictionary<long, RentalStatus?>> RentalStatus(IReadOnlyList<long> resourceIds, CmmsDb db, CancellationToken cancel) =>
        db.Resources.Where(r => resourceIds.Contains(r.Id) && r.AssetId != null).Select(r => new { r.Id, r.Asset!.RentalStatus })
            .ToDictionaryAsync(r => r.Id, r => (RentalStatus?)r.RentalStatus, cancel);
}

/// <summary>A resource at work in a project.</summary>
[ObjectType<ResourceAssignment>, Authorize(Permission.ViewProjects)]
internal static class ResourceAssignmentFields
{
    /// <summary>The services that serve this equipment and are released with it.</summary>
    public static async Task<ILookup<long, ResourceAssignment>> Services(IReadOnlyList<long> assignmentIds, CmmsDb db, CancellationToken cancel) =>
        (await db.ResourceAssignments.Where(a => a.EquipmentAssignmentId != null && assignmentIds.Contains(a.EquipmentAssignmentId.Value)).OrderBy(a => a.Id).ToListAsync(cancel))
            .ToLookup(a => a.EquipmentAssignmentId!.Value);
}
