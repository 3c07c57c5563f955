using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Cmms.Graph.RateLimits;

/// <summary>Whose word for it is taken where a request comes from.</summary>
internal static class Proxies
{
    /// <summary>
    /// The setting <c>Proxies</c>, a list of addresses and networks: from these, <c>X-Forwarded-For</c> names the client, read from its end up to the
    /// first address that is no proxy. From everybody else, and without the setting, the header says nothing.
    /// </summary>
    public static void UseProxies(this WebApplication app)
    {
        var trusted = app.Configuration.GetSection("Proxies").Get<string[]>() ?? [];
        if (trusted.Length == 0) return;
        ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        // The middleware would trust this machine by itself.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in trusted)
        {
            if (IPAddress.TryParse(text, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(text, out var network)) options.KnownIPNetworks.Add(network);
            else throw new InvalidOperationException($"Proxies: '{text}' is neither an address nor a network such as 10.0.0.0/8.");
        }
        app.UseForwardedHeaders(options);
    }
}
