using System.Globalization;
using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Engines.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Work;

/// <summary>An asset that nobody repairs is asked to be repaired: once an outage.</summary>
internal sealed class OutagePolicy() : Policy("unattended-outage", "Unattended outage",
    "When an asset that is needed is out of service for longer than its site allows, and no work order or work request is open for it, asks for corrective maintenance and tells those who decide about requests.",
    "0 0/15 * * * ?")
{
    internal override RuleSet Rules { get; } = new(new UnattendedOutageIsRequested());

    internal override async Task LoadFacts(CmmsDb db, PolicyMoment moment, IReadOnlyList<long>? subjects, RuleSession facts, CancellationToken cancel)
    {
        var allowed = await AllowedHours(db, cancel);
        var since = moment.Now - TimeSpan.FromHours(allowed);
        var outages = await Only(db.Assets, subjects)
            .Where(a => a.Status == AssetStatus.OutOfService && !a.IsArchived && a.StatusChangedAt <= since)
            .Where(a => !a.Downtimes.Any(d => d.EndedAt == null && d.Kind == DowntimeKind.NotRequired))
            .OrderBy(a => a.Id)
            .Select(a => new { a.Id, a.Name, a.Code, a.StatusChangedAt })
            .ToListAsync(cancel);
        if (outages.Count == 0) return;
        facts.InsertAll(outages.Select(a => new Outage(a.Id, a.Code is null ? a.Name : $"{a.Name} ({a.Code})", a.StatusChangedAt, moment, allowed)));
        foreach (var some in outages.Select(a => a.Id).Chunk(500)) facts.InsertAll(await Attended(db, some, cancel));
    }

    internal override async Task<bool> Apply(CmmsDb db, Decision decision, PolicyMoment moment, CancellationToken cancel)
    {
        var ask = (AskForRepair)decision;
        var asset = await db.Find<Asset>(ask.AssetId, cancel);
        if (asset.Status is not AssetStatus.OutOfService || asset.IsArchived || asset.StatusChangedAt != ask.Since) return false;
        if (await db.Downtimes.AnyAsync(d => d.AssetId == asset.Id && d.EndedAt == null && d.Kind == DowntimeKind.NotRequired, cancel)) return false;
        if ((await Attended(db, [asset.Id], cancel)).Count > 0) return false;
        await db.Entry(asset).Reference(a => a.Location).LoadAsync(cancel);
        await db.SubmitRequest($"Out of service: {asset.Name}", null, request =>
        {
            request.Describe(request.Title, ask.Explanation, WorkOrderPriority.High, null, notify: false);
            request.Concern(asset, null);
            return Task.CompletedTask;
        }, cancel);
        return true;
    }

    private static async Task<int> AllowedHours(CmmsDb db, CancellationToken cancel)
    {
        var site = db.Scope.SiteId;
        return await db.Sites.Where(s => s.Id == site).Select(s => s.UnattendedOutageHours).SingleAsync(cancel);
    }

    /// <summary>Which of these assets somebody sees to already.</summary>
    private static async Task<List<AttendedAsset>> Attended(CmmsDb db, IReadOnlyList<long> assets, CancellationToken cancel)
    {
        var orders = await db.WorkOrders
            .Where(o => o.Phase != WorkOrderPhase.Done && o.Phase != WorkOrderPhase.Cancelled && o.ArchivedAt == null && o.MergedIntoId == null)
            .SelectMany(o => o.Assets, (o, a) => new { AssetId = a.Id, o.Code }).Where(o => assets.Contains(o.AssetId)).ToListAsync(cancel);
        var requests = await db.WorkRequests
            .Where(r => (r.Status == WorkRequestStatus.Pending || r.Status == WorkRequestStatus.OnHold) && r.ArchivedAt == null && r.AssetId != null && assets.Contains(r.AssetId.Value))
            .Select(r => new { AssetId = r.AssetId!.Value, r.Code }).ToListAsync(cancel);
        return [.. orders.Concat(requests).Select(w => new AttendedAsset(w.AssetId, w.Code))];
    }
}

/// <summary>An asset that has been out of service for longer than its site allows.</summary>
internal sealed record Outage(long AssetId, string Asset, Instant Since, PolicyMoment Moment, int AllowedHours)
{
    public int Hours => (int)(Moment.Now - Since).TotalHours;

    public string SinceThere
    {
        get
        {
            var (day, time) = Moment.Zone.Local(Since);
            return string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} {time:HH:mm}");
        }
    }
}

/// <summary>That a work order or request for an asset is open.</summary>
internal sealed record AttendedAsset(long AssetId, string Code);

/// <summary>That corrective maintenance of an asset be asked for.</summary>
internal sealed record AskForRepair(long AssetId, Instant Since, Claim Claim, string Explanation) : Decision(Claim, Explanation);

/// <summary>An asset that is out of service for too long, with no work open for it, is asked to be repaired.</summary>
internal sealed class UnattendedOutageIsRequested : Rule
{
    public override void Define() =>
        When<Outage>()
            .Without<AttendedAsset>(o => o.AssetId, a => a.AssetId)
            .Then((o, decide) => decide.Insert(new AskForRepair(o.AssetId, o.Since,
                new Claim(nameof(Asset), o.AssetId, o.Since.Microseconds.ToString(CultureInfo.InvariantCulture)),
                string.Create(CultureInfo.InvariantCulture, $"{o.Asset} has been out of service since {o.SinceThere}, {o.Hours} hours; the site allows {o.AllowedHours} without a work order, and none is open."))));
}
