using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Access;

/// <summary>Has the database note when keys were last used, beside the requests: a few seconds later, all keys in one go, each at most once a minute.</summary>
internal sealed partial class KeyUses(CmmsDbFactory factory, TimeProvider clock, ILogger<KeyUses> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<long, Instant> _noted = [], _used = [];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A key has just let somebody in.</summary>
    public void Note(long keyId)
    {
        var now = clock.Now;
        if (_noted.TryGetValue(keyId, out var noted) && now - noted <= KeyUse.Resolution && now >= noted) return;
        _used[keyId] = now;
        _wake.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _wake.Reader.ReadAsync(stoppingToken))
        {
            await Task.Delay(s_interval, clock, stoppingToken);
            await WriteAsync(stoppingToken);
        }
    }

    private async Task WriteAsync(CancellationToken cancel)
    {
        var used = _used.ToArray();
        var now = clock.Now;
        try
        {
            List<long> outdated;
            await using (var db = factory.For(Scope.System)) outdated = await db.OutdatedUses([.. used.Select(u => u.Key)], now, cancel);
            if (outdated.Count > 0)
            {
                await using var transaction = await factory.BeginAsync(Scope.System, new Change(Actor.System, now), cancel);
                foreach (var (key, at) in used.OrderBy(u => u.Key))
                    if (outdated.Contains(key)) await transaction.Db.TouchKey(key, at, cancel);
                await transaction.CommitAsync(cancel);
            }
            foreach (var use in used)
            {
                _noted[use.Key] = use.Value;
                _used.TryRemove(use);
            }
        }
        catch (Exception e) when (e is DbException or DbUpdateException or TimeoutException or InvalidOperationException)
        {
            NotNoted(e);
            _wake.Writer.TryWrite(true);
        }
    }

    [LoggerMessage(LogLevel.Warning, "That keys were used could not be noted; the next time will do.")]
    private partial void NotNoted(Exception exception);
}
