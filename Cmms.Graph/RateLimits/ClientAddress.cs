using System.Net;
using System.Net.Sockets;

namespace Cmms.Graph.RateLimits;

/// <summary>Under which name the requests from an address are counted.</summary>
internal static class ClientAddress
{
    /// <summary>
    /// An IPv4 address, also where it comes in the clothes of an IPv6 one; of IPv6 the network of 64 bits, since whoever has one address there has all of
    /// them. Null (a socket of this machine) is one address as well.
    /// </summary>
    public static string NameOf(IPAddress? address)
    {
        if (address is null) return "address:local";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return $"address:{address}";
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return $"address:{new IPAddress(bytes)}/64";
    }
}
