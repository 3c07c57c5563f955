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
    private async ValueTask<SingleResult> ExecuteAtomicAsync(OperationRun run, RequestScope scope)
    {
        await using var unit = scope.UnitOfWork!(run.Context);
        var roots = Array.FindAll(run.FieldsOf(run.Plan.Root), run.Includes);
        if (roots.Length == 0) return await AnswerUndoneAsync(run, roots, unit, []);
        // One that may not run at all fails the whole before anything runs.
        if (Array.Find(roots, f => run.Blocked(f) is not null) is { } blocked) return await AnswerUndoneAsync(run, roots, unit, new() { [blocked] = default });
        while (true)
        {
            var failures = new Dictionary<FieldPlan, AtomicFailure>();
            if (await TryAsync(run, roots, unit, failures) is { } answer) return answer;
            var repeat = unit.MustRepeat;
            run = Afresh(run);
            if (repeat) continue;
            await unit.UndoAsync();
            return await AnswerUndoneAsync(run, roots, unit, failures);
        }
    }

    /// <summary>The answer when everything is committed; null when it is not, for the failures or because it must be repeated.</summary>
    private async ValueTask<SingleResult?> TryAsync(OperationRun run, FieldPlan[] roots, UnitOfWork unit, Dictionary<FieldPlan, AtomicFailure> failures)
    {
        var at = roots[0];
        try
        {
            await unit.BeginAsync(run.Context.Cancel);
            using var writer = new ResponseWriter(run, options.MaxAnswerBytes);
            var levels = new LevelRunner(run);
            writer.Open();
            foreach (var field in roots)
            {
                at = field;
                await levels.RunAsync(field);
                if (unit.MustRepeat) return null;
                var told = writer.Errors.Count;
                writer.RootField(field);
                if (FailureOf(run, field, unit, writer.Errors, told) is not { } failure) continue;
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
            if (!unit.MustRepeat)
                failures[at] = new AtomicFailure(new FieldFailure(run.Context.Cancel.IsCancellationRequested ? Failures.TimedOut : run.Failures.Of(e, at.Path())), []);
            return null;
        }
    }

    private static AtomicFailure? FailureOf(OperationRun run, FieldPlan field, UnitOfWork unit, IReadOnlyList<GraphQLError> errors, int told)
    {
        if (field.Slot < 0) return null;
        var answer = run.Results[field.Slot];
        if (answer is FieldFailure || (answer is IReadOnlyList<object?> and [var only] && (answer = only) is FieldFailure)) return new(answer, []);
        if (unit.HasFailed(answer)) return new(answer, []);
        return errors.Count > told ? new(null, [.. errors.Skip(told)]) : null;
    }

    private async ValueTask<SingleResult> AnswerUndoneAsync(OperationRun run, FieldPlan[] roots, UnitOfWork unit, Dictionary<FieldPlan, AtomicFailure> failures)
    {
        using var writer = new ResponseWriter(run, options.MaxAnswerBytes);
        var levels = new LevelRunner(run);
        var cause = Array.Find(roots, failures.ContainsKey)?.Key ?? "";
        writer.Open();
        foreach (var field in roots)
        {
            var failure = failures.GetValueOrDefault(field);
            if (field.Slot >= 0 && run.Blocked(field) is null) await levels.RunAsync(field, failure.Answer ?? unit.Undone(field.Definition, run.Context, cause));
            writer.RootField(field);
            // What is read again fails again, perhaps.
            writer.Tell((failure.Errors ?? []).Where(e => !writer.Errors.Any(told => told.Message == e.Message && told.Path!.SequenceEqual(e.Path!))).ToList());
        }
        return writer.Finish();
    }

    private OperationRun Afresh(OperationRun run)
    {
        var again = new OperationRun(run.Plan, run.Context, run.Variables, run.Failures, run.Client) { ReportsCost = run.ReportsCost };
        _ = Refuse(again, out _);
        return again;
    }

    /// <param name="Answer">What the field itself answers: its typed errors, or that it failed. Null: something below it failed, so that its own answer is undone too.</param>
    /// <param name="Errors">The errors below it.</param>
    private readonly record struct AtomicFailure(object? Answer, IReadOnlyList<GraphQLError>? Errors);
}
