using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Organization;

/// <summary>The company whose sites and people these are.</summary>
[ObjectType<Customer>]
internal static class CustomerFields;

/// <summary>A plant or business unit: the place that everything but people belongs to.</summary>
[ObjectType<Site>, OrderBy(nameof(Site.Name)), UseSearch(nameof(Site.Name), nameof(Site.Code))]
internal static class SiteFields;

/// <summary>A person.</summary>
[ObjectType<User>, Plain(nameof(User.Roles)), OrderBy(nameof(User.FullName))]
[UseSearch(nameof(User.FullName), nameof(User.Email), nameof(User.JobTitle))]
internal static class UserFields
{
    /// <summary>What the user may do on a site; nothing where the user has no role or may not sign in.</summary>
    /// <param name="siteId">Which site; left out: the chosen one.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<Permission>>> Permissions(
        IReadOnlyList<User> users, [ID<Site>] long? siteId, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        var site = siteId ?? caller.Site?.Id ?? throw new GraphQLException("'siteId' is needed where no site is chosen.", ErrorCodes.BadUserInput);
        var ids = users.Select(u => u.Id).Distinct().ToList();
        var roles = await db.UserRoles.Where(r => r.SiteId == site && ids.Contains(r.UserId)).ToDictionaryAsync(r => r.UserId, r => r.Role, cancel);
        return
        [
            .. users.Select(IReadOnlyList<Permission> (user) =>
                user.Status is UserStatus.Active && roles.TryGetValue(user.Id, out var role) ? [.. role.Permissions.Order()] : []),
        ];
    }
}

/// <summary>What a person is on a site.</summary>
[ObjectType<UserRole>]
internal static class UserRoleFields;

/// <summary>Lets a program act as its user.</summary>
[ObjectType<ApiKey>, OrderBy(nameof(ApiKey.CreatedAt), Descending = true), UseSearch(nameof(ApiKey.Name))]
internal static class ApiKeyFields;
