using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cmms.Domain.Organization;

/// <summary>Lets a program act as its user. Only a hash of the secret is kept; the secret itself is shown once.</summary>
public sealed class ApiKey : CustomerEntity
{
    private const string SecretPrefix = "cmms_";
    private const int PrefixLength = 12;

    private ApiKey() { } // EF Core

    private ApiKey(User user, string name, string secret, Instant? expiresAt)
    {
        User = user;
        Name = name;
        Prefix = secret[..Math.Min(PrefixLength, secret.Length / 2)];
        Hash = HashOf(secret);
        ExpiresAt = Check.Moment(expiresAt);
    }

    /// <summary>A new key and its secret, 256 random bits, which nobody can read again.</summary>
    /// <exception cref="InvalidValue">It would have expired already.</exception>
    public static (ApiKey Key, string Secret) Create(User user, string name, Instant? expiresAt, Instant now)
    {
        if (expiresAt <= now) throw new InvalidValue(nameof(expiresAt), "must be in the future");
        var secret = SecretPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (new ApiKey(user, name, secret, expiresAt), secret);
    }

    /// <summary>A key whose secret everybody knows, for demo data only.</summary>
    public static ApiKey Known(User user, string name, string secret) => new(user, name, secret, expiresAt: null);

    /// <summary>What its owner calls it.</summary>
    public string Name { get; set => field = Check.Text(value, 100, nameof(Name)); } = "";

    /// <summary>The first characters of the secret, to tell keys apart.</summary>
    public string Prefix { get; private set; } = "";

    /// <summary>SHA-256 of the secret, in hexadecimal. A slow hash would add nothing: the secret cannot be guessed.</summary>
    internal string Hash { get; private set; } = "";

    /// <summary>From when it is refused; null: never.</summary>
    public Instant? ExpiresAt { get; private set; }

    /// <summary>When it last let somebody in.</summary>
    public Instant? LastUsedAt { get; private set; }

    /// <summary>When it was withdrawn; refused since.</summary>
    public Instant? RevokedAt { get; private set; }

    public long UserId { get; private set; }

    /// <summary>As whom it acts.</summary>
    public User User { get; private set; } = null!;

    /// <summary>Ends it at once and for ever.</summary>
    public void Revoke(Instant now)
    {
        if (RevokedAt is not null) return;
        RevokedAt = now;
        Raise("ApiKeyRevoked");
    }

    internal static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
