using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Cmms.Graph.Access;

/// <summary>Everybody knows the demo keys: they open nothing unless every address that Graph listens on is this machine's own.</summary>
internal sealed class DemoKeys(IServer server)
{
    public const string Prefix = "demo-";

    public bool Admits(string secret) =>
        !secret.StartsWith(Prefix, StringComparison.Ordinal)
        || server.Features.Get<IServerAddressesFeature>() is { Addresses: { Count: > 0 } addresses } && addresses.All(IsLoopback);

    private static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.IsLoopback || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
