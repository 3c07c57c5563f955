namespace Cmms.Domain.Persistence;

/// <summary>Whose rows a <see cref="CmmsDb"/> may see and change.</summary>
public readonly record struct Scope
{
    private Scope(long? customerId, long? siteId, bool isSystem) => (CustomerId, SiteId, IsSystem) = (customerId, siteId, isSystem);

    public long? CustomerId { get; }
    public long? SiteId { get; }
    public bool IsSystem { get; }

    /// <summary>One site's rows, and its customer's own.</summary>
    public static Scope Site(long customerId, long siteId) => new(customerId, siteId, false);

    /// <summary>The customer's own rows (sites, users, keys); none that a site owns.</summary>
    public static Scope Customer(long customerId) => new(customerId, null, false);

    /// <summary>The Worker's own: customers, sites, claims and the tail of the event log. Rows that a site owns need a lease for that site.</summary>
    public static Scope System => new(null, null, true);

    /// <summary>Whether another scope reaches no further than this one.</summary>
    internal bool Contains(Scope other) => IsSystem || (CustomerId == other.CustomerId && (SiteId ?? other.SiteId) == other.SiteId);
}
