namespace Cmms.Domain.Persistence;

/// <summary>Whose rows a <see cref="CmmsDb"/> may see and change.</summary>
public readonly record struct Scope
{
    private Scope(long? customerId, long? siteId, bool isSystem, long[]? sites = null) => (CustomerId, SiteId, IsSystem, Sites) = (customerId, siteId, isSystem, sites);

    public long? CustomerId { get; }
    public long? SiteId { get; }
    public bool IsSystem { get; }

    /// <summary>The sites of the customer that may be known of, with the roles on them and their history; null: all.</summary>
    internal long[]? Sites { get; }

    /// <summary>One site's rows, and its customer's own.</summary>
    public static Scope Site(long customerId, long siteId) => new(customerId, siteId, false);

    /// <summary>The customer's own rows (sites, users, keys); none that a site owns.</summary>
    public static Scope Customer(long customerId) => new(customerId, null, false);

    /// <summary>The Worker's own: customers, sites, claims and the tail of the event log. Rows that a site owns need a lease for that site.</summary>
    public static Scope System => new(null, null, true);

    /// <summary>The same, for somebody who may know of these sites of the customer alone.</summary>
    public Scope Knowing(IEnumerable<long> sites) => new(CustomerId, SiteId, IsSystem, [.. sites.Order()]);

    /// <summary>Whether a site of the customer may be known of.</summary>
    public bool Knows(long siteId) => Sites?.Contains(siteId) ?? true;

    public bool Equals(Scope other) => CustomerId == other.CustomerId && SiteId == other.SiteId && IsSystem == other.IsSystem
        && (Sites is null ? other.Sites is null : other.Sites is not null && Sites.AsSpan().SequenceEqual(other.Sites));

    public override int GetHashCode() => HashCode.Combine(CustomerId, SiteId, IsSystem, Sites?.Length);

    /// <summary>Whether another scope reaches no further than this one.</summary>
    internal bool Contains(Scope other) => IsSystem
        || (CustomerId == other.CustomerId && (SiteId ?? other.SiteId) == other.SiteId && (Sites is null || other.Sites?.All(Knows) == true));
}
