using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Organization;

/// <summary>A person.</summary>
[ObjectType<User>, Plain(nameof(User.Roles)), Hide(nameof(User.LastLoginAt), nameof(User.LoginCount)), OrderBy(nameof(User.FullName))]
[UseSearch(nameof(User.FullName), nameof(User.Email), nameof(User.JobTitle))]
internal static class UserFields
{
    /// <summary>The company that the person belongs to; its slug is the tenant's short name.</summary>
    public static async Task<IReadOnlyList<Customer>> Customer(IReadOnlyList<User> users, CmmsDb db, CancellationToken cancel)
    {
        var ids = users.Select(u => u.CustomerId).Distinct().ToList();
        var customers = await db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        return [.. users.Select(u => customers[u.CustomerId])];
    }

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

    /// <summary>
    /// Where the person's picture is, below this server's address; null without one. Whoever has the address may see the picture, without a key, for an hour or two:
    /// put it into a page, do not keep it.
    /// </summary>
    public static async Task<IReadOnlyList<string?>> AvatarUrl(IReadOnlyList<User> users, CmmsDb db, [Service] TimeProvider clock, CancellationToken cancel)
    {
        var ids = users.Where(u => u.AvatarChangedAt is not null).Select(u => u.Id).Distinct().ToList();
        if (ids.Count == 0) return new string?[users.Count];
        var keys = await db.UserAvatars.Where(a => ids.Contains(a.UserId)).Select(a => new { a.UserId, a.Key }).ToDictionaryAsync(a => a.UserId, a => a.Key, cancel);
        return [.. users.Select(u => keys.GetValueOrDefault(u.Id) is { } key ? AvatarFile.UrlOf(u.Id, key, clock.Now) : null)];
    }

    /// <summary>When and how often the person has signed in.</summary>
    public static UserActivity Activity([Parent] User user) => new(user.LastLoginAt, user.LoginCount);

    /// <summary>How the person was asked to join; null for who never was.</summary>
    public static UserInvitation? Invitation([Parent] User user) =>
        user is { InvitationSentAt: { } sent, InvitationDueAt: { } due } ? new UserInvitation(sent, due, user.InvitationAcceptedAt) : null;

    /// <summary>When the invitation was last sent.</summary>
    [GraphQLDeprecated("Use invitation { sentAt }.")]
    public static Instant? InvitationSentAt([Parent] User user) => user.InvitationSentAt;

    /// <summary>When the person accepted the invitation.</summary>
    [GraphQLDeprecated("Use invitation { acceptedAt }.")]
    public static Instant? InvitationAcceptedAt([Parent] User user) => user.InvitationAcceptedAt;

    /// <summary>Until when the invitation can be accepted.</summary>
    [GraphQLDeprecated("Use invitation { dueAt }.")]
    public static Instant? InvitationDueAt([Parent] User user) => user.InvitationDueAt;
}

/// <summary>When and how often a person has signed in by an OpenID provider; keys say themselves when they were last used.</summary>
/// <param name="LastLoginAt">The last time; null for never.</param>
/// <param name="LoginCount">How often.</param>
internal sealed record UserActivity(Instant? LastLoginAt, int LoginCount);

/// <summary>When and how often a person has signed in by an OpenID provider; keys say themselves when they were last used.</summary>
[ObjectType<UserActivity>]
internal static class UserActivityFields;

/// <summary>How a person was asked to join.</summary>
/// <param name="SentAt">When the invitation was last sent.</param>
/// <param name="DueAt">Until when it can be accepted: five days after it was sent.</param>
/// <param name="AcceptedAt">When the person accepted it; null until then.</param>
internal sealed record UserInvitation(Instant SentAt, Instant DueAt, Instant? AcceptedAt);

/// <summary>How a person was asked to join.</summary>
[ObjectType<UserInvitation>]
internal static class UserInvitationFields;
