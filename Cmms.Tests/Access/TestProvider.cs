using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cmms.Tests.Access;

/// <summary>An OpenID provider on a port of this machine. It signs whatever a test wants it to say, by hand, so that the program's library is not its own judge.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string Audience = "cmms";
    private readonly WebApplication _app;
    private readonly TestClock _clock;
    private int _asked;

    private TestProvider(WebApplication app, TestClock clock) => (_app, _clock, Signer) = (app, clock, new TestSigner("first"));

    public string Issuer => _app.Urls.First();

    /// <summary>What signs now, and is what it says of its keys.</summary>
    public TestSigner Signer { get; private set; }

    public bool IsDown { get; set; }

    /// <summary>How often somebody asked for its metadata.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public (string, string)[] Settings => [("Auth:OpenId:Issuer", Issuer), ("Auth:OpenId:Audience", Audience)];

    public static async Task<TestProvider> StartAsync(TestClock clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        TestProvider provider = new(builder.Build(), clock);
        provider._app.MapGet("/.well-known/openid-configuration", () =>
        {
            Interlocked.Increment(ref provider._asked);
            return provider.IsDown ? Results.StatusCode(503) : Results.Json(new { issuer = provider.Issuer, jwks_uri = $"{provider.Issuer}/keys" });
        });
        provider._app.MapGet("/keys", () => Results.Text(provider.Signer.PublicKeys(), "application/json"));
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>Signs with another key from now on, and no longer knows the one before.</summary>
    public TestSigner Rotate(string keyId)
    {
        var before = Signer;
        Signer = new TestSigner(keyId);
        return before;
    }

    /// <summary>What the provider says of a person: good for an hour, unless changed.</summary>
    public Dictionary<string, object?> Claims(string subject, string? email = null, string session = "s1") => new()
    {
        ["iss"] = Issuer, ["aud"] = Audience, ["sub"] = subject, ["sid"] = session, ["email"] = email, ["email_verified"] = email is null ? null : true,
        ["iat"] = In(TimeSpan.Zero), ["nbf"] = In(TimeSpan.Zero), ["exp"] = In(TimeSpan.FromHours(1)),
    };

    public string Token(string subject, string? email = null, string session = "s1") => Signer.Sign(Claims(subject, email, session));

    /// <summary>A token that differs in these claims; null leaves one out.</summary>
    public string Token(string subject, string? email, params (string Name, object? Value)[] changes)
    {
        var claims = Claims(subject, email);
        foreach (var (name, value) in changes) claims[name] = value;
        return Signer.Sign(claims);
    }

    /// <summary>A moment from now, as tokens write it.</summary>
    public long In(TimeSpan from) => (_clock.GetUtcNow() + from).ToUnixTimeSeconds();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>A key pair with a name.</summary>
internal sealed class TestSigner(string keyId)
{
    private readonly RSA _key = RSA.Create(2048);

    public string KeyId => keyId;

    public string PublicKeys()
    {
        var key = _key.ExportParameters(false);
        return JsonSerializer.Serialize(new { keys = new[] { new { kty = "RSA", use = "sig", kid = keyId, n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) } } });
    }

    public string Sign(Dictionary<string, object?> claims) => Sign(new { alg = "RS256", typ = "JWT", kid = keyId }, claims);

    public string Sign(object header, Dictionary<string, object?> claims) =>
        Sign(header, claims, text => _key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>With the public key as if it were a secret that both sides share.</summary>
    public string SignByPublicKey(Dictionary<string, object?> claims) =>
        Sign(new { alg = "HS256", typ = "JWT", kid = keyId }, claims, text => HMACSHA256.HashData(Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem()), text));

    public static string Sign(object header, Dictionary<string, object?> claims, Func<byte[], byte[]> sign)
    {
        var said = claims.Where(c => c.Value is not null).ToDictionary();
        var text = $"{Encode(JsonSerializer.SerializeToUtf8Bytes(header))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(said))}";
        return $"{text}.{Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
