using Cmms.Domain;
using Cmms.Domain.Organization;
using Engines.GraphQL;
using Engines.GraphQL.Types;

namespace Cmms.Graph.Access;

/// <summary>What a kind of caller gets of a root field.</summary>
internal enum Grant
{
    No,
    Yes,
    /// <summary>On rows of their own alone.</summary>
    Own,
    /// <summary>As the role that they have on the chosen site says.</summary>
    AsRole,
}

/// <summary>A root field, and what each kind of caller gets of it, in the order of <see cref="PermissionTable.Columns"/>.</summary>
internal sealed record PermissionRow(string Field, string Requirement, IReadOnlyList<Grant> Grants);

/// <summary>Who may use which root field: the guards themselves are asked, each as every kind of caller.</summary>
internal static class PermissionTable
{
    /// <summary>Nobody, the roles, and an owner who has no role on the site.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["Nobody", .. Roles.Select(r => r.ToString()), "Owner"];

    /// <summary>From the one who may least to the one who may most.</summary>
    public static IReadOnlyList<Role> Roles => [Role.Requester, Role.Viewer, Role.Technician, Role.Manager, Role.Admin];

    public static IReadOnlyList<PermissionRow> Of(ObjectType root)
    {
        SiteCaller?[] callers = [null, .. Roles.Select(r => Caller(CustomerRole.Member, r)), Caller(CustomerRole.Owner, null)];
        return [.. root.Fields.Select(f => new PermissionRow(f.Name, Requirement(f), [.. callers.Select(c => Of(f, c))]))];
    }

    private static Grant Of(FieldDefinition field, SiteCaller? caller)
    {
        // Of another kind are those that keep nobody away, such as that of a token in the input.
        var guards = field.Guards.OfType<CallerGuard>().ToList();
        var denied = guards.Select(g => g.Deny(caller)).FirstOrDefault(d => d is not null);
        if (denied is not null) return denied.Code == ErrorCodes.BadUserInput ? Grant.AsRole : Grant.No;
        return caller is not null && guards.Exists(g => g.IsForOwnOnly(caller)) ? Grant.Own : Grant.Yes;
    }

    private static string Requirement(FieldDefinition field)
    {
        if (!field.Guards.Exists(g => g is CallerGuard)) return "nothing";
        var needs = field.Guards.Where(g => g is not SignedInGuard && g.Requirement.Length > 0).Select(g => g.Requirement).ToList();
        return needs.Count == 0 ? SignedInGuard.Default.Requirement : string.Join(" and ", needs);
    }

    private static SiteCaller Caller(CustomerRole customerRole, Role? role) =>
        SiteCaller.For(new Caller(Actor.User(0), 0, 0, "en", customerRole, role is { } given ? [new CallerSite(0, "SITE", SiteStatus.Active, given)] : []), null);
}
