using Engines.GraphQL;
using Engines.GraphQL.Server;

namespace Cmms.Graph.Access;

/// <summary>The door of the files that are written beside GraphQL: who comes in as any request does, and how one is refused.</summary>
internal static class ExportAnswers
{
    /// <summary>The limits that hold for the caller, told in the headers of whatever is answered.</summary>
    public static Admission Admit(HttpContext http, Func<HttpContext, Admission> admit)
    {
        var admission = admit(http);
        http.Response.OnStarting(() =>
        {
            admission.Describe(http.Response.Headers);
            return Task.CompletedTask;
        });
        return admission;
    }

    /// <summary>Who asks, as a <see cref="SiteCaller"/> of a site; null where they were refused.</summary>
    public static async Task<AuthResult?> EnterAsync(HttpContext http, Authentication access, Admission admission)
    {
        if (admission.Arrive() is { } notYet)
        {
            await Refuse(http, StatusCodes.Status429TooManyRequests, notYet);
            return null;
        }
        var auth = await access.OverHttp(http);
        if (await admission.EnterAsync(auth.Refusal is null ? auth : null, http.RequestAborted) is { } notNow) await Refuse(http, StatusCodes.Status429TooManyRequests, notNow);
        else if (auth.Caller is not SiteCaller caller) await Refuse(http, StatusCodes.Status401Unauthorized, ErrorCodes.Unauthenticated, auth.Refusal ?? "Send 'Authorization: Bearer <API key>'.");
        else if (caller.NoSite is { } noSite) await Refuse(http, StatusCodes.Status400BadRequest, ErrorCodes.BadUserInput, noSite);
        else return auth;
        return null;
    }

    public static Task Busy(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "10";
        return Refuse(http, StatusCodes.Status429TooManyRequests, ErrorCodes.TooManyRequests, "Too many exports are under way.");
    }

    public static Task Refuse(HttpContext http, int status, string code, string message) => Refuse(http, status, new GraphQLError(message, code));

    private static Task Refuse(HttpContext http, int status, GraphQLError error)
    {
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        return http.Response.WriteAsJsonAsync(new { errors = new[] { new { message = error.Message, extensions = new { code = error.Code } } } }, http.RequestAborted);
    }
}
