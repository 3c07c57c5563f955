using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Cmms.Graph.Access;

/// <summary>
/// A mutation for whoever holds the <c>token</c> in its input, signed in or not. It writes in the scope of the token's customer alone and as the token's person,
/// and only once the token is found; every other one is <c>NOT_FOUND</c>, whatever is wrong with it.
/// </summary>
internal sealed class ByTokenAttribute(TokenKind kind) : FieldGuardAttribute
{
    public override FieldGuard Create() => new TokenGuard(kind);
}

/// <summary>What a token is for.</summary>
internal enum TokenKind { Invitation, Confirmation }

/// <summary>Keeps nobody away: whether the token is good is asked when the mutation runs.</summary>
internal sealed class TokenGuard(TokenKind kind) : FieldGuard
{
    public override string Requirement => "";

    public override bool IsImpersonal => true;

    public override GraphQLError? Deny(RequestContext request) => null;

    /// <summary>Whose the token of this call is.</summary>
    /// <exception cref="NotFound"/>
    public async Task<TokenBearer> BearerAsync(BatchContext field, CmmsDbFactory factory, Instant now)
    {
        var token = (string)((InputFields)field.Arguments["input"]!)["token"]!;
        await using var db = factory.For(Scope.System);
        var bearer = !field.Request.Services.GetRequiredService<DemoKeys>().Admits(token) ? null
            : kind is TokenKind.Invitation ? await db.FindInvited(token, now, field.Cancel) : await db.FindConfirming(token, now, field.Cancel);
        return bearer ?? throw new NotFound(kind.ToString(), nameof(token));
    }
}
