using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Events;

[MutationType, OwnerOnly]
internal static class EventSettings
{
    /// <summary>Changes how the customer's event log is kept. What becomes too old is removed within a day, for good.</summary>
    /// <param name="version">The version that was read: the change is refused if the customer has changed since.</param>
    /// <param name="eventRetentionDays">For how many days events are kept, 30 to 36,500; null: for ever.</param>
    [Error<Conflict>]
    public static async Task<Customer> UpdateEventSettings(int? version, Optional<int?> eventRetentionDays, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        var customer = await db.FindVersion<Customer>(caller.CustomerId, version, cancel);
        customer.KeepEvents(eventRetentionDays.Or(customer.EventRetentionDays));
        await db.SaveChangesAsync(cancel);
        return customer;
    }
}
