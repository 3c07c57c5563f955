using Engines.GraphQL.Execution.Idempotency;
using Engines.GraphQL.Execution.Planning;
using Engines.GraphQL.Execution.Running;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution;

public sealed partial class RequestExecutor
{
    private bool IsAtomic(OperationDefinitionNode operation, RequestScope scope)
    {
        if (operation.Operation is not OperationType.Mutation || operation.Directives.All(d => d.Name != AtomicDirective.Name)) return false;
        if (scope.UnitOfWork is not null) return true;
        return schema.FindDirective(AtomicDirective.Name) != AtomicDirective.Definition
            ? false
            : throw new InvalidOperationException("The schema has @atomic, but the host gives no units of work.");
    }

    /// <summary>All root fields in one unit of work. The answer is kept back until the commit; if there is none, another one is written.</summary>
    private async ValueTask<SingleResult> ExecuteAtomicAsync(OperationRun run, RequestScope scope, AnswerStore? answers)
    {
        await using var unit = scope.UnitOfWork!(run.Context);
        var roots = Roots(run);
        if (roots.Length == 0) return await AnswerUndoneAsync(run, roots, unit, [], null);
        // One that may not run at all fails the whole before anything runs.
        if (Array.Find(roots, f => run.Blocked(f) is not null) is { } blocked) return await AnswerUndoneAsync(run, roots, unit, new() { [blocked] = default }, null);
        while (true)
        {
            var failures = new Dictionary<FieldPlan, AtomicFailure>();
            if (await TryAsync(run, roots, unit, failures, answers) is { } answer) return answer;
            var repeat = unit.MustRepeat;
            run = run.Again();
            if (repeat) continue;
            await unit.UndoAsync();
            return await AnswerUndoneAsync(run, roots, unit, failures, answers);
        }
    }

