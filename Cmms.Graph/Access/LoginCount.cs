using System.Collections.Concurrent;
using System.Data.Common;
using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Access;

/// <summary>Has each session counted at its first use. Those that this process knows cost nothing; counting never keeps anybody out.</summary>
internal sealed partial class LoginCount(CmmsDbFactory factory, TimeProvider clock, ILogger<LoginCount> log)
{
    private const int Most = 20_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);
    /// <summary>Of each session, until when the database has it.</summary>
    private readonly ConcurrentDictionary<string, Instant> _known = [];
    private long? _failedAt;

    public async ValueTask SeeAsync(Caller caller, ProviderToken token, CancellationToken cancel)
    {
        var key = token.SessionKey();
        if (_known.TryGetValue(key, out var until) && token.EndsAt <= until) return;
        if (_failedAt is { } at && clock.GetElapsedTime(at) < s_pause) return;
        try
        {
            await RecordAsync(caller, token, cancel);
            if (_known.Count >= Most) _known.Clear();
            _known[key] = token.EndsAt + Logins.Slack;
        }
        catch (Exception e) when (e is DbException or DbUpdateException or TimeoutException || e.IsTransient || e.IsStorageFull)
        {
            _failedAt = clock.GetTimestamp();
            NotCounted(e);
        }
    }

    private async Task RecordAsync(Caller caller, ProviderToken token, CancellationToken cancel)
    {
        await using (var db = factory.For(Scope.System))
            if (!await db.IsLoginNews(token, cancel)) return;
        try
        {
            await using var transaction = await factory.BeginAsync(Scope.Customer(caller.CustomerId), new Change(Actor.User(caller.UserId), clock.Now), cancel);
            await transaction.Db.RecordLogin(caller.UserId, token, cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (Duplicate)
        {
            // Another process counts it.
        }
    }

    [LoggerMessage(LogLevel.Warning, "A login could not be counted; whoever it was is let in.")]
    private partial void NotCounted(Exception exception);
}
