namespace Cmms.Domain.Projects;

/// <summary>The equipment is at work in another project.</summary>
public sealed class ResourceAlreadyRented(string resource, string? project, string field)
    : DomainError("RESOURCE_ALREADY_RENTED", project is null ? $"{resource} is already rented." : $"{resource} is already rented to {project}.", field)
{
    /// <summary>The resource asked for.</summary>
    public string Resource => resource;
    /// <summary>The project that has it.</summary>
    public string? Project => project;
}

/// <summary>The resource is archived, or is not in working order.</summary>
public sealed class ResourceInactive(string resource, string field) : DomainError("RESOURCE_INACTIVE", $"{resource} is not active.", field);

/// <summary>The project is closed.</summary>
public sealed class ProjectInactive(string project, string field) : DomainError("PROJECT_INACTIVE", $"{project} is closed.", field);

/// <summary>A retired assignment is history and no longer changes; assigning again makes a new one.</summary>
public sealed class AssignmentRetired(DateOnly retirementDate)
    : DomainError("ASSIGNMENT_RETIRED", $"The assignment was retired on {retirementDate:yyyy-MM-dd}.", "id")
{
    /// <summary>Since when.</summary>
    public DateOnly RetirementDate => retirementDate;
}

/// <summary>The assignment was released before.</summary>
public sealed class AlreadyReleased(DateOnly retirementDate)
    : DomainError("ALREADY_RELEASED", $"The assignment was already released on {retirementDate:yyyy-MM-dd}.", "id")
{
    /// <summary>Since when.</summary>
    public DateOnly RetirementDate => retirementDate;
}
