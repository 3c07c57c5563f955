using System.Globalization;

namespace Cmms.Tests.Isolation;

/// <summary>A site of the world, and who tells its story.</summary>
/// <param name="Name">Stands in every text of the site, so that a leak shows in any answer.</param>
/// <param name="Owner">The key of an owner of its customer, who is its admin too.</param>
/// <param name="Technician">The key of somebody who does its work.</param>
internal sealed record Place(string Name, long CustomerId, long SiteId, string Owner, string Technician)
{
    /// <summary>Of what the site owns.</summary>
    public string Marker => $"zq{Name}";

    /// <summary>Of the site itself: whoever has a role on it may read that from elsewhere too.</summary>
    public string SiteMarker => $"zs{Name}";

    public string Header => SiteId.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Somebody who asks for one site.</summary>
/// <param name="Key">By which API key.</param>
/// <param name="Knows">The sites on which there is a role; an owner knows of all of the customer's.</param>
internal sealed record Asker(string Name, string Key, Place At, bool IsOwner, IReadOnlyList<long> Knows)
{
    public bool KnowsOf(long customerId, long siteId) => customerId == At.CustomerId && (IsOwner || Knows.Contains(siteId));

    public override string ToString() => Name;
}
