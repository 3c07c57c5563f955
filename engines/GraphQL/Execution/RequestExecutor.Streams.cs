using System.Runtime.CompilerServices;
using Engines.GraphQL.Execution.Planning;
using Engines.GraphQL.Execution.Running;
using Engines.GraphQL.Execution.Sharing;
using Engines.GraphQL.Execution.Telemetry;
using Engines.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Engines.GraphQL.Execution;

public sealed partial class RequestExecutor
{
    private ExecutionResult Subscribe(OperationPlan plan, IReadOnlyDictionary<string, object?> variables, RequestScope scope, OperationWatch watch)
    {
        var run = new OperationRun(plan, Context(plan, scope, scope.Services, scope.Cancel), variables, _failures, scope.Cancel);
        var refusal = Refuse(run, out _);
        if (Array.Find(plan.Root.Fields, run.Includes) is not { Definition.Resolver: StreamResolver stream } field)
            return SingleResult.Refused([new GraphQLError("The subscription selects no stream.", ErrorCodes.BadUserInput)]);
        refusal ??= run.Blocked(field) is { } denied ? Located(run, field, denied) : null;
        if (refusal is not null) return SingleResult.Refused([refusal]);
        try
        {
            return new StreamResult(Messages(run, field, stream.Subscribe(run.Batch(field, [run.Context])), new StreamWatch(options, plan.Operation, watch), scope, scope.Cancel));
        }
#pragma warning disable CA1031 // Whatever a source throws is the error of its subscription.
        catch (Exception e) when (!scope.Cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return SingleResult.Refused([Located(run, field, _failures.Of(e, field.Path()))]);
        }
    }

    private async IAsyncEnumerable<SingleResult> Messages(
        OperationRun subscription, FieldPlan field, IAsyncEnumerable<object?> source, StreamWatch watch, RequestScope scope, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var open = StreamWatch.Open();
        var audience = Audience.Of(subscription.Plan, subscription.Variables, scope.Sharing?.Invoke());
        await using var items = source.GetAsyncEnumerator(cancel);
        while (true)
        {
            var (more, item) = await NextAsync(items, field, cancel);
            if (!more) yield break;
            var failure = item as FieldFailure ?? (item is GraphQLException e ? new FieldFailure(e.Error) : null);
            if (failure is not null)
            {
                yield return SingleResult.Refused([Located(subscription, field, failure.Error)]);
                yield break;
            }
            if (await WatchedAsync(subscription, field, item, audience, watch, scope, cancel) is not { } message) yield break;
            yield return message;
            // The caller may no longer do what it might when it subscribed.
            if (message.Kind != ResultKind.Executed) yield break;
        }
    }

    private async ValueTask<(bool More, object? Item)> NextAsync(IAsyncEnumerator<object?> items, FieldPlan field, CancellationToken cancel)
    {
        try
        {
            return await items.MoveNextAsync() ? (true, items.Current) : (false, null);
        }
#pragma warning disable CA1031 // Whatever a source throws ends its stream, with an error unless the client has left.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return cancel.IsCancellationRequested ? (false, null) : (true, new FieldFailure(_failures.Of(e, field.Path())));
        }
    }

    private async ValueTask<SingleResult?> WatchedAsync(
        OperationRun subscription, FieldPlan field, object? item, Audience? audience, StreamWatch stream, RequestScope scope, CancellationToken cancel)
    {
        using var watch = stream.Message();
        var message = audience is null || item is null
            ? await MessageAsync(subscription, field, item, scope, cancel)
            : await SharedAsync(_messages.Find(item, audience) ?? Make(subscription, field, item, audience, scope), cancel);
        if (message is not null) watch.Ended(message);
        return message;
    }

    private static async ValueTask<SingleResult?> SharedAsync(Task<SingleResult> message, CancellationToken cancel)
    {
        try
        {
            return await message.WaitAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Ends with nobody: whoever asks first may leave before it is made.</summary>
    private Task<SingleResult> Make(OperationRun subscription, FieldPlan field, object item, Audience audience, RequestScope scope) =>
        _messages.Make(item, audience, async () => (await MessageAsync(subscription, field, item, scope, CancellationToken.None))!);

    /// <summary>One message in a DI scope of its own; null when the client left meanwhile.</summary>
    private async ValueTask<SingleResult?> MessageAsync(OperationRun subscription, FieldPlan field, object? item, RequestScope scope, CancellationToken cancel)
    {
        var plan = subscription.Plan;
        await using var services = scope.Services.GetService<IServiceScopeFactory>()?.CreateAsyncScope();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(options.Deadline);
        try
        {
            var context = Context(plan, scope, services?.ServiceProvider ?? scope.Services, deadline.Token);
            var run = new OperationRun(plan, context, subscription.Variables, _failures, cancel);
            var refusal = Refuse(run, out var cost) ?? (run.Blocked(field) is { } denied ? Located(run, field, denied) : null);
            if (refusal is not null) return SingleResult.Refused([refusal]);
            await new LevelRunner(run).RunAsync(field, item);
            using var writer = new ResponseWriter(run, options.MaxAnswerBytes);
            writer.Open();
            writer.RootField(field);
            return WithCost(writer.Finish(), cost);
        }
#pragma warning disable CA1031 // As in ExecuteAsync: whatever breaks, a client gets an answer that leaks nothing.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return cancel.IsCancellationRequested ? null : SingleResult.Refused([_failures.Of(e, field.Path())]);
        }
    }

    private static GraphQLError Located(OperationRun run, FieldPlan field, GraphQLError error) =>
        error with { Locations = run.LocationsOf(field), Path = field.Path() };
}
