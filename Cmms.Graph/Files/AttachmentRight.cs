using System.Globalization;
using System.Linq.Expressions;
using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Files;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Cmms.Graph.Work;
using Engines.GraphQL;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Files;

/// <summary>Whoever sees something sees its files; whoever may change it may attach files and take them away.</summary>
internal sealed class AttachmentRight : RowRule<Attachment>
{
    public static readonly AttachmentRight Rule = new();

    public override string Requirement => "the right to change what the files belong to";

    public override bool IsFree(SiteCaller caller) =>
        caller.May(Permission.ManageAssets) && caller.May(Permission.ManageInventory) && caller.May(Permission.MoveStock) && caller.May(Permission.ManageRequests) && caller.May(Permission.ManageWorkOrders);

    public override bool SeesAll(SiteCaller caller) =>
        caller.May(Permission.ViewMachines) && caller.May(Permission.ViewInventory) && caller.May(Permission.ViewRequests) && caller.May(Permission.ViewWorkOrders);

    protected override Expression<Func<Attachment, bool>> IsOwn(SiteCaller caller)
    {
        var (machines, inventory, orders, requests, asks, userId) = (caller.May(Permission.ViewMachines), caller.May(Permission.ViewInventory), caller.May(Permission.ViewWorkOrders),
            caller.May(Permission.ViewRequests), caller.May(Permission.SubmitRequests), caller.UserId);
        return file => (machines && (file.AssetId != null || file.LocationId != null))
            || (inventory && (file.PartId != null || file.StockTransactionId != null || file.VendorId != null))
            || (orders && file.WorkOrderId != null)
            || (file.WorkRequestId != null && (requests || (asks && file.WorkRequest!.RequesterId == userId)));
    }

    /// <summary>What the caller may attach files to, held against others.</summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="InvalidTransition">A request that is decided.</exception>
    /// <exception cref="InvalidValue">Nothing that has files.</exception>
    /// <exception cref="GraphQLException">The caller may not change it.</exception>
    public async Task<IHasAttachments> ToChange(GlobalId subject, SiteCaller caller, CmmsDb db, string field, CancellationToken cancel)
    {
        var permission = subject.Type switch
        {
            nameof(Asset) or nameof(Location) => Permission.ManageAssets,
            nameof(Part) or nameof(Vendor) => Permission.ManageInventory,
            nameof(StockTransaction) => Permission.MoveStock,
            nameof(WorkRequest) => Permission.SubmitRequests,
            nameof(WorkOrder) => Permission.ExecuteWorkOrders,
            _ => throw new InvalidValue(field, "is nothing that files can be attached to"),
        };
        if (!caller.May(permission)) throw new GraphQLException(CallerGuard.Lacks(permission));
        var id = long.TryParse(subject.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return subject.Type switch
        {
            nameof(Asset) => await db.Find<Asset>(id, cancel, field),
            nameof(Location) => await db.Find<Location>(id, cancel, field),
            nameof(Part) => await db.Find<Part>(id, cancel, field),
            nameof(Vendor) => await db.Find<Vendor>(id, cancel, field),
            nameof(StockTransaction) => await db.Find<StockTransaction>(id, cancel, field),
            nameof(WorkRequest) => await db.RequestToChange(id, null, caller, cancel, field),
            _ => await db.OrderToWorkOn(id, caller, cancel, field),
        };
    }
}
