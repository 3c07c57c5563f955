using Cmms.Domain.Assets;

namespace Cmms.Domain.Projects;

/// <summary>Whether a resource is a thing or a service.</summary>
public enum ResourceKind
{
    /// <summary>A physical thing, in one project at a time (EQUIPO).</summary>
    Equipment,
    /// <summary>Work that is rendered, in any number of projects (SERVICIO).</summary>
    Service,
}

/// <summary>Something that can be assigned to projects: an asset, or a service.</summary>
public sealed class Resource : SiteEntity
{
    private Resource() { } // EF Core

    /// <summary>Equipment: exactly one asset, whose condition and rental status are the asset's own.</summary>
    public Resource(Asset asset, string? type, string? baseLocation)
    {
        (Kind, Asset, AssetId, Code, Name) = (ResourceKind.Equipment, asset, asset.Id, asset.Code ?? asset.Name, asset.Name);
        Describe(asset.Name, type, baseLocation);
        CurrentLocation = BaseLocation;
    }

    /// <summary>A service.</summary>
    public Resource(string code, string name, string? type)
    {
        (Kind, Code) = (ResourceKind.Service, Check.Text(code, 40));
        Describe(name, type, null);
    }

    /// <summary>Whether it is a thing or a service.</summary>
    public ResourceKind Kind { get; private set; }
    /// <summary>The asset's code, or the service's own; unique in the site.</summary>
    public string Code { get; private set; } = "";
    /// <summary>What people call it.</summary>
    public string Name { get; private set; } = "";
    /// <summary>What sort of equipment or service it is, such as BTSNHM or SERVIC.</summary>
    public string? Type { get; private set; }
    public long? AssetId { get; private set; }
    /// <summary>The asset that it is; none for a service.</summary>
    public Asset? Asset { get; private set; }
    /// <summary>Where it is kept when it is in no project.</summary>
    public string? BaseLocation { get; private set; }
    /// <summary>Where it is now.</summary>
    public string? CurrentLocation { get; private set; }
    public long? CurrentProjectId { get; private set; }
    /// <summary>The project that has it; none for services and for equipment at its base.</summary>
    public Project? CurrentProject { get; private set; }
    /// <summary>From when it is promised to its project.</summary>
    public DateOnly? CommitmentDate { get; private set; }
    /// <summary>When it was put away; null: it is in use.</summary>
    public Instant? ArchivedAt { get; private set; }

    public void Describe(string name, string? type, string? baseLocation) =>
        (Name, Type, BaseLocation) = (Check.Text(name), Check.OptionalText(type, 40), Check.OptionalText(baseLocation, 400));

    /// <exception cref="ResourceAlreadyRented"/>
    public void Archive(Instant now)
    {
        if (CurrentProject is not null) throw new ResourceAlreadyRented(Code, CurrentProject.Name, "id");
        ArchivedAt ??= now;
    }

    public void Restore() => ArchivedAt = null;

    /// <summary>Sends equipment to a project. That it is in no other one is kept by the database.</summary>
    /// <exception cref="ResourceInactive"/>
    /// <exception cref="ResourceAlreadyRented"/>
    internal void Rent(Project project, DateOnly commitmentDate, string field)
    {
        if (ArchivedAt is not null || Asset is { IsArchived: true }) throw new ResourceInactive(Code, field);
        if (Kind is ResourceKind.Service) return;
        if (Asset!.RentalStatus is RentalStatus.Rented) throw new ResourceAlreadyRented(Code, CurrentProject?.Name, field);
        Asset.RentalStatus = RentalStatus.Rented;
        (CurrentProject, CurrentProjectId, CommitmentDate, CurrentLocation) = (project, project.Id, commitmentDate, project.Location ?? project.Name);
        Raise("ResourceRented");
    }

    /// <summary>Brings equipment back to its base.</summary>
    internal void Return()
    {
        if (Kind is ResourceKind.Service) return;
        Asset!.RentalStatus = RentalStatus.Available;
        (CurrentProject, CurrentProjectId, CommitmentDate, CurrentLocation) = (null, null, null, BaseLocation);
        Raise("ResourceReturned");
    }
}
