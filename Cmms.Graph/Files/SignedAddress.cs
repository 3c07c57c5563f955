using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cmms.Domain;

namespace Cmms.Graph.Files;

/// <summary>An address that whoever has it may open for a while: pages show what it leads to without sending a key.</summary>
/// <param name="SecondsLeft">For how long it is good, if it is signed by the right key.</param>
internal sealed record SignedAddress(string Path, long Expires, string Signature, long SecondsLeft)
{
    private const long Hour = 3600;

    /// <summary>A good address for one to two hours. It stays the same within an hour, so that browsers need not ask again.</summary>
    public static string Of(string path, ReadOnlySpan<byte> key, Instant now)
    {
        var expires = ((Seconds(now) / Hour) + 2) * Hour;
        return string.Create(CultureInfo.InvariantCulture, $"{path}?expires={expires}&signature={SignatureOf(path, expires, key)}");
    }

    /// <summary>The address that is asked for; null for one that has expired or is not signed at all, of which nobody need be asked anything.</summary>
    public static SignedAddress? Asked(HttpRequest request, Instant now) =>
        long.TryParse(request.Query["expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var expires) && expires > Seconds(now) && request.Query["signature"] is [{ } signature]
            ? new SignedAddress(request.Path, expires, signature, expires - Seconds(now)) : null;

    public bool IsSignedBy(ReadOnlySpan<byte> key) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature), Encoding.UTF8.GetBytes(SignatureOf(Path, Expires, key)));

    private static long Seconds(Instant moment) => moment.ToDateTimeOffset().ToUnixTimeSeconds();

    private static string SignatureOf(string path, long expires, ReadOnlySpan<byte> key) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{path} {expires}"))));
}
