using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cmms.Worker;

/// <summary>Follows the event log and lets each policy look at once at what it watches: many events of a subject are one look.</summary>
internal sealed partial class EventWatch(Opening opening, EventTail tail, PolicyRunner runner, ILogger<EventWatch> logger) : BackgroundService
{
    private const int Attempts = 3;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogFollowing(opening.Heads.Count);
        var positions = opening.Heads.ToDictionary();
        while (true)
        {
            try
            {
                await foreach (var batch in tail.FollowAsync(positions, stoppingToken))
                {
                    foreach (var call in Calls(batch)) await Answer(call, stoppingToken);
                    positions[batch.CustomerId] = batch.Events[^1].Position;
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogInterrupted(exception);
            }
            await Task.Delay(s_pause, stoppingToken);
        }
    }

    /// <summary>Which policies have to look at what. What a policy did itself is no news to it.</summary>
    internal static IReadOnlyList<Call> Calls(EventBatch batch) =>
    [
        .. from policy in PolicyCatalog.All
           from e in batch.Events
           where e.SubjectType == policy.Watches && e.SiteId is not null && e.Actor != Actor.Policy(policy.Key) && policy.Concerns(e)
           group e by (policy, site: e.SiteId!.Value) into events
           select new Call(events.Key.policy, Scope.Site(batch.CustomerId, events.Key.site), events.GroupBy(e => e.SubjectId).ToDictionary(e => e.Key, e => e.Max(x => x.Position))),
    ];

    private async Task Answer(Call call, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Attempts && !cancel.IsCancellationRequested; attempt++)
        {
            try
            {
                await runner.Run(call.Policy, call.Site, PolicyTrigger.Event, call.Subjects, cancel);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception, call.Policy.Key, call.Site.SiteId, attempt);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), cancel);
        }
    }

    /// <param name="Subjects">Each with the position of its last event.</param>
    internal sealed record Call(Policy Policy, Scope Site, IReadOnlyDictionary<long, long> Subjects);

    [LoggerMessage(LogLevel.Information, "Following the event log of {Customers} customers.")]
    private partial void LogFollowing(int customers);

    [LoggerMessage(LogLevel.Error, "The event log could not be followed; going on from where it was left.")]
    private partial void LogInterrupted(Exception exception);

    [LoggerMessage(LogLevel.Error, "{Policy} at site {Site} failed on an event (attempt {Attempt}); the next sweep finds what is left.")]
    private partial void LogFailed(Exception exception, string policy, long? site, int attempt);
}
