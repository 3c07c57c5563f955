using System.Globalization;

namespace Cmms.Graph.Files;

/// <summary>How files that people sent are shown to others.</summary>
internal static class FileResponse
{
    /// <summary>Whatever it is, browsers take it for nothing else and run nothing of it; they keep it as long as its address is good.</summary>
    /// <param name="mayOpen">It is opened by a program of the browser's own, which a sandbox would forbid.</param>
    public static void Harmless(this HttpResponse response, long seconds, bool mayOpen = false)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        if (!mayOpen) response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={seconds}, immutable");
    }
}
