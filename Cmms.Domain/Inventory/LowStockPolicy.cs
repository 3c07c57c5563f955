using System.Globalization;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Engines.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Inventory;

/// <summary>When a part falls to its minimum, what is missing is ordered and those who can buy it are told; once a fall.</summary>
internal sealed class LowStockPolicy() : Policy("low-stock-reorder", "Low stock reorder",
    "When what is available of a part falls to its minimum or below, raises a purchase request of desired − available − on order with the preferred vendor, and tells those who buy.",
    "0 0/15 * * * ?")
{
    public override string Watches => nameof(Part);

    internal override RuleSet Rules { get; } = new(new ReorderLowStock(), new LowStockWaitsForItsRequest(), new LowStockIsOnItsWay());

    internal override async Task LoadFacts(CmmsDb db, PolicyMoment moment, IReadOnlyList<long>? subjects, RuleSession facts, CancellationToken cancel)
    {
        var low = await Only(db.Parts, subjects).Where(p => p.IsLow && !p.IsArchived && !p.IsNonStock)
            .OrderBy(p => p.Id)
            .Select(p => new
            {
                p.Id, p.Name, p.Available, p.Shortage, p.Minimum, p.Desired, p.OnOrder, p.LeadTime, p.LowStockEpoch, p.UnitCost,
                Vendor = p.VendorParts.Where(v => v.IsPreferred && v.Vendor.IsActive).Select(v => new { v.VendorId, v.Vendor.Name }).FirstOrDefault(),
            })
            .ToListAsync(cancel);
        if (low.Count == 0) return; // so it is after most movements of stock
        var keys = subjects is null ? null : low.Select(p => RequestKey(p.Id)).ToList();
        var lines = keys is null ? db.PurchaseLines.Where(l => l.ClaimKey != null) : db.PurchaseLines.Where(l => keys.Contains(l.ClaimKey!));
        var open = await lines.Select(l => new { l.ClaimKey, l.PurchaseRequest.Code }).ToDictionaryAsync(l => l.ClaimKey!, l => l.Code, cancel);
        facts.InsertAll(low.Select(p => new LowPart(
            p.Id, p.Name, p.Available - p.Shortage, p.Minimum ?? Quantity.Zero, p.Desired ?? p.Minimum ?? Quantity.Zero, p.OnOrder, p.LowStockEpoch,
            p.UnitCost, p.Vendor?.VendorId, p.Vendor?.Name, p.LeadTime, open.GetValueOrDefault(RequestKey(p.Id)))));
    }

    internal override async Task<bool> Apply(CmmsDb db, Decision decision, PolicyMoment moment, CancellationToken cancel)
    {
        var reorder = (Reorder)decision;
        var part = await db.Find<Part>(reorder.PartId, cancel);
        var (partId, vendorId, claimKey) = (part.Id, reorder.VendorId, RequestKey(part.Id));
        var about = await db.Parts.Where(p => p.Id == partId)
            .LeftJoin(db.Vendors, _ => vendorId, v => v.Id, (p, v) => new
            {
                IsRequested = db.PurchaseLines.Any(l => l.ClaimKey == claimKey), Vendor = v, With = db.OpenTo(vendorId, partId).Select(r => (long?)r.Id).FirstOrDefault(),
            }).SingleAsync(cancel);
        // What it says must still be so; if the figures moved on, it is decided anew.
        if (!part.IsLow || part.IsArchived || part.LowStockEpoch != reorder.Epoch || about.IsRequested != reorder.IsRequested || part.ToReorder != reorder.Missing) return false;
        if (about.Vendor?.Id != vendorId || about.Vendor is { IsActive: false }) return false;
        if (reorder.Missing > Quantity.Zero && !about.IsRequested)
        {
            var needBy = part.LeadTime is { } days ? moment.Today.AddDays(days) : (DateOnly?)null;
            await db.RaisePurchase(about.Vendor, part, reorder.Missing, needBy, reorder.Explanation, claimKey, about.With, cancel);
        }
        Notice notice = new(NotificationEvent.PartLowStock, NotificationSeverity.Warning, $"Low stock: {part.Name}", reorder.Explanation, nameof(Part), part.Id);
        await db.Tell(Permission.ManagePurchasing, notice, $"{Key}:{part.Id}:{reorder.Epoch}", cancel);
        return true;
    }

    /// <summary>One open request of this policy a part: a fall that comes while it is open is only told of.</summary>
    private string RequestKey(long partId) => string.Create(CultureInfo.InvariantCulture, $"{Key}:{partId}");
}

/// <summary>A part at or below its minimum.</summary>
/// <param name="Available">What can be promised, less what is already short.</param>
/// <param name="OpenRequest">The purchase request that an earlier fall led to, while it is open.</param>
internal sealed record LowPart(
    long PartId, string Name, Quantity Available, Quantity Minimum, Quantity Desired, Quantity OnOrder, int Epoch, Money UnitCost,
    long? VendorId, string? Vendor, int? LeadTimeDays, string? OpenRequest)
{
    public Quantity Missing => Quantity.Max(Quantity.Zero, Desired - Available - OnOrder);
}

/// <summary>That something be ordered, and those who buy be told.</summary>
internal sealed record Reorder(long PartId, int Epoch, Quantity Missing, long? VendorId, bool IsRequested, Claim Claim, string Explanation) : Decision(Claim, Explanation);

internal static class ReorderDecisions
{
    public static void Reorder(this Decisions decide, LowPart part, string explanation) =>
        decide.Insert(new Reorder(part.PartId, part.Epoch, part.Missing, part.VendorId, part.OpenRequest is not null,
            new Claim(nameof(Part), part.PartId, part.Epoch.ToString(CultureInfo.InvariantCulture)), explanation));
}

/// <summary>A part at or below its minimum is reordered up to what is desired.</summary>
internal sealed class ReorderLowStock : Rule
{
    public override void Define() =>
        When<LowPart>(p => p.Missing > Quantity.Zero && p.OpenRequest is null)
            .Then((p, decide) => decide.Reorder(p,
                $"{p.Available} of {p.Name} are available, the minimum is {p.Minimum}; {p.Desired} are desired and {p.OnOrder} on order, so {p.Missing} are ordered" +
                (p.Vendor is null ? "." : $" from {p.Vendor}.")));
}

/// <summary>A part that falls again while its request is open is only told of: a second one would order twice.</summary>
internal sealed class LowStockWaitsForItsRequest : Rule
{
    public override void Define() =>
        When<LowPart>(p => p.Missing > Quantity.Zero && p.OpenRequest is not null)
            .Then((p, decide) => decide.Reorder(p,
                $"{p.Available} of {p.Name} are available, the minimum is {p.Minimum}; {p.Missing} more are wanted, and {p.OpenRequest} is open already with {p.OnOrder} on order."));
}

/// <summary>A part at or below its minimum of which enough is on its way is only told of.</summary>
internal sealed class LowStockIsOnItsWay : Rule
{
    public override void Define() =>
        When<LowPart>(p => p.Missing <= Quantity.Zero)
            .Then((p, decide) => decide.Reorder(p, $"{p.Available} of {p.Name} are available, the minimum is {p.Minimum}; {p.OnOrder} are on order already."));
}
