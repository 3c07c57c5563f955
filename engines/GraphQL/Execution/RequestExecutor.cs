using System.Globalization;
using Engines.GraphQL.Execution.Input;
using Engines.GraphQL.Execution.Persisted;
using Engines.GraphQL.Execution.Planning;
using Engines.GraphQL.Execution.Running;
using Engines.GraphQL.Execution.Sharing;
using Engines.GraphQL.Execution.Telemetry;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution;

/// <summary>Answers requests against one schema, breadth first. Safe for any number of requests at once.</summary>
public sealed partial class RequestExecutor(Schema schema, ExecutionOptions options)
{
    private readonly PersistedDocuments _documents = new(options.Persisted, new DocumentCache(schema, options));
    private readonly Failures _failures = new(options.OnError, options.MayPass);
    private readonly SharedMessages _messages = new(options.SharedMessageBytes);

    public Schema Schema => schema;

    /// <summary>Reads and plans the trusted documents, so that their first requests need not; answers what the schema refuses of them.</summary>
    public IReadOnlyList<(TrustedDocument Document, GraphQLError Error)> WarmUp() => _documents.WarmUp();

    /// <summary>
    /// Executes one operation. Errors are part of the answer; only an <see cref="OperationCanceledException"/> comes out of here, when the client has left.
    /// </summary>
    public async ValueTask<ExecutionResult> ExecuteAsync(GraphQLRequest request, RequestScope scope)
    {
        using var watch = new OperationWatch(options, request.Document);
        var result = await ExecuteAsync(request, scope, watch);
        watch.Ended(result);
        return result;
    }

    private async ValueTask<ExecutionResult> ExecuteAsync(GraphQLRequest request, RequestScope scope, OperationWatch watch)
    {
        try
        {
            var (plan, refusal) = Find(request, scope, watch);
            if (plan is null) return SingleResult.Refused(refusal.Errors, refusal.Kind);
            var errors = new List<GraphQLError>();
            var variables = VariableCoercion.Coerce(plan, request, options, errors);
            if (errors.Count > 0) return SingleResult.Refused(scope.MayIntrospect ? errors : Discreet(errors));
#pragma warning disable CA2000 // Whoever asked disposes of the answer.
            return plan.Operation.Operation == OperationType.Subscription
                ? Subscribe(plan, variables, scope, watch)
                : await ExecuteAsync(plan, variables, request, scope);
#pragma warning restore CA2000
        }
#pragma warning disable CA1031 // The last line: whatever breaks, a client gets an answer that leaks nothing.
        catch (Exception e) when (!scope.Cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return SingleResult.Refused([_failures.Of(e, [])]);
        }
    }

    private async ValueTask<SingleResult> ExecuteAsync(OperationPlan plan, IReadOnlyDictionary<string, object?> variables, GraphQLRequest request, RequestScope scope)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(scope.Cancel);
        deadline.CancelAfter(options.Deadline);
        var run = new OperationRun(plan, Context(plan, scope, scope.Services, deadline.Token), variables, _failures, scope.Cancel) { ReportsCost = request.WantsCost };
        if (Refuse(run, out var cost) is { } refusal) return SingleResult.Refused([refusal]);
        scope.Spend?.Invoke(cost);

        return WithCost(plan.Operation.Operation == OperationType.Mutation ? await MutateAsync(run, request, scope) : await QueryAsync(run, scope), cost);
    }

    private async ValueTask<SingleResult> QueryAsync(OperationRun run, RequestScope scope)
    {
        run = await ReadAsync(run, scope);
        using var writer = new ResponseWriter(run, options.MaxAnswerBytes);
        writer.Open();
        foreach (var field in run.FieldsOf(run.Plan.Root))
            if (run.Includes(field)) writer.RootField(field);
        return writer.Finish();
    }

    /// <summary>Runs all of a query; once more where what failed may pass. Answers the run that counts.</summary>
    private async ValueTask<OperationRun> ReadAsync(OperationRun run, RequestScope scope)
    {
        try
        {
            await new LevelRunner(run) { IsFirstTry = true }.RunAsync();
            return run;
        }
        catch (Exception cut) when (_failures.MayPass(cut) && !run.Context.Cancel.IsCancellationRequested)
        {
            if (scope.Renew is { } renew) await renew(run.Context);
        }
        run = run.Again();
        await new LevelRunner(run).RunAsync();
        return run;
    }

    private static SingleResult WithCost(SingleResult result, double cost)
    {
        result.Cost = cost;
        result.Headers["GraphQL-Cost"] = cost.ToString("0.##", CultureInfo.InvariantCulture);
        return result;
    }

    /// <summary>The plan of the operation that is asked for. The one place where a document is looked up, by whatever name.</summary>
    private (OperationPlan?, Refusal) Find(GraphQLRequest request, RequestScope scope, OperationWatch watch)
    {
        if (_documents.Find(request, scope.MayIntrospect, out var errors) is not { } document) return (null, new(errors));
        var (operation, error) = Operation(document, request.OperationName);
        if (operation is null) return (null, new([error!]));
        watch.Found(operation.Operation, document.Text);
        if (operation.Operation.Operation == OperationType.Mutation && !request.AllowMutation)
            return (null, new([new GraphQLError("A mutation cannot be executed by a GET request.", ErrorCodes.BadUserInput)], ResultKind.MutationNotAllowed));
        (var plan, error) = operation.Plan;
        if (plan is { Introspects: true } && !scope.MayIntrospect) error = new GraphQLError("Introspection is disabled.", ErrorCodes.IntrospectionDisabled);
        return error is null ? (plan, default) : (null, new([error]));
    }

    // The types inside an input are the schema's, not the document's.
    private static List<GraphQLError> Discreet(List<GraphQLError> errors) => errors.ConvertAll(e => e with { Message = "The value of a variable is not accepted." });

    private readonly record struct Refusal(IReadOnlyList<GraphQLError> Errors, ResultKind Kind = ResultKind.Refused);

    private static (CachedOperation?, GraphQLError?) Operation(CachedDocument document, string? name)
    {
        if (name is null)
            return document.Operations.Count == 1
                ? (document.Operations[0], null)
                : (null, new GraphQLError(document.Operations.Count == 0 ? "The document has no operation." : "Must provide operation name if query contains multiple operations.", ErrorCodes.BadUserInput));
        foreach (var operation in document.Operations)
            if (operation.Operation.Name == name) return (operation, null);
        return (null, new GraphQLError("There is no operation of that name in the document.", ErrorCodes.BadUserInput));
    }

    private RequestContext Context(OperationPlan plan, RequestScope scope, IServiceProvider services, CancellationToken cancel)
    {
        var context = scope.RunMutation is { } run
            ? new RequestContext(schema, services, cancel) { Operation = plan.Operation, RunMutation = run }
            : new RequestContext(schema, services, cancel) { Operation = plan.Operation };
        scope.Prepare?.Invoke(context);
        return context;
    }

    /// <summary>Guards, arguments, cost: the error that refuses the whole operation before it runs, or null.</summary>
    private GraphQLError? Refuse(OperationRun run, out double cost)
    {
        var preparation = new Preparation(run);
        var refusal = preparation.Refuse(options.MaxCost, options.MaxCredentialFields);
        if (run.ReportsCost) run.Cost = (preparation.Cost, options.MaxCost);
        cost = preparation.Cost;
        return refusal;
    }
}
