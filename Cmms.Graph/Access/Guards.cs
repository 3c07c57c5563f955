using System.Text.Json;
using Cmms.Domain.Organization;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Cmms.Graph.Access;

/// <summary>
/// Only callers whose role in the chosen site has the permission, or one of several; checked before anything runs. On an object type's class: for others no such object exists.
/// </summary>
internal sealed class AuthorizeAttribute(Permission permission, params Permission[] others) : FieldGuardAttribute
{
    public Permission Permission => permission;

    public override FieldGuard Create() => new PermissionGuard([permission, .. others]);
}

/// <summary>Only owners of the customer, and callers whose role on the site that the input names has the permission: the mutation asks once more, of that site.</summary>
internal sealed class AuthorizeThereAttribute(Permission permission) : FieldGuardAttribute
{
    public override FieldGuard Create() => new SomewhereGuard(permission);
}

/// <summary>Any signed-in caller, whether or not a site is chosen: for what belongs to the customer or to the caller.</summary>
internal sealed class AnySiteAttribute : FieldGuardAttribute
{
    public override FieldGuard Create() => new SignedInGuard();
}

/// <summary>Only owners of the customer, whether or not a site is chosen. Its mutations write in the customer's scope, in which no row of a site is at hand.</summary>
internal sealed class OwnerOnlyAttribute : FieldGuardAttribute
{
    public override FieldGuard Create() => new OwnerGuard();
}

/// <summary>Only for rows that the rule calls the caller's own: the resolver asks it.</summary>
internal sealed class OwnAttribute<TRule> : FieldGuardAttribute where TRule : RowRule, new()
{
    public override FieldGuard Create() => new OwnGuard(new TRule());
}

/// <summary>A guard that needs to know nothing but who asks.</summary>
internal abstract class CallerGuard : FieldGuard
{
    public sealed override GraphQLError? Deny(RequestContext request) => Deny(request.Services.GetRequiredService<RequestSession>().Caller);

    /// <summary>What it asks of a caller is part of what messages are shared by.</summary>
    public override bool IsImpersonal => true;

    public abstract GraphQLError? Deny(SiteCaller? caller);

    /// <summary>Whether this caller, who may use the field, may do so on some rows alone.</summary>
    public virtual bool IsForOwnOnly(SiteCaller caller) => false;

    public static GraphQLError Lacks(Permission permission) => new($"Your role in this site lacks the permission {Name(permission)}.", ErrorCodes.Forbidden);

    /// <summary>As the schema has it.</summary>
    public static string Name(Permission permission) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(permission.ToString());
}

/// <summary>What every root field asks: somebody is signed in.</summary>
internal sealed class SignedInGuard : CallerGuard
{
    public static readonly SignedInGuard Default = new();

    public override string Requirement => "a signed-in caller";

    public override GraphQLError? Deny(SiteCaller? caller) =>
        caller is null ? new GraphQLError("Authentication is required: send 'Authorization: Bearer <API key or token>'.", ErrorCodes.Unauthenticated) : null;

    public static RequestSession Session(RequestContext request) => request.Services.GetRequiredService<RequestSession>();
}

/// <summary>An owner of the customer.</summary>
internal sealed class OwnerGuard : CallerGuard
{
    public static readonly GraphQLError Refusal = new("Only an owner of the customer may do this.", ErrorCodes.Forbidden);

    public override string Requirement => "an owner of the customer";

    public override GraphQLError? Deny(SiteCaller? caller) => SignedInGuard.Default.Deny(caller) ?? (caller!.IsOwner ? null : Refusal);
}

/// <summary>A role in the chosen site that has one of these permissions.</summary>
internal sealed class PermissionGuard(IReadOnlyList<Permission> permissions) : CallerGuard
{
    public override string Requirement { get; } = string.Join(" or ", permissions.Select(Name));

    public override GraphQLError? Deny(SiteCaller? caller)
    {
        if (SignedInGuard.Default.Deny(caller) is { } anonymous) return anonymous;
        if (caller!.NoSite is { } noSite) return new GraphQLError(noSite, ErrorCodes.BadUserInput);
        return permissions.Any(caller.May) ? null : Lacks(permissions[0]);
    }
}

/// <summary>A role that has a permission on the site that the input names, or an owner.</summary>
internal sealed class SomewhereGuard(Permission permission) : CallerGuard
{
    public override string Requirement { get; } = $"{Name(permission)} on that site or an owner of the customer";

    public override GraphQLError? Deny(SiteCaller? caller) => SignedInGuard.Default.Deny(caller)
        ?? (caller!.IsOwner || caller.Caller.Sites.Any(s => s.Role.Allows(permission)) ? null : Lacks(permission));

    public override bool IsForOwnOnly(SiteCaller caller) => !caller.IsOwner;
}

/// <summary>Denies nobody before a row is known: the resolver asks the rule, in its transaction, before it changes anything.</summary>
internal sealed class OwnGuard(RowRule rule) : CallerGuard
{
    public RowRule Rule => rule;

    public override string Requirement => rule.Requirement;

    public override GraphQLError? Deny(SiteCaller? caller) => null;

    public override bool IsForOwnOnly(SiteCaller caller) => !rule.IsFree(caller);
}
