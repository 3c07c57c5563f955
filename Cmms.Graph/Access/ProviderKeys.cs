using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Cmms.Graph.Access;

/// <summary>
/// The public keys of the OpenID provider, by way of its metadata. They are read when the first token comes, twice a day, and when a token names a key that is
/// not among them; however many tokens do, the provider is asked no more than once a minute.
/// </summary>
internal sealed partial class ProviderKeys(OpenIdSettings settings, TimeProvider clock, ILogger<ProviderKeys> log) : IDisposable
{
    private const int LeastRsaBits = 2048;
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1), s_fresh = TimeSpan.FromHours(12);
    /// <summary>A provider that cannot be reached may have withdrawn a key: after this, none is trusted.</summary>
    private static readonly TimeSpan s_oldest = TimeSpan.FromHours(24);
    private static readonly ILookup<string, SecurityKey> s_none = Array.Empty<SecurityKey>().ToLookup(_ => "");

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = s_pause })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 1024 * 1024,
    };
    private readonly Lock _lock = new();
    private volatile Known _known = new(s_none, null);
    private Task _reading = Task.CompletedTask;
    private long? _askedAt;

    /// <summary>The keys of this name; none when the provider has no such key, or cannot be asked.</summary>
    /// <param name="keyId">Left out in a token: the only key, where the provider has one alone.</param>
    public async ValueTask<IReadOnlyList<SecurityKey>> FindAsync(string? keyId, CancellationToken cancel)
    {
        var known = _known;
        var found = known.Find(keyId);
        var age = known.ReadAt is { } at ? clock.GetElapsedTime(at) : TimeSpan.MaxValue;
        if (found.Count > 0 && age < s_oldest)
        {
            if (age > s_fresh) _ = ReadAgain();
            return found;
        }
        await ReadAgain().WaitAsync(cancel);
        return _known.ReadAt is { } now && clock.GetElapsedTime(now) < s_oldest ? _known.Find(keyId) : [];
    }

    public void Dispose() => _http.Dispose();

    private Task ReadAgain()
    {
        lock (_lock)
        {
            if (!_reading.IsCompleted || (_askedAt is { } at && clock.GetElapsedTime(at) < s_pause)) return _reading;
            _askedAt = clock.GetTimestamp();
            return _reading = ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            using var metadata = JsonDocument.Parse(await _http.GetStringAsync(settings.Address(settings.Metadata)));
            if (settings.MetadataAddress is null && metadata.RootElement.GetProperty("issuer").GetString() != settings.Issuer) throw new JsonException("The metadata are another issuer's.");
            var address = settings.Address(metadata.RootElement.GetProperty("jwks_uri").GetString()) ?? throw new JsonException("The metadata name no address of keys that may be used.");
            var keys = JsonWebKeySet.Create(await _http.GetStringAsync(address)).GetSigningKeys().Where(IsUsable).ToLookup(k => k.KeyId ?? "");
            _known = new Known(keys, clock.GetTimestamp());
            Read(keys.Count);
        }
#pragma warning disable CA1031 // Whatever the provider answers, or does not, no more than its tokens is refused.
        catch (Exception e)
#pragma warning restore CA1031
        {
            NotRead(e, settings.Metadata);
        }
    }

    private static bool IsUsable(SecurityKey key) => key is ECDsaSecurityKey || (key is RsaSecurityKey or X509SecurityKey && key.KeySize >= LeastRsaBits);

    private sealed record Known(ILookup<string, SecurityKey> Keys, long? ReadAt)
    {
        public IReadOnlyList<SecurityKey> Find(string? keyId) =>
            keyId is { Length: > 0 } ? [.. Keys[keyId]] : Keys.Count == 1 && Keys.Single().ToList() is [var only] ? [only] : [];
    }

    [LoggerMessage(LogLevel.Information, "The OpenID provider has {Count} keys.")]
    private partial void Read(int count);

    [LoggerMessage(LogLevel.Warning, "The keys of the OpenID provider could not be read by {Address}; tokens that need them are refused.")]
    private partial void NotRead(Exception exception, string address);
}
