using System.Text.Json;
using Cmms.Domain.Organization;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Cmms.Graph.Access;

/// <summary>Only callers whose role in the chosen site has the permission; checked before anything runs.</summary>
internal sealed class AuthorizeAttribute(Permission permission) : FieldGuardAttribute
{
    public Permission Permission => permission;

    public override FieldGuard Create() => new PermissionGuard(permission);
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

/// <summary>An owner of the customer.</summary>
internal sealed class OwnerGuard : FieldGuard
{
    private static readonly SignedInGuard s_signedIn = new();

    public override bool IsImpersonal => true;

    public override string Requirement => "an owner of the customer";

    public override GraphQLError? Deny(RequestContext request) =>
        s_signedIn.Deny(request) ?? (SignedInGuard.Session(request).RequiredCaller.IsOwner ? null : new GraphQLError("Only an owner of the customer may do this.", ErrorCodes.Forbidden));
}

/// <summary>What every root field asks: somebody is signed in.</summary>
internal sealed class SignedInGuard : FieldGuard
{
    public override bool IsImpersonal => true;

    public override string Requirement => "a signed-in caller";

    public override GraphQLError? Deny(RequestContext request) =>
        Session(request).Caller is null
            ? new GraphQLError("Authentication is required: send 'Authorization: Bearer <API key>'.", ErrorCodes.Unauthenticated)
            : null;

    public static RequestSession Session(RequestContext request) => request.Services.GetRequiredService<RequestSession>();
}

/// <summary>A role in the chosen site that has a permission.</summary>
internal sealed class PermissionGuard(Permission permission) : FieldGuard
{
    private static readonly SignedInGuard s_signedIn = new();

    public override bool IsImpersonal => true;

    public override string Requirement { get; } = JsonNamingPolicy.SnakeCaseUpper.ConvertName(permission.ToString());

    public override GraphQLError? Deny(RequestContext request)
    {
        if (s_signedIn.Deny(request) is { } anonymous) return anonymous;
        var caller = SignedInGuard.Session(request).RequiredCaller;
        if (caller.NoSite is { } noSite) return new GraphQLError(noSite, ErrorCodes.BadUserInput);
        return caller.May(permission) ? null : new GraphQLError($"Your role in this site lacks the permission {Requirement}.", ErrorCodes.Forbidden);
    }
}
