using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL;

namespace Cmms.Graph.Work;

/// <summary>Those who do the work act on the orders that they are assigned to; those who plan it, on all.</summary>
internal sealed class AssignedOrders : RowRule<WorkOrder>
{
    public static readonly AssignedOrders Rule = new();

    public override string Requirement => $"an assignment to the order (or {CallerGuard.Name(Permission.ManageWorkOrders)})";

    public override bool IsFree(SiteCaller caller) => caller.May(Permission.ManageWorkOrders);

    public override GraphQLError? Refusal => CallerGuard.Lacks(Permission.ManageWorkOrders);

    protected override Expression<Func<WorkOrder, bool>> IsOwn(SiteCaller caller)
    {
        var userId = caller.UserId;
        return order => order.Technicians.Any(t => t.Id == userId);
    }
}

internal static class OrdersToWorkOn
{
    /// <summary>An order that the caller may work on, held against others.</summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="GraphQLException">The caller is not assigned to it.</exception>
    public static async Task<WorkOrder> OrderToWorkOn(this CmmsDb db, long id, SiteCaller caller, CancellationToken cancel, [CallerArgumentExpression(nameof(id))] string field = "")
    {
        var order = await db.WorkOrder(id, null, cancel, field);
        await AssignedOrders.Rule.Require(order.Id, caller, db, cancel, field);
        return order;
    }
}
