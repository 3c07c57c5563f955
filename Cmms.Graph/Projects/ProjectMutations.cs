using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Projects;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Projects;

[MutationType, Authorize(Permission.ManageProjects)]
internal static class ProjectMutations
{
    /// <summary>Begins a project.</summary>
    /// <param name="code">Unique in the site; none: the next of its numbers.</param>
    /// <param name="location">Where it is; equipment assigned to it goes there.</param>
    /// <param name="partnerId">For whom it is done.</param>
    [Error<NotFound, Duplicate, EndBeforeStart>]
    public static async Task<Project> CreateProject(
        string? code, string name, string? description, [ID<Partner>] long? partnerId, DateOnly startDate, DateOnly? endDate, string? location, string? cardinalPoint,
        string? contactName, string? contactPhone, CmmsDb db, CancellationToken cancel)
    {
        var partner = await db.FindOptional<Partner>(partnerId, cancel);
        Project project = new(code ?? await db.NextProjectCode(cancel), name, partner, startDate, endDate);
        project.Describe(name, description, partner);
        project.Locate(location, cardinalPoint, contactName, contactPhone);
        db.Projects.Add(project);
        await db.SaveChangesAsync(cancel);
        return project;
    }

    /// <summary>Changes an open project.</summary>
    /// <param name="version">The version that was read: the change is refused if the project has changed since.</param>
    [Error<NotFound, ProjectInactive, EndBeforeStart, Conflict>]
    public static async Task<Project> UpdateProject(
        [ID<Project>] long id, int? version, Optional<string> name, Optional<string?> description, [ID<Partner>] Optional<long?> partnerId, Optional<DateOnly> startDate,
        Optional<DateOnly?> endDate, Optional<string?> location, Optional<string?> cardinalPoint, Optional<string?> contactName, Optional<string?> contactPhone,
        CmmsDb db, CancellationToken cancel)
    {
        var project = await db.FindVersion<Project>(id, version, cancel);
        await db.Entry(project).Reference(p => p.Partner).LoadAsync(cancel);
        var partner = partnerId.IsSet ? await db.FindOptional<Partner>(partnerId.Value, cancel, nameof(partnerId)) : project.Partner;
        project.Describe(name.Or(project.Name), description.Or(project.Description), partner);
        project.Plan(startDate.Or(project.StartDate), endDate.Or(project.EndDate));
        project.Locate(location.Or(project.Location), cardinalPoint.Or(project.CardinalPoint), contactName.Or(project.ContactName), contactPhone.Or(project.ContactPhone));
        await db.SaveChangesAsync(cancel);
        return project;
    }

    /// <summary>Ends a project; everything at work in it is released in the same transaction.</summary>
    /// <param name="reason">Why, for the record.</param>
    [Error<NotFound, ProjectInactive>]
    public static async Task<ClosedOne> CloseProject([ID<Project>] long id, string? reason, CmmsDb db, CancellationToken cancel)
    {
        var project = await db.Find<Project>(id, cancel);
        var released = await db.Close(project, reason, cancel);
        await db.SaveChangesAsync(cancel);
        return new ClosedOne(project, released);
    }

    /// <summary>Adds a company that projects are done for.</summary>
    [Error<Duplicate>]
    public static async Task<Partner> CreatePartner(string name, string? taxId, string? contactName, string? contactPhone, CmmsDb db, CancellationToken cancel)
    {
        Partner partner = new(name);
        partner.Describe(name, taxId, contactName, contactPhone);
        db.Partners.Add(partner);
        await db.SaveChangesAsync(cancel);
        return partner;
    }

    /// <summary>Changes what is known of a partner.</summary>
    /// <param name="version">The version that was read: the change is refused if the partner has changed since.</param>
    [Error<NotFound, Duplicate, Conflict>]
    public static async Task<Partner> UpdatePartner(
        [ID<Partner>] long id, int? version, Optional<string> name, Optional<string?> taxId, Optional<string?> contactName, Optional<string?> contactPhone,
        CmmsDb db, CancellationToken cancel)
    {
        var partner = await db.FindVersion<Partner>(id, version, cancel);
        partner.Describe(name.Or(partner.Name), taxId.Or(partner.TaxId), contactName.Or(partner.ContactName), contactPhone.Or(partner.ContactPhone));
        await db.SaveChangesAsync(cancel);
        return partner;
    }

    /// <summary>Puts a partner away: kept for its projects, offered for nothing new.</summary>
    [Error<NotFound>]
    public static async Task<Partner> ArchivePartner([ID<Partner>] long id, CmmsDb db, Instant now, CancellationToken cancel)
    {
        var partner = await db.Find<Partner>(id, cancel);
        partner.Archive(now);
        await db.SaveChangesAsync(cancel);
        return partner;
    }
}

/// <summary>A project that was closed.</summary>
/// <param name="Project">The project.</param>
/// <param name="ReleasedAssignments">What was at work in it.</param>
[Payload]
internal sealed record ClosedOne(Project Project, IReadOnlyList<ResourceAssignment> ReleasedAssignments);
