using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Projects;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Projects;

[MutationType, Authorize(Permission.ManageProjects)]
internal static class ResourceMutations
{
    /// <summary>Makes an asset available to projects, or adds a service.</summary>
    /// <param name="assetId">For equipment: the asset that it is, whose code and name it takes.</param>
    /// <param name="code">For a service: its code, unique in the site.</param>
    /// <param name="name">For a service: its name.</param>
    /// <param name="type">What sort of equipment or service it is, such as BTSNHM or SERVIC.</param>
    /// <param name="baseLocation">For equipment: where it is kept when it is in no project.</param>
    [Error<NotFound, Duplicate>]
    public static async Task<Resource> CreateResource(
        [ID<Asset>] long? assetId, string? code, string? name, string? type, string? baseLocation, CmmsDb db, CancellationToken cancel)
    {
        if (assetId is not null && (code is not null || name is not null)) throw new InvalidValue(code is not null ? nameof(code) : nameof(name), "is the asset's own for equipment");
        var resource = await db.FindOptional<Asset>(assetId, cancel) is { } asset
            ? new Resource(asset, type, baseLocation)
            : new Resource(code ?? throw new InvalidValue(nameof(code), "is needed for a service"), name ?? throw new InvalidValue(nameof(name), "is needed for a service"), type);
        db.Resources.Add(resource);
        await db.SaveChangesAsync(cancel);
        return resource;
    }

    /// <summary>Changes what is known of a resource, or puts it away.</summary>
    /// <param name="version">The version that was read: the change is refused if the resource has changed since.</param>
    /// <param name="isArchived">True: put away, unless a project has it. False: taken up again.</param>
    [Error<NotFound, ResourceAlreadyRented, Conflict>]
    public static async Task<Resource> UpdateResource(
        [ID<Resource>] long id, int? version, Optional<string> name, Optional<string?> type, Optional<string?> baseLocation, bool? isArchived,
        CmmsDb db, Instant now, CancellationToken cancel)
    {
        var resource = await db.FindVersion<Resource>(id, version, cancel);
        await db.Entry(resource).Reference(r => r.CurrentProject).LoadAsync(cancel);
        resource.Describe(name.Or(resource.Name), type.Or(resource.Type), baseLocation.Or(resource.BaseLocation));
        if (isArchived is true) resource.Archive(now);
        if (isArchived is false) resource.Restore();
        await db.SaveChangesAsync(cancel);
        return resource;
    }
}
