using System.Security.Cryptography;
using System.Text;

namespace Cmms.Domain.Organization;

/// <summary>A sign-in at an OpenID provider that has been counted, so that however many tokens and processes it reaches it counts once.</summary>
internal sealed class LoginSession : CustomerEntity
{
    /// <summary>How long after its last known token a session is remembered: as long as a provider may give it another.</summary>
    public static TimeSpan Remembered { get; } = TimeSpan.FromDays(60);

    /// <summary>How far the noted end may lag behind the tokens.</summary>
    public static TimeSpan Slack { get; } = TimeSpan.FromDays(1);

    private LoginSession() { } // EF Core

    public LoginSession(User user, ProviderToken token) => (User, Hash, EndsAt) = (user, HashOf(token), token.EndsAt);

    /// <summary>SHA-256 of issuer, subject and session, in hexadecimal.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>When the last of its tokens ends that was noted.</summary>
    public Instant EndsAt { get; private set; }

    public long UserId { get; private set; }
    public User User { get; private set; } = null!;

    public static string HashOf(ProviderToken token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{token.Issuer}\n{token.Subject}\n{token.Session}")));
}
