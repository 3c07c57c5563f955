using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Organization;

/// <summary>For owners, and for those whose role on that site allows it.</summary>
[MutationType, AuthorizeThere(Permission.ManageOrganization)]
internal static class RoleMutations
{
    /// <summary>Gives a person a role on a site, in the place of the one there may be. For owners, and admins of that site.</summary>
    /// <param name="userId">Whom.</param>
    /// <param name="siteId">Where.</param>
    /// <param name="role">What the person is there from now on.</param>
    [Error<NotFound>]
    public static async Task<RoleChange> GrantRole(
        [ID<User>] long userId, [ID<Site>] long siteId, Role role, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        caller.RequireAdmin(siteId);
        var granted = await db.GrantRole(userId, siteId, role, cancel);
        await db.SaveChangesAsync(cancel);
        return new RoleChange(granted.User, granted);
    }

    /// <summary>Takes a person's role on a site away. For owners, and admins of that site.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="siteId">Where.</param>
    [Error<NotFound>]
    public static async Task<RoleChange> RevokeRole([ID<User>] long userId, [ID<Site>] long siteId, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        caller.RequireAdmin(siteId);
        var revoked = await db.RevokeRole(userId, siteId, cancel);
        await db.SaveChangesAsync(cancel);
        return new RoleChange(await db.Find<User>(userId, cancel), revoked);
    }

    /// <exception cref="NotFound">The caller cannot see the site.</exception>
    /// <exception cref="GraphQLException">The caller is no admin there.</exception>
    private static void RequireAdmin(this SiteCaller caller, long siteId)
    {
        if (caller.IsOwner) return;
        var own = caller.Caller.Sites.FirstOrDefault(s => s.Id == siteId) ?? throw NotFound.Of<Site>(nameof(siteId));
        if (!own.Role.Allows(Permission.ManageOrganization)) throw new GraphQLException(CallerGuard.Lacks(Permission.ManageOrganization));
    }
}

/// <summary>What a change of roles changed.</summary>
/// <param name="User">Whose role it is or was.</param>
/// <param name="UserRole">The role; one that was taken away, as it was.</param>
[Payload]
internal sealed record RoleChange(User User, UserRole UserRole);
