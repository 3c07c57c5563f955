using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Work;

[MutationType, Authorize(Permission.ManageWorkOrders)]
internal static class WorkOrderStatusMutations
{
    /// <summary>Adds a status of the site's own. The phase says what it means for the work; it is fixed.</summary>
    [Error<Duplicate>]
    public static async Task<WorkOrderStatus> CreateWorkOrderStatus(string name, WorkOrderPhase phase, CmmsDb db, CancellationToken cancel)
    {
        WorkOrderStatus status = new(name, phase);
        db.WorkOrderStatuses.Add(status);
        await db.SaveChangesAsync(cancel);
        return status;
    }

    /// <summary>Renames a status.</summary>
    /// <param name="version">The version that was read: the change is refused if the status has changed since.</param>
    [Error<NotFound, Duplicate, Conflict>]
    public static async Task<WorkOrderStatus> UpdateWorkOrderStatus([ID<WorkOrderStatus>] long id, int? version, Optional<string> name, CmmsDb db, CancellationToken cancel)
    {
        var status = await db.FindVersion<WorkOrderStatus>(id, version, cancel);
        status.Rename(name.Or(status.Name));
        await db.SaveChangesAsync(cancel);
        return status;
    }

    /// <summary>Removes a status of the site's own; the answer shows it as it was.</summary>
    /// <param name="replacementId">Where its orders go: another status of the same phase. Not needed where it has none.</param>
    [Error<NotFound, InUse>]
    public static async Task<WorkOrderStatus> DeleteWorkOrderStatus(
        [ID<WorkOrderStatus>] long id, [ID<WorkOrderStatus>] long? replacementId, CmmsDb db, CancellationToken cancel)
    {
        var status = await db.Find<WorkOrderStatus>(id, cancel);
        await db.Remove(status, await db.FindOptional<WorkOrderStatus>(replacementId, cancel), cancel);
        await db.SaveChangesAsync(cancel);
        return status;
    }
}
