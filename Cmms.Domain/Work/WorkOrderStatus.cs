namespace Cmms.Domain.Work;

/// <summary>A named status of work orders. Each site has one for every phase, and may add its own.</summary>
public sealed class WorkOrderStatus : SiteEntity
{
    private WorkOrderStatus() { } // EF Core

    public WorkOrderStatus(string name, WorkOrderPhase phase, bool isCustom = true) =>
        (Name, Phase, IsCustom) = (Check.Text(name, 80), phase, isCustom);

    /// <summary>As people call it; unique in the site.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The stage of work that it stands for.</summary>
    public WorkOrderPhase Phase { get; private set; }

    /// <summary>Whether the site added it itself.</summary>
    public bool IsCustom { get; private set; }

    public void Rename(string name) => Name = Check.Text(name, 80);

    /// <summary>The statuses that every site begins with.</summary>
    public static IReadOnlyList<WorkOrderStatus> Defaults() =>
    [
        new("Pending", WorkOrderPhase.Pending, isCustom: false),
        new("In progress", WorkOrderPhase.InProgress, isCustom: false),
        new("On hold", WorkOrderPhase.OnHold, isCustom: false),
        new("Done", WorkOrderPhase.Done, isCustom: false),
        new("Cancelled", WorkOrderPhase.Cancelled, isCustom: false),
    ];
}
