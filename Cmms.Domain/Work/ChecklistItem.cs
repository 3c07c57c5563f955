namespace Cmms.Domain.Work;

/// <summary>One thing to do or to look at in a work order.</summary>
public sealed class ChecklistItem : SiteEntity
{
    private ChecklistItem() { } // EF Core

    internal ChecklistItem(WorkOrder workOrder, int order, ChecklistLine line) =>
        (WorkOrder, Order, Text, IsChecked, CheckedAt) = (workOrder, order, Check.Text(line.Text, 1000, $"checklist[{order - 1}].text"), line.Checked, line.Checked ? line.CheckedAt : null);

    public long WorkOrderId { get; private set; }
    /// <summary>The order that it is part of.</summary>
    public WorkOrder WorkOrder { get; private set; } = null!;
    /// <summary>Its place, from 1.</summary>
    public int Order { get; private set; }
    /// <summary>What is to be done or looked at.</summary>
    public string Text { get; private set; } = "";
    /// <summary>Whether it has been done.</summary>
    public bool IsChecked { get; private set; }
    /// <summary>When it was ticked off.</summary>
    public Instant? CheckedAt { get; private set; }

    /// <exception cref="InvalidTransition"/>
    public void Tick(bool done, Instant now)
    {
        WorkOrder.RequireOpen("changed");
        if (done == IsChecked) return;
        (IsChecked, CheckedAt) = (done, done ? now : null);
        WorkOrder.ChecklistChanged();
    }
}

/// <summary>A line of a checklist as it is given.</summary>
/// <param name="Text">What to do.</param>
/// <param name="Checked">Whether it is done already.</param>
/// <param name="CheckedAt">When it was ticked off.</param>
public sealed record ChecklistLine(string Text, bool Checked = false, Instant? CheckedAt = null);
