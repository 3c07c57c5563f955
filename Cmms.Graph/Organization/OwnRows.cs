using System.Linq.Expressions;
using Cmms.Domain.Organization;
using Cmms.Graph.Access;
using Engines.GraphQL;

namespace Cmms.Graph.Organization;

/// <summary>Keys are their user's own, and the owners' to revoke.</summary>
internal sealed class OwnKeys : RowRule<ApiKey>
{
    public static readonly OwnKeys Rule = new();

    public override bool IsFree(SiteCaller caller) => caller.IsOwner;

    protected override Expression<Func<ApiKey, bool>> IsOwn(SiteCaller caller)
    {
        var userId = caller.UserId;
        return key => key.UserId == userId;
    }
}

/// <summary>Everybody sees the customer's people; people change what is known about themselves, owners about all.</summary>
internal sealed class OwnProfile : RowRule<User>
{
    public static readonly OwnProfile Rule = new();

    public override bool IsFree(SiteCaller caller) => caller.IsOwner;

    public override GraphQLError? Refusal => OwnerGuard.Refusal;

    protected override Expression<Func<User, bool>> IsOwn(SiteCaller caller)
    {
        var userId = caller.UserId;
        return user => user.Id == userId;
    }
}

/// <summary>One's sites are those that one has a role on; an owner's, all of the customer's.</summary>
internal sealed class OwnSites : RowRule<Site>
{
    public static readonly OwnSites Rule = new();

    public override bool IsFree(SiteCaller caller) => caller.IsOwner;

    protected override Expression<Func<Site, bool>> IsOwn(SiteCaller caller)
    {
        var own = caller.Caller.Sites.Select(s => s.Id).ToArray();
        return site => own.Contains(site.Id);
    }
}
