using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Projects;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;

namespace Cmms.Graph.Projects;

[QueryType]
internal static class ProjectQueries
{
    /// <summary>Projects of the site, by name.</summary>
    [Authorize(Permission.ViewProjects)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(Project.Code), nameof(Project.Name), "Partner.Name"), OrderBy(nameof(Project.Name))]
    public static IQueryable<Project> Projects(CmmsDb db) => db.Projects;

    /// <summary>One project, by its id or its code; null when there is none.</summary>
    /// <param name="code">Its code, instead of the id.</param>
    [Authorize(Permission.ViewProjects)]
    [UseFirstOrDefault]
    public static IQueryable<Project> GetProject([ID<Project>] long? id, string? code, CmmsDb db)
    {
        OneOf.Require(("id", id), ("code", code));
        return id is { } key ? db.Projects.Where(p => p.Id == key) : db.Projects.Where(p => p.Code == code);
    }

    /// <summary>Companies that projects are done for, by name.</summary>
    /// <param name="includeArchived">Also those that were put away.</param>
    [Authorize(Permission.ViewProjects)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(Partner.Name)), OrderBy(nameof(Partner.Name))]
    public static IQueryable<Partner> Partners(CmmsDb db, bool includeArchived = false) =>
        includeArchived ? db.Partners : db.Partners.Where(p => p.ArchivedAt == null);

    /// <summary>Everything that can be assigned to projects, by code.</summary>
    /// <param name="includeArchived">Also what was put away.</param>
    [Authorize(Permission.ViewProjects)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(Resource.Code), nameof(Resource.Name)), OrderBy(nameof(Resource.Code))]
    public static IQueryable<Resource> Resources(CmmsDb db, bool includeArchived = false) =>
        includeArchived ? db.Resources : db.Resources.Where(r => r.ArchivedAt == null);

    /// <summary>
    /// What can be assigned: services always; equipment that no project has (seed 004: available). With a span of days, equipment that no assignment
    /// holds on any of them, though it may be out today.
    /// </summary>
    /// <param name="type">Only of this type.</param>
    /// <param name="condition">Only equipment in this condition.</param>
    /// <param name="excludeServices">Equipment alone.</param>
    /// <param name="from">The first day on which it is needed.</param>
    /// <param name="to">The last day; none: open end.</param>
    [Authorize(Permission.ViewProjects)]
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(Resource.Code), nameof(Resource.Name)), OrderBy(nameof(Resource.Code))]
    public static IQueryable<Resource> AvailableResources(string? type, AssetCondition? condition, DateOnly? from, DateOnly? to, CmmsDb db, bool excludeServices = false)
    {
        if (to < from || (to is not null && from is null)) throw new GraphQLException("'to' needs a 'from' that is not after it.", ErrorCodes.BadUserInput);
        var resources = db.Resources.Where(r => r.ArchivedAt == null && (r.Kind == ResourceKind.Service || !r.Asset!.IsArchived));
        if (type is not null) resources = resources.Where(r => r.Type == type);
        if (condition is { } wanted) resources = resources.Where(r => r.Asset!.Condition == wanted);
        if (excludeServices) resources = resources.Where(r => r.Kind == ResourceKind.Equipment);
        return from is null
            ? resources.Where(r => r.Kind == ResourceKind.Service || r.Asset!.RentalStatus == RentalStatus.Available)
            : resources.Where(r => r.Kind == ResourceKind.Service || !db.ResourceAssignments.Any(a =>
                a.ResourceId == r.Id && !a.IsRetired && (a.OperationEndDate == null || a.OperationEndDate >= from) && (to == null || a.OperationStartDate <= to)));
    }

    /// <summary>Resources at work in projects, and those that were, newest first.</summary>
    [Authorize(Permission.ViewProjects)]
    [UsePaging, UseFiltering, UseSorting, UseSearch("Resource.Code", "Resource.Name", "Project.Name"), OrderBy(nameof(ResourceAssignment.CreatedAt), Descending = true)]
    public static IQueryable<ResourceAssignment> ResourceAssignments(CmmsDb db) => db.ResourceAssignments;
}
