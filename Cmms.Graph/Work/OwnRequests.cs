using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL;

namespace Cmms.Graph.Work;

/// <summary>Who asks for maintenance sees and changes what they asked for; those who decide about requests, all.</summary>
internal sealed class OwnRequests : RowRule<WorkRequest>
{
    public static readonly OwnRequests Rule = new();

    public override string Requirement => $"a request of one's own (or {CallerGuard.Name(Permission.ManageRequests)})";

    public override bool IsFree(SiteCaller caller) => caller.May(Permission.ManageRequests);

    public override bool Hides => true;

    public override bool SeesAll(SiteCaller caller) => caller.May(Permission.ViewRequests);

    public override GraphQLError? Refusal => CallerGuard.Lacks(Permission.ManageRequests);

    protected override Expression<Func<WorkRequest, bool>> IsOwn(SiteCaller caller)
    {
        var userId = caller.UserId;
        return request => request.RequesterId == userId;
    }
}

internal static class RequestsToChange
{
    /// <summary>A request that the caller may change now, held against others.</summary>
    /// <exception cref="NotFound"/>
    /// <exception cref="Conflict"/>
    /// <exception cref="InvalidTransition">It is decided, or somebody looks at what the caller asked for.</exception>
    /// <exception cref="GraphQLException">It is somebody else's.</exception>
    public static async Task<WorkRequest> RequestToChange(
        this CmmsDb db, long id, int? version, SiteCaller caller, CancellationToken cancel, [CallerArgumentExpression(nameof(id))] string field = "")
    {
        await db.Find<WorkRequest>(id, cancel, field);
        await OwnRequests.Rule.Require(id, caller, db, cancel, field);
        var request = await db.FindVersion<WorkRequest>(id, version, cancel, field); // only now: a conflict shows what it is
        request.RequireChangeable(OwnRequests.Rule.IsFree(caller));
        return request;
    }
}
