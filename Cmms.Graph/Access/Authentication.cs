using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Server;

namespace Cmms.Graph.Access;

/// <summary>
/// Finds the caller behind <c>Authorization: Bearer …</c>, an API key or a token of the OpenID provider, and the site that <c>X-Site-Id</c> names. Whatever
/// is wrong with a credential, it is refused in the same words.
/// </summary>
internal sealed class Authentication(
    CmmsDbFactory factory, TimeProvider clock, DemoKeys demo, OpenCredentials open, KeyUses uses, Refusals refusals, TokenSignIn? tokens)
{
    private const string Refusal = "The credential is not valid.";

    public ValueTask<AuthResult> OverHttp(HttpContext http)
    {
        var headers = http.Request.Headers;
        return Authenticate(headers.Authorization, headers["X-Site-Id"].FirstOrDefault() ?? headers["X-Entity-Id"].FirstOrDefault(), StaysOpen(headers), http);
    }

    /// <summary>Browsers cannot set headers on a socket: both travel in the payload of <c>connection_init</c>, under the names of the headers.</summary>
    public ValueTask<AuthResult> OverSocket(HttpContext http, JsonElement payload) =>
        Authenticate(Text(payload, "Authorization") ?? http.Request.Headers.Authorization, Text(payload, "X-Site-Id") ?? http.Request.Headers["X-Site-Id"].FirstOrDefault(), staysOpen: true, http);

    // Whoever accepts event streams may be about to subscribe.
    private static bool StaysOpen(IHeaderDictionary headers) =>
        headers.Accept.ToString() is var accept && (accept.Length == 0 || accept.Contains("text/", StringComparison.OrdinalIgnoreCase) || accept.Contains("*/*", StringComparison.Ordinal));

    private async ValueTask<AuthResult> Authenticate(string? authorization, string? site, bool staysOpen, HttpContext http)
    {
        if (string.IsNullOrEmpty(authorization)) return AuthResult.Accept(ends: CancellationToken.None);
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return AuthResult.Reject("Use 'Authorization: Bearer <API key or token>'.");
        var (secret, cancel) = (authorization["Bearer ".Length..].Trim(), http.RequestAborted);
        // A key has no dots, a signed token two.
        var (caller, why) = tokens is not null && secret.AsSpan().Count('.') == 2 ? await tokens.CallerOf(secret, cancel) : await CallerOf(secret, cancel);
        if (caller is not null)
        {
            var right = staysOpen ? await open.RightOf(caller, cancel) : null;
            if (!staysOpen || right is not null)
            {
                if (caller.KeyId is { } key) uses.Note(key);
                return AuthResult.Accept(SiteCaller.For(caller, site) with { Right = right }, limitKey: caller.Credential, ends: right?.Ended ?? CancellationToken.None);
            }
        }
        await refusals.DelayAsync(http.Connection.RemoteIpAddress, why, cancel);
        return AuthResult.Reject(Refusal);
    }

    private async ValueTask<(Caller? Caller, string Why)> CallerOf(string secret, CancellationToken cancel)
    {
        var caller = await factory.ReadAsync(Scope.System, db => db.FindCaller(secret, clock.Now, cancel));
        // Only now, so that it takes as long as with any other key.
        return (demo.Admits(secret) ? caller : null, "API key");
    }

    private static string? Text(JsonElement payload, string name)
    {
        if (payload.ValueKind is not JsonValueKind.Object) return null;
        foreach (var property in payload.EnumerateObject())
            if (property.NameEquals(name) || string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                return property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? property.Value.ToString() : null;
        return null;
    }
}
