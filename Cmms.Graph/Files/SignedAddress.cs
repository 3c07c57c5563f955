using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cmms.Domain;

namespace Cmms.Graph.Files;

/// <summary>Addresses that whoever has them may open for a while: pages show what they lead to without sending a key.</summary>
internal static class SignedAddress
{
    private const long Hour = 3600;

    /// <summary>A good address for one to two hours. It stays the same within an hour, so that browsers need not ask again.</summary>
    public static string Of(string path, ReadOnlySpan<byte> key, Instant now)
    {
        var expires = ((now.ToDateTimeOffset().ToUnixTimeSeconds() / Hour) + 2) * Hour;
        return string.Create(CultureInfo.InvariantCulture, $"{path}?expires={expires}&signature={SignatureOf(path, expires, key)}");
    }

    /// <summary>For how many seconds more the address is good; zero for one that has expired, or was signed by nobody.</summary>
    public static long SecondsLeft(HttpRequest request, ReadOnlySpan<byte> key, Instant now)
    {
        if (!long.TryParse(request.Query["expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var expires) || request.Query["signature"] is not [{ } signature]) return 0;
        var isGood = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(SignatureOf(request.Path, expires, key)));
        return isGood ? Math.Max(0, expires - now.ToDateTimeOffset().ToUnixTimeSeconds()) : 0;
    }

    private static string SignatureOf(string path, long expires, ReadOnlySpan<byte> key) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{path} {expires}"))));
}
