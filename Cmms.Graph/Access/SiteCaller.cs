using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Execution;

namespace Cmms.Graph.Access;

/// <summary>A caller, and the site that the request is about.</summary>
/// <param name="Site">The site that was chosen, or the caller's only one.</param>
/// <param name="NoSite">Why there is none.</param>
internal sealed record SiteCaller(Caller Caller, CallerSite? Site, string? NoSite)
{
    /// <summary>By what right the caller's connection is open; null where it is not one that stays open.</summary>
    public OpenRight? Right { get; init; }

    public long CustomerId => Caller.CustomerId;
    public long UserId => Caller.UserId;
    /// <summary>What let the caller in, by which limits and repeated requests are told apart; what is done is done by <see cref="Actor"/>.</summary>
    public Actor Credential => Caller.Credential;
    public Actor Actor => Actor.User(Caller.UserId);

    /// <summary>The chosen site; of the customer's others, that they exist is known to owners, and to those who have a role there.</summary>
    public Scope Scope { get; } = ScopeOf(Caller, Site);

    public bool IsOwner => Caller.CustomerRole is CustomerRole.Owner;

    /// <summary>
    /// With whom messages may be shared: with those who see the same rows and may do the same, whatever their role is called. What depends on the person
    /// beyond that takes a <see cref="SiteCaller"/>, by which the engine knows it.
    /// </summary>
    public SharingKeys Sharing => field ??= new SharingKeys(
        $"{Scope}/{Caller.CustomerRole}/{Site?.Role}/{string.Join(',', Enum.GetValues<Permission>().Where(May))}/{Caller.Language}/{(IsOwner ? "all" : string.Join(',', Caller.Sites.Select(s => s.Id)))}", $"{Caller.UserId}");

    public bool May(Permission permission) => Site?.Role.Allows(permission) == true;

    /// <param name="wanted">A site's global id, plain id or code, as <c>X-Site-Id</c> carries it.</param>
    public static SiteCaller For(Caller caller, string? wanted)
    {
        var sites = caller.Sites.Where(s => s.Status is SiteStatus.Active).ToList();
        if (string.IsNullOrWhiteSpace(wanted))
        {
            return sites switch
            {
                [var only] => new SiteCaller(caller, only, null),
                [] => new SiteCaller(caller, null, "You have access to no site."),
                _ => new SiteCaller(caller, null, "You have access to several sites: choose one with 'X-Site-Id' (its id or code)."),
            };
        }
        var id = SiteId(wanted.Trim());
        var site = sites.Find(s => s.Id == id) ?? sites.Find(s => string.Equals(s.Code, wanted.Trim(), StringComparison.OrdinalIgnoreCase));
        return new SiteCaller(caller, site, site is null ? "'X-Site-Id' names no site of yours." : null);
    }

    private static Scope ScopeOf(Caller caller, CallerSite? site)
    {
        var all = site is null ? Scope.Customer(caller.CustomerId) : Scope.Site(caller.CustomerId, site.Id);
        return caller.CustomerRole is CustomerRole.Owner ? all : all.Knowing(caller.Sites.Select(s => s.Id));
    }

    private static long? SiteId(string text) =>
        long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
        : Engines.GraphQL.Binding.GlobalId.TryParse(text, out var id) && id.Type == nameof(Site)
            && long.TryParse(id.Key, System.Globalization.CultureInfo.InvariantCulture, out number) ? number
        : null;
}
