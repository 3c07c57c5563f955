using Cmms.Domain.Planning;

namespace Cmms.Domain.Projects;

/// <summary>A resource at work in a project, at a price and on a rhythm. Released it stays on record; assigning again makes a new one.</summary>
public sealed class ResourceAssignment : SiteEntity
{
    private ResourceAssignment() { } // EF Core

    internal ResourceAssignment(Project project, Resource resource, AssignmentTerms terms, ResourceAssignment? equipment)
    {
        (Project, ProjectId, Resource, ResourceId, Kind) = (project, project.Id, resource, resource.Id, resource.Kind);
        (EquipmentAssignment, EquipmentAssignmentId) = (equipment, equipment?.Id);
        Agree(terms);
    }

    public long ProjectId { get; private set; }
    /// <summary>Where it works.</summary>
    public Project Project { get; private set; } = null!;
    public long ResourceId { get; private set; }
    /// <summary>What works there.</summary>
    public Resource Resource { get; private set; } = null!;
    /// <summary>The resource's kind.</summary>
    public ResourceKind Kind { get; private set; }
    /// <summary>What it does there, in words.</summary>
    public string Description { get; private set; } = "";
    /// <summary>The price of one occurrence, in the site's currency.</summary>
    public Money Cost { get; private set; }
    /// <summary>How often it is due.</summary>
    public Recurrence Recurrence { get; private set; } = null!;
    /// <summary>Its first day there.</summary>
    public DateOnly OperationStartDate { get; private set; }
    /// <summary>Its last day there, as planned; null: open.</summary>
    public DateOnly? OperationEndDate { get; private set; }
    /// <summary>Until when it is promised to the project.</summary>
    public DateOnly? CommitmentDate { get; private set; }
    public long? EquipmentAssignmentId { get; private set; }
    /// <summary>For a service: the equipment's assignment that it serves, and with which it is released.</summary>
    public ResourceAssignment? EquipmentAssignment { get; private set; }

    /// <summary>Whether it has been released.</summary>
    public bool IsRetired { get; private set; }
    /// <summary>When it was released.</summary>
    public DateOnly? RetirementDate { get; private set; }
    /// <summary>Why it was released.</summary>
    public string? RetirementReason { get; private set; }

    /// <exception cref="AssignmentRetired"/>
    internal void Agree(AssignmentTerms terms)
    {
        RequireActive();
        EndBeforeStart.Check(terms.OperationStartDate, terms.OperationEndDate);
        Description = Check.Text(terms.Description, 1000);
        (Cost, Recurrence) = (terms.Cost, terms.Recurrence);
        (OperationStartDate, OperationEndDate, CommitmentDate) = (terms.OperationStartDate, terms.OperationEndDate, terms.CommitmentDate);
    }

    /// <exception cref="AlreadyReleased"/>
    internal void Retire(DateOnly date, string reason)
    {
        if (IsRetired) throw new AlreadyReleased(RetirementDate!.Value);
        (IsRetired, RetirementDate, RetirementReason) = (true, date, reason);
        Raise("ResourceReleased", reason);
    }

    /// <exception cref="AssignmentRetired"/>
    internal void RequireActive()
    {
        if (IsRetired) throw new AssignmentRetired(RetirementDate!.Value);
    }
}

/// <summary>What is agreed for an assignment.</summary>
internal sealed record AssignmentTerms(
    string Description, Money Cost, Recurrence Recurrence, DateOnly OperationStartDate, DateOnly? OperationEndDate, DateOnly? CommitmentDate);
