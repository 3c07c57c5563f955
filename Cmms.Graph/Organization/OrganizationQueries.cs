using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Organization;

/// <summary>What belongs to the customer: it needs no chosen site.</summary>
[QueryType, AnySite]
internal static class OrganizationQueries
{
    /// <summary>The user as whom the caller is signed in.</summary>
    public static Task<User> GetMe(SiteCaller caller, CmmsDb db, CancellationToken cancel) => db.Users.SingleAsync(u => u.Id == caller.UserId, cancel);

    /// <summary>The company whose sites and people these are.</summary>
    public static Task<Customer> GetCustomer(SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        db.Customers.SingleAsync(c => c.Id == caller.CustomerId, cancel);

    /// <summary>The sites that the caller has a role on, for an owner all of the customer's, by name.</summary>
    /// <param name="includeArchived">Also those that were put away.</param>
    [Own<OwnSites>, UsePaging, UseFiltering, UseSorting]
    public static IQueryable<Site> Sites(CmmsDb db, bool includeArchived = false) =>
        includeArchived ? db.Sites : db.Sites.Where(s => s.Status == SiteStatus.Active);

    /// <summary>One site, by its id or its code; null when there is none, or the caller has no role on it.</summary>
    /// <param name="code">Its code, instead of the id.</param>
    [Own<OwnSites>, UseFirstOrDefault]
    public static IQueryable<Site> GetSite([ID<Site>] long? id, string? code, CmmsDb db)
    {
        OneOf.Require(("id", id), ("code", code));
        return id is { } key ? db.Sites.Where(s => s.Id == key) : db.Sites.Where(s => s.Code == code);
    }

    /// <summary>The customer's people, by full name (seed 003).</summary>
    /// <param name="includeDeactivated">Also those who may no longer sign in.</param>
    [UsePaging, UseFiltering, UseSorting]
    public static IQueryable<User> Users(CmmsDb db, bool includeDeactivated = false) =>
        includeDeactivated ? db.Users : db.Users.Where(u => u.Status != UserStatus.Deactivated);

    /// <summary>One of the customer's people; null when there is none.</summary>
    [UseFirstOrDefault]
    public static IQueryable<User> GetUser([ID<User>] long id, CmmsDb db) => db.Users.Where(u => u.Id == id);

    /// <summary>The caller's own API keys, for an owner all of the customer's, newest first.</summary>
    /// <param name="includeRevoked">Also those that were revoked.</param>
    [Own<OwnKeys>, UsePaging, UseFiltering, UseSorting]
    public static IQueryable<ApiKey> ApiKeys(SiteCaller caller, CmmsDb db, bool includeRevoked = false)
    {
        var visible = OwnKeys.Rule.Visible(db.ApiKeys, caller);
        return includeRevoked ? visible : visible.Where(k => k.RevokedAt == null);
    }

    /// <summary>What users can be on a site, and what each role allows.</summary>
    public static IReadOnlyList<RoleDefinition> Roles() => [.. Enum.GetValues<Role>().Select(role => new RoleDefinition(role, [.. role.Permissions.Order()]))];
}

/// <summary>A role and what it allows on a site.</summary>
/// <param name="Role">Which.</param>
/// <param name="Permissions">What it allows.</param>
internal sealed record RoleDefinition(Role Role, IReadOnlyList<Permission> Permissions);

/// <summary>A role and what it allows on a site.</summary>
[ObjectType<RoleDefinition>]
internal static class RoleDefinitionFields;
