using Engines.GraphQL.Execution.Idempotency;
using Engines.GraphQL.Execution.Planning;
using Engines.GraphQL.Execution.Running;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution;

public sealed partial class RequestExecutor
{
    /// <summary>Root fields in their order: each as it comes, each in a unit with its answer (when there is a key), or all in one unit.</summary>
    private async ValueTask<SingleResult> MutateAsync(OperationRun run, GraphQLRequest request, RequestScope scope)
    {
        AnswerStore? answers = null;
        if (scope.Answers is { } answersOf)
        {
            var (key, refusal) = await RequestKeys.OfAsync(request, run.Plan, run.Context.Cancel);
            if (key is not null && (answers = answersOf(run.Context, key)) is null) refusal = RequestKeys.Bad("An idempotency key needs a caller to whom it belongs.");
            if (refusal is not null) return SingleResult.Refused([refusal], ResultKind.KeyRefused);
        }
        if (IsAtomic(run.Plan.Operation, scope)) return await ExecuteAtomicAsync(run, scope, answers);
        return answers is null ? await ExecutePlainAsync(run) : await ExecuteKeyedAsync(run, scope, answers);
    }

    private async ValueTask<SingleResult> ExecutePlainAsync(OperationRun run)
    {
        using var writer = new ResponseWriter(run, options.MaxAnswerBytes);
        var levels = new LevelRunner(run);
        writer.Open();
        foreach (var field in Roots(run))
        {
            // Each mutation is written before the next one may change what it answered.
            await levels.RunAsync(field);
            writer.RootField(field);
        }
        return writer.Finish();
    }

    private static FieldPlan[] Roots(OperationRun run) => Array.FindAll(run.FieldsOf(run.Plan.Root), run.Includes);

    /// <summary>Whether a root field does anything, so that its answer is worth keeping.</summary>
    private static bool Runs(OperationRun run, FieldPlan field) => field.Slot >= 0 && run.Blocked(field) is null;

    /// <summary>A root field's own result, if it failed without saying so as data.</summary>
    private static FieldFailure? FailureOf(OperationRun run, FieldPlan field) => field.Slot < 0 ? null : Answer(run, field) as FieldFailure;

    private static object? Answer(OperationRun run, FieldPlan field) => run.Results[field.Slot] is IReadOnlyList<object?> and [var only] ? only : run.Results[field.Slot];

    /// <summary>What a root field answers whose unit threw this.</summary>
    private static object Thrown(OperationRun run, FieldPlan field, UnitOfWork unit, Exception e) =>
        run.Context.Cancel.IsCancellationRequested ? new FieldFailure(Failures.TimedOut)
        : unit.Failed(field.Definition, run.Context, e) ?? new FieldFailure(run.Failures.Of(e, field.Path()));

    /// <summary>The server's failures: the same may succeed later.</summary>
    private static bool IsFault(GraphQLError error) => error.Code is ErrorCodes.Internal or ErrorCodes.Timeout or ErrorCodes.StorageFull;

    private ValueTask KeepAsync(AnswerStore answers, int ordinal, KeptAnswer answer, CancellationToken cancel) => answer.Field.Length <= options.MaxKeptAnswerBytes
        ? answers.KeepAsync(ordinal, answer, cancel)
        : throw new AnswerTooLargeException(options.MaxKeptAnswerBytes);

    private static SingleResult KeyReused() => SingleResult.Refused([s_keyReused], ResultKind.KeyRefused);

    private static readonly GraphQLError s_keyReused = new($"The '{RequestKeys.Header}' was given to another request.", ErrorCodes.IdempotencyKeyReused);

    private static SingleResult AsReplayed(SingleResult result)
    {
        result.Headers["Idempotency-Replayed"] = "true";
        return result;
    }
}
