using Cmms.Domain.Events;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence;

public sealed partial class CmmsDb
{
    public DbSet<Event> Events => Set<Event>();

    internal DbSet<EventHead> EventHeads => Set<EventHead>();

    /// <summary>What is recorded from now on was led to by what was recorded last: the decision of a policy, and what comes of it.</summary>
    internal void FollowsFromLast() => _transaction!.FollowsFromLast();

    /// <summary>What is recorded from now on was led to by what led to the whole transaction.</summary>
    internal void FollowsFromOutside() => _transaction!.FollowsFromOutside();

    /// <summary>Puts on record what was changed without saving an entity; written with the rest of the transaction.</summary>
    public void Record(string subjectType, long subjectId, string eventType, IReadOnlyList<FieldChange> changes, string? reason = null)
    {
        var (customerId, siteId) = (Scope.CustomerId ?? throw new InvalidOperationException("An event needs a customer."), Scope.SiteId);
        (_transaction ?? throw new InvalidOperationException("Changes need a write transaction: CmmsDbFactory.BeginAsync."))
            .Record([new EventDraft(customerId, siteId, eventType, subjectType, subjectId, reason, ChangesJson.Of(changes))]);
    }
}
