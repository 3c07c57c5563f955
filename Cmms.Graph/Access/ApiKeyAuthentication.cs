using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Server;

namespace Cmms.Graph.Access;

/// <summary>Finds the caller behind <c>Authorization: Bearer …</c> and the site that <c>X-Site-Id</c> names.</summary>
internal sealed class ApiKeyAuthentication(CmmsDbFactory factory, TimeProvider clock, DemoKeys demo, OpenCredentials open)
{
    private const string Refusal = "The API key is not valid.";

    public ValueTask<AuthResult> OverHttp(HttpContext http)
    {
        var headers = http.Request.Headers;
        return Authenticate(headers.Authorization, headers["X-Site-Id"].FirstOrDefault() ?? headers["X-Entity-Id"].FirstOrDefault(), StaysOpen(headers), http.RequestAborted);
    }

    /// <summary>Browsers cannot set headers on a socket: both travel in the payload of <c>connection_init</c>, under the names of the headers.</summary>
    public ValueTask<AuthResult> OverSocket(HttpContext http, JsonElement payload) =>
        Authenticate(Text(payload, "Authorization") ?? http.Request.Headers.Authorization, Text(payload, "X-Site-Id") ?? http.Request.Headers["X-Site-Id"].FirstOrDefault(), staysOpen: true, http.RequestAborted);

    // Whoever accepts event streams may be about to subscribe.
    private static bool StaysOpen(IHeaderDictionary headers) =>
        headers.Accept.ToString() is var accept && (accept.Length == 0 || accept.Contains("text/", StringComparison.OrdinalIgnoreCase) || accept.Contains("*/*", StringComparison.Ordinal));

    private async ValueTask<AuthResult> Authenticate(string? authorization, string? site, bool staysOpen, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(authorization)) return AuthResult.Accept(ends: CancellationToken.None);
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return AuthResult.Reject("Use 'Authorization: Bearer <API key>'.");
        var secret = authorization["Bearer ".Length..].Trim();
        if (!demo.Admits(secret)) return AuthResult.Reject(Refusal);
        var caller = await factory.ReadAsync(Scope.System, db => db.FindCaller(secret, clock.Now, cancel));
        if (caller is null) return AuthResult.Reject(Refusal);
        if (!staysOpen) return AuthResult.Accept(SiteCaller.For(caller, site), limitKey: caller.Credential, ends: CancellationToken.None);
        return await open.RightOf(caller, cancel) is { } right
            ? AuthResult.Accept(SiteCaller.For(caller, site) with { Right = right }, limitKey: caller.Credential, ends: right.Ended)
            : AuthResult.Reject(Refusal);
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
