using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Organization;

/// <summary>What an invitation is accepted or an address confirmed with, by somebody who is not signed in: 256 random bits, good for five days, once.</summary>
public static class OneTimeToken
{
    /// <summary>How long it is good after it was sent (seed 003).</summary>
    public static TimeSpan Lasts { get; } = TimeSpan.FromDays(5);

    /// <summary>Whose an invitation is; null for one that is unknown, used, replaced or too old.</summary>
    public static Task<TokenBearer?> FindInvited(this CmmsDb db, string token, Instant now, CancellationToken cancel)
    {
        var (hash, earliest) = (HashOf(token), now - Lasts);
        return db.Users.IgnoreQueryFilters().Where(u => u.InvitationHash == hash && u.InvitationSentAt >= earliest && u.Status == UserStatus.Invited)
            .Select(u => new TokenBearer(u.CustomerId, u.Id)).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Whose address a token confirms; null for one that is unknown, used, replaced or too old.</summary>
    public static Task<TokenBearer?> FindConfirming(this CmmsDb db, string token, Instant now, CancellationToken cancel)
    {
        var (hash, earliest) = (HashOf(token), now - Lasts);
        return db.Users.IgnoreQueryFilters().Where(u => u.EmailConfirmationHash == hash && u.EmailConfirmationSentAt >= earliest && u.Status == UserStatus.Active)
            .Select(u => new TokenBearer(u.CustomerId, u.Id)).SingleOrDefaultAsync(cancel);
    }

    internal static (string Token, string Hash) Create(string purpose)
    {
        var token = $"{purpose}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        return (token, HashOf(token));
    }

    internal static bool IsGood(string token, string? hash, Instant? sentAt, Instant now) => hash is not null && HashOf(token) == hash && now <= sentAt + Lasts;

    internal static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>Whose a token is. Finding it is a read across customers, hence under the System scope.</summary>
public sealed record TokenBearer(long CustomerId, long UserId);
