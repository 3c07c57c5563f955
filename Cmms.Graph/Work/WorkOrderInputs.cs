using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Work;

/// <summary>A part that a work order needs.</summary>
/// <param name="PartId">Which.</param>
/// <param name="Quantity">How much in all, at most three decimal places.</param>
/// <param name="StoreroomId">From where; none: the part's storeroom, else the site's default.</param>
/// <param name="AllowShortage">Reserve only what is there; the rest waits and counts as demand. Otherwise it is refused.</param>
internal sealed record WorkOrderPartInput([ID<Part>] long PartId, Quantity Quantity, [ID<Storeroom>] long? StoreroomId = null, bool AllowShortage = false)
{
    public static async Task PlanAll(CmmsDb db, WorkOrder order, IReadOnlyList<WorkOrderPartInput> parts, CancellationToken cancel)
    {
        if (parts.DistinctBy(p => p.PartId).Count() < parts.Count) throw new InvalidValue("parts", "must name a part once only");
        // In the order of their ids, as everybody takes them: so nobody waits for one another in a circle.
        foreach (var (i, line) in parts.Index().OrderBy(p => p.Item.PartId))
        {
            try
            {
                var part = await db.Find<Part>(line.PartId, cancel, "partId");
                var storeroom = await db.FindOptional<Storeroom>(line.StoreroomId, cancel, "storeroomId");
                await db.PlanPart(order, part, storeroom, line.Quantity, line.AllowShortage, cancel);
            }
            catch (DomainError error)
            {
                throw error.Within($"parts[{i}]");
            }
        }
    }
}

/// <summary>A line of a work order's checklist.</summary>
/// <param name="Text">What to do or to look at.</param>
/// <param name="IsChecked">Whether it is done already.</param>
internal sealed record ChecklistItemInput(string Text, bool IsChecked = false)
{
    public static IReadOnlyList<ChecklistLine> Lines(IReadOnlyList<ChecklistItemInput> items, Instant now) =>
        [.. items.Select(i => new ChecklistLine(i.Text, i.IsChecked, i.IsChecked ? now : null))];
}

/// <summary>A work order that is to move to another day.</summary>
/// <param name="Id">Which.</param>
/// <param name="Date">The day of its start, in the site's time zone.</param>
/// <param name="Reason">Why, for the record.</param>
internal sealed record WorkOrderDateInput([ID<WorkOrder>] long Id, DateOnly Date, string? Reason = null);

/// <summary>What became of one order of many.</summary>
/// <param name="Id">The order that was asked for.</param>
/// <param name="WorkOrder">The order as it is now; null where it was refused.</param>
/// <param name="Error">Why it was refused.</param>
internal sealed record WorkOrderResult([ID<WorkOrder>] long Id, WorkOrder? WorkOrder, ItemError? Error);
