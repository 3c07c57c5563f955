using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Cmms.Graph.Events;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cmms.Graph;

/// <summary>The one schema: every marked class of this assembly over the model of the database.</summary>
internal static class CmmsSchema
{
    public static Schema Build(IModel model) =>
        new SchemaBuilder(Options())
            .AddTypes(typeof(CmmsSchema).Assembly)
            .AddDirective(AtomicDirective.Definition)
            .UseModel(model)
            .Describe("Assets, their status, parts, work orders, preventive maintenance and project resources; live over subscriptions.")
            .Build();

    private static BindingOptions Options()
    {
        var options = Values();
        foreach (var rule in RowRules.All) rule.ApplyTo(options);
        return options;
    }

    private static BindingOptions Values() =>
        new BindingOptions
        {
            DefaultGuard = SignedInGuard.Default,
            FoldedOf = property => property.FoldedColumn(),
            Fold = Text.Fold,
        }
        .DbContext<CmmsDb>(field => new ValueTask<DbLease>(new DbLease(Session(field.Request).Db, Owned: false)))
        .Parameter(request => Session(request).RequiredCaller)
        .Parameter(request => Session(request).Now, impersonal: true)
        .Parameter(request => Session(request).RequiredChange)
        .Parameter(request => Session(request).RequiredCaller.Actor)
        .MapLeaf<Instant, DateTimeOffset>("DateTime", i => i.ToDateTimeOffset(), Instant.From)
        .MapLeaf<Quantity, decimal>("Decimal", q => q.Value, q => Quantity.Of(q, ""))
        .MapLeaf<Money, decimal>("Decimal", m => m.Value, m => Money.Cost(m, ""))
        .MapLeaf<Reason, string>("String", r => r.Text, text => Reason.Of(text))
        .NodeResolver<Event, long>((field, ids) => EventFields.ByIds(ids, Session(field.Request).Db, Session(field.Request).RequiredCaller, field.Cancel))
        .ErrorCode(e => (e as DomainError)?.Code)
        .ErrorField(e => (e as DomainError)?.Field)
        .CommonError<InvalidValue>()
        .CommonError<RolledBack>()
        .CommonError<StorageFull>();

    private static RequestSession Session(RequestContext request) => request.Services.GetRequiredService<RequestSession>();
}