    /// <summary>The answer when everything is committed, now or before; null when it is not, for the failures or because it must be repeated.</summary>
    private async ValueTask<SingleResult?> TryAsync(OperationRun run, FieldPlan[] roots, UnitOfWork unit, Dictionary<FieldPlan, AtomicFailure> failures, AnswerStore? answers)
    {
        var at = roots[0];
        try
        {
            await unit.BeginAsync(run.Context.Cancel);
            if (answers is not null && await AnsweredAsync(run, roots, answers) is { } answered) return answered;
            using var writer = new ResponseWriter(run, options.MaxAnswerBytes);
            var levels = new LevelRunner(run);
            writer.Open();
            foreach (var (ordinal, field) in roots.Index())
            {
                at = field;
                await levels.RunAsync(field);
                if (unit.MustRepeat) return null;
                var start = writer.Here;
                writer.RootField(field);
                if (FailureOf(run, field, unit, writer.Errors, start.Errors) is not { } failure)
                {
                    if (answers is not null && failures.Count == 0 && Runs(run, field)) await KeepAsync(answers, ordinal, writer.Since(start), run.Context.Cancel);
                    continue;
                }
                failures.Add(field, failure);
                // What went wrong otherwise than foreseen may have broken more than this field.
                if (failure.Answer is FieldFailure) return null;
                await unit.UndoFieldAsync();
            }
            if (failures.Count > 0) return null;
            await unit.CommitAsync(run.Context.Cancel);
            return writer.Finish();
        }
        catch (Exception) when (run.Client.IsCancellationRequested)
        {
            throw new OperationCanceledException(run.Client);
        }
#pragma warning disable CA1031 // As for a resolver: whatever the host throws while it begins, undoes or commits is the error of the field where it is, or a conflict.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!unit.MustRepeat) failures[at] = new AtomicFailure(Thrown(run, at, unit, e), []);
            return null;
        }
    }

    private static AtomicFailure? FailureOf(OperationRun run, FieldPlan field, UnitOfWork unit, IReadOnlyList<GraphQLError> errors, int told)
    {
        if (field.Slot < 0) return null;
        if (Answer(run, field) is var answer && (answer is FieldFailure || unit.HasFailed(answer))) return new(answer, []);
        return errors.Count > told ? new(null, [.. errors.Skip(told)]) : null;
    }

    private async ValueTask<SingleResult> AnswerUndoneAsync(
        OperationRun run, FieldPlan[] roots, UnitOfWork unit, Dictionary<FieldPlan, AtomicFailure> failures, AnswerStore? answers)
    {
        using var writer = new ResponseWriter(run, options.MaxAnswerBytes);
        var levels = new LevelRunner(run);
        var cause = Array.Find(roots, failures.ContainsKey)?.Key ?? "";
        var whole = true;
        var parts = new List<(int Ordinal, KeptAnswer Answer)>();
        writer.Open();
        foreach (var (ordinal, field) in roots.Index())
        {
            var start = writer.Here;
            var failure = failures.GetValueOrDefault(field);
            if (field.Slot >= 0 && run.Blocked(field) is null) await levels.RunAsync(field, failure.Answer ?? unit.Undone(field.Definition, run.Context, cause));
            whole &= writer.RootField(field);
            // What is read again fails again, perhaps.
            foreach (var error in failure.Errors ?? [])
                if (!writer.Errors.Any(told => told.Message == error.Message && told.Path!.SequenceEqual(error.Path!))) writer.Tell(error);
            if (answers is not null && Runs(run, field)) parts.Add((ordinal, writer.Since(start)));
        }
        var isFinal = answers is not null && whole && !writer.Errors.Any(IsFault) && failures.Values.All(f => f.Answer is not FieldFailure && answers.IsFinal(f.Answer));
#pragma warning disable CA2000 // Whoever asked disposes of the answer.
        return (isFinal ? await KeepUndoneAsync(run.Again(), roots, parts, unit, answers!) : null) ?? writer.Finish();
#pragma warning restore CA2000
    }

    /// <summary>What all root fields answered under the key before; null when they have not.</summary>
    private async ValueTask<SingleResult?> AnsweredAsync(OperationRun run, FieldPlan[] roots, AnswerStore answers)
    {
        if (await answers.FindAsync(0, run.Context.Cancel) is not { } known) return KeyReused();
        if (known.Count == 0) return null;
        using var writer = new ResponseWriter(run, options.MaxAnswerBytes);
        writer.Open();
        foreach (var (ordinal, field) in roots.Index())
        {
            if (known.TryGetValue(ordinal, out var kept)) writer.Splice(kept);
            else writer.RootField(field);
        }
        return AsReplayed(writer.Finish());
    }

    /// <summary>Keeps the answer of what is undone in a unit of its own; answers what somebody else has kept meanwhile, if so.</summary>
    private async ValueTask<SingleResult?> KeepUndoneAsync(
        OperationRun run, FieldPlan[] roots, List<(int Ordinal, KeptAnswer Answer)> parts, UnitOfWork unit, AnswerStore answers)
    {
        try
        {
            await unit.BeginAsync(run.Context.Cancel);
            if (await AnsweredAsync(run, roots, answers) is { } earlier) return earlier;
            foreach (var (ordinal, answer) in parts) await KeepAsync(answers, ordinal, answer, run.Context.Cancel);
            await unit.CommitAsync(run.Context.Cancel);
        }
        catch (Exception) when (run.Client.IsCancellationRequested)
        {
            throw new OperationCanceledException(run.Client);
        }
#pragma warning disable CA1031 // Nothing has happened, which is answered; that it is not kept lets the same be asked again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _ = run.Failures.Of(e, []);
        }
        return null;
    }

    /// <param name="Answer">What the field itself answers: its typed errors, or that it failed. Null: something below it failed, so that its own answer is undone too.</param>
    /// <param name="Errors">The errors below it.</param>
    private readonly record struct AtomicFailure(object? Answer, IReadOnlyList<GraphQLError>? Errors);
}
