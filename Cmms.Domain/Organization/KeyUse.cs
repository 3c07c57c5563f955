using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Organization;

/// <summary>When keys were last used: to the minute, and outside the event log.</summary>
public static class KeyUse
{
    public static TimeSpan Resolution { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Those of these keys whose last use was noted a minute ago or earlier, so that nobody takes a write lock for nothing.</summary>
    public static Task<List<long>> OutdatedUses(this CmmsDb db, IReadOnlyCollection<long> keyIds, Instant now, CancellationToken cancel)
    {
        var before = now - Resolution;
        return db.ApiKeys.Where(k => keyIds.Contains(k.Id) && (k.LastUsedAt == null || k.LastUsedAt < before)).Select(k => k.Id).ToListAsync(cancel);
    }

    /// <summary>Notes that a key was used, at most once a minute, whoever else notes it.</summary>
    public static Task TouchKey(this CmmsDb db, long keyId, Instant now, CancellationToken cancel)
    {
        var before = now - Resolution;
        return db.ApiKeys
            .Where(k => k.Id == keyId && (k.LastUsedAt == null || k.LastUsedAt < before))
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), cancel);
    }
}
