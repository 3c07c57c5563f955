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
    "Tells those who manage assets when a warranty expires within its notice days, by the site's date; the day of expiration is still covered. One that nobody was told of in time, because nothing ran, is told of late.",
    "0 0 6 * * ?")
{
    /// <summary>After so many days it is no news any more.</summary>
    private const int Lookback = 90;

    public override string Watches => nameof(Asset);

    internal override RuleSet Rules { get; } = new(new WarrantyExpiresSoon(), new ExpiredWarrantyIsToldOfLate());

    internal override async Task LoadFacts(CmmsDb db, PolicyMoment moment, IReadOnlyList<long>? subjects, RuleSession facts, CancellationToken cancel)
    {
        var (today, since) = (moment.Today, moment.Today.AddDays(-Lookback));
        var assets = await Only(db.Assets, subjects)
            .Where(a => !a.IsArchived && a.WarrantyExpirationDate >= since)
            .OrderBy(a => a.Id)
            .Select(a => new { a.Id, a.Name, a.Code, a.WarrantyExpirationDate, a.WarrantyNoticeDays, a.CreatedAt })
            .ToListAsync(cancel);
        List<long> expired = [];
        foreach (var a in assets)
        {
            Warranty warranty = new(a.Id, a.Code is null ? a.Name : $"{a.Name} ({a.Code})", a.WarrantyExpirationDate!.Value, a.WarrantyNoticeDays, today);
            // Of one that was put down when it had expired already, nobody was to be told.
            if (warranty.DaysLeft < 0 && moment.Zone.Today(a.CreatedAt) > warranty.ExpirationDate) continue;
            if (warranty.DaysLeft < 0) expired.Add(a.Id);
            facts.Insert(warranty);
        }
        if (expired.Count == 0) return;
        var key = Key;
        var told = await db.PolicyFirings.Where(f => f.Key == key && f.SubjectType == nameof(Asset) && expired.Contains(f.SubjectId))
            .Select(f => new { f.SubjectId, f.Epoch }).ToListAsync(cancel);
        facts.InsertAll(told.Select(f => new ToldOfWarranty(f.SubjectId, DateOnly.ParseExact(f.Epoch[..10], "O", CultureInfo.InvariantCulture))));
    }

    internal override async Task<bool> Apply(CmmsDb db, Decision decision, PolicyMoment moment, CancellationToken cancel)
    {
        var tell = (TellOfWarranty)decision;
        var asset = await db.Find<Asset>(tell.AssetId, cancel);
        if (asset.IsArchived || asset.WarrantyExpirationDate != tell.ExpirationDate || asset.WarrantyNoticeDays != tell.NoticeDays) return false;
        var verb = tell.ExpirationDate < moment.Today ? "expired" : "expires";
        Notice notice = new(NotificationEvent.WarrantyExpiring, NotificationSeverity.Warning, $"Warranty {verb}: {asset.Name}", tell.Explanation, nameof(Asset), asset.Id);
        await db.Tell(Permission.ManageAssets, notice, $"{Key}:{asset.Id}:{tell.Claim.Epoch}", cancel);
        return true;
    }
}

/// <summary>A warranty that expires, or has expired of late.</summary>
internal sealed record Warranty(long AssetId, string Asset, DateOnly ExpirationDate, int NoticeDays, DateOnly Today)
{
    public int DaysLeft => ExpirationDate.DayNumber - Today.DayNumber;

    public string Left => DaysLeft switch
    {
        0 => "today, which it still covers",
        1 => "tomorrow",
        -1 => "yesterday",
        < 0 => string.Create(CultureInfo.InvariantCulture, $"{-DaysLeft} days ago"),
        _ => string.Create(CultureInfo.InvariantCulture, $"in {DaysLeft} days"),
    };
}

/// <summary>That they were told that an asset's warranty expires on a date.</summary>
internal sealed record ToldOfWarranty(long AssetId, DateOnly ExpirationDate);

/// <summary>That those who manage the asset be told.</summary>
internal sealed record TellOfWarranty(long AssetId, DateOnly ExpirationDate, int NoticeDays, Claim Claim, string Explanation) : Decision(Claim, Explanation);

internal static class WarrantyDecisions
{
    public static void Tell(this Decisions decide, Warranty w, string explanation) => decide.Insert(new TellOfWarranty(w.AssetId, w.ExpirationDate, w.NoticeDays,
        new Claim(nameof(Asset), w.AssetId, string.Create(CultureInfo.InvariantCulture, $"{w.ExpirationDate:yyyy-MM-dd}/{w.NoticeDays}")), explanation));
}

/// <summary>A warranty that expires within its notice days is told of.</summary>
internal sealed class WarrantyExpiresSoon : Rule
{
    public override void Define() =>
        When<Warranty>(w => w.DaysLeft >= 0 && w.DaysLeft <= w.NoticeDays)
            .Then((w, decide) => decide.Tell(w, string.Create(CultureInfo.InvariantCulture,
                $"The warranty of {w.Asset} expires on {w.ExpirationDate:yyyy-MM-dd}, {w.Left}; notice is given {w.NoticeDays} days before.")));
}

/// <summary>A warranty that has expired, of which nobody was told when it was time, is told of late.</summary>
internal sealed class ExpiredWarrantyIsToldOfLate : Rule
{
    public override void Define() =>
        When<Warranty>(w => w.DaysLeft < 0)
            .Without<ToldOfWarranty>(w => w.AssetId, t => t.AssetId, (w, t) => w.ExpirationDate == t.ExpirationDate)
            .Then((w, decide) => decide.Tell(w, string.Create(CultureInfo.InvariantCulture,
                $"The warranty of {w.Asset} expired on {w.ExpirationDate:yyyy-MM-dd}, {w.Left}; notice was to be given {w.NoticeDays} days before, but nothing ran.")));
}
