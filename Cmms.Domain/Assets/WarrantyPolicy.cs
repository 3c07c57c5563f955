using System.Globalization;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Engines.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Assets;

/// <summary>Before a warranty expires, those who manage the assets are told; once, and again when the date or the notice changes.</summary>
internal sealed class WarrantyPolicy() : Policy("warranty-expiry", "Warranty expiry",
    "Tells those who manage assets when a warranty expires within its notice days, by the site's date; the day of expiration is still covered.",
    "0 0 6 * * ?")
{
    public override string Watches => nameof(Asset);

    internal override RuleSet Rules { get; } = new(new WarrantyExpiresSoon());

    internal override async Task LoadFacts(CmmsDb db, PolicyMoment moment, IReadOnlyList<long>? subjects, RuleSession facts, CancellationToken cancel)
    {
        var today = moment.Today;
        var assets = await Only(db.Assets, subjects)
            .Where(a => !a.IsArchived && a.WarrantyExpirationDate >= today)
            .OrderBy(a => a.Id)
            .Select(a => new { a.Id, a.Name, a.Code, a.WarrantyExpirationDate, a.WarrantyNoticeDays })
            .ToListAsync(cancel);
        facts.InsertAll(assets.Select(a => new Warranty(a.Id, a.Code is null ? a.Name : $"{a.Name} ({a.Code})", a.WarrantyExpirationDate!.Value, a.WarrantyNoticeDays, today)));
    }

    internal override async Task<bool> Apply(CmmsDb db, Decision decision, PolicyMoment moment, CancellationToken cancel)
    {
        var tell = (TellOfWarranty)decision;
        var asset = await db.Find<Asset>(tell.AssetId, cancel);
        if (asset.IsArchived || asset.WarrantyExpirationDate != tell.ExpirationDate || asset.WarrantyNoticeDays != tell.NoticeDays) return false;
        Notice notice = new(NotificationEvent.WarrantyExpiring, NotificationSeverity.Warning, $"Warranty expires: {asset.Name}", tell.Explanation, nameof(Asset), asset.Id);
        await db.Tell(Permission.ManageAssets, notice, $"{Key}:{asset.Id}:{tell.Claim.Epoch}", cancel);
        return true;
    }
}

/// <summary>A warranty that has not expired.</summary>
internal sealed record Warranty(long AssetId, string Asset, DateOnly ExpirationDate, int NoticeDays, DateOnly Today)
{
    public int DaysLeft => ExpirationDate.DayNumber - Today.DayNumber;

    public string Left => DaysLeft switch { 0 => "today, which it still covers", 1 => "tomorrow", _ => string.Create(CultureInfo.InvariantCulture, $"in {DaysLeft} days") };
}

/// <summary>That those who manage the asset be told.</summary>
internal sealed record TellOfWarranty(long AssetId, DateOnly ExpirationDate, int NoticeDays, Claim Claim, string Explanation) : Decision(Claim, Explanation);

/// <summary>A warranty that expires within its notice days is told of.</summary>
internal sealed class WarrantyExpiresSoon : Rule
{
    public override void Define() =>
        When<Warranty>(w => w.DaysLeft <= w.NoticeDays)
            .Then((w, decide) => decide.Insert(new TellOfWarranty(w.AssetId, w.ExpirationDate, w.NoticeDays,
                new Claim(nameof(Asset), w.AssetId, string.Create(CultureInfo.InvariantCulture, $"{w.ExpirationDate:yyyy-MM-dd}/{w.NoticeDays}")),
                string.Create(CultureInfo.InvariantCulture, $"The warranty of {w.Asset} expires on {w.ExpirationDate:yyyy-MM-dd}, {w.Left}; notice is given {w.NoticeDays} days before."))));
}
