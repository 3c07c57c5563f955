using Microsoft.AspNetCore.Http;

namespace Engines.GraphQL.Server;

/// <summary>Which pages of the web may use this server through their visitors' browsers.</summary>
internal static class Origins
{
    /// <summary>No origin (not a browser), our own, or one that the host allows.</summary>
    public static bool MayConnect(HttpRequest request, GraphQLServerOptions options)
    {
        var origin = request.Headers.Origin;
        if (origin.Count == 0) return true;
        var text = origin.ToString();
        if (options.AllowedOrigins.Contains(text)) return true;
        // By host and port alone: behind a proxy that ends TLS the scheme differs.
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (request.Host.Value ?? "") is var host
            && (host.Equals(uri.Authority, StringComparison.OrdinalIgnoreCase)
                || host.Equals($"{uri.Host}:{uri.Port}", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Lets a page of an allowed origin read the answer. Others get no header, so that their browser keeps it from them.</summary>
    public static bool Allow(HttpContext http, GraphQLServerOptions options)
    {
        if (options.AllowedOrigins.Count == 0) return false;
        var headers = http.Response.Headers;
        headers.Append("Vary", "Origin");
        var origin = http.Request.Headers.Origin.ToString();
        if (!options.AllowedOrigins.Contains(origin)) return false;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = string.Join(", ", options.ExposedHeaders);
        return true;
    }

    /// <summary>Answers a preflight.</summary>
    public static void Preflight(HttpContext http, GraphQLServerOptions options)
    {
        var headers = http.Response.Headers;
        if (Allow(http, options))
        {
            headers.AccessControlAllowMethods = "GET, POST";
            headers.AccessControlAllowHeaders = string.Join(", ", options.AllowedHeaders);
            headers.AccessControlMaxAge = "600";
        }
        headers.Allow = "GET, POST, OPTIONS";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
