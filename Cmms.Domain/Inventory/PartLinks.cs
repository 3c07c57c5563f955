using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;

namespace Cmms.Domain.Inventory;

/// <summary>Replaces what a part is linked to.</summary>
public static class PartLinks
{
    /// <exception cref="NotFound"/>
    public static async Task SetAssets(this CmmsDb db, Part part, IReadOnlyCollection<long> assetIds, CancellationToken cancel)
    {
        await db.Entry(part).Collection(p => p.Assets).LoadAsync(cancel);
        part.Fit(await db.FindAll<Asset>(assetIds, cancel));
    }

    /// <summary>Replaces who sells the part. The old preference is given up first, since the database allows only one.</summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="InvalidValue">A vendor twice, or two preferred.</exception>
    public static async Task SetVendorParts(this CmmsDb db, Part part, IReadOnlyCollection<VendorOffer> offers, CancellationToken cancel)
    {
        if (offers.Count(o => o.IsPreferred) > 1) throw new InvalidValue("vendorParts", "may prefer one vendor only");
        if (offers.DistinctBy(o => o.VendorId).Count() < offers.Count) throw new InvalidValue("vendorParts", "must name a vendor once only");
        var vendors = (await db.FindAll<Vendor>([.. offers.Select(o => o.VendorId)], i => $"vendorParts[{i}].vendorId", cancel)).ToDictionary(v => v.Id);

        var entry = db.Entry(part).Collection(p => p.VendorParts);
        await entry.LoadAsync(cancel);
        var current = part.VendorParts.ToDictionary(v => v.VendorId);
        var dethroned = current.Values.Where(v => v.IsPreferred && !offers.Any(o => o.IsPreferred && o.VendorId == v.VendorId)).ToList();
        dethroned.ForEach(v => v.IsPreferred = false);
        if (dethroned.Count > 0) await db.SaveChangesAsync(cancel);

        db.RemoveRange(current.Values.Where(v => !vendors.ContainsKey(v.VendorId)));
        foreach (var (i, offer) in offers.Index())
        {
            if (!current.TryGetValue(offer.VendorId, out var sold)) db.Add(sold = new VendorPart(part, vendors[offer.VendorId]));
            (sold.VendorPartNumber, sold.IsPreferred) = (Check.OptionalText(offer.VendorPartNumber, 100, $"vendorParts[{i}].vendorPartNumber"), offer.IsPreferred);
        }
    }
}
