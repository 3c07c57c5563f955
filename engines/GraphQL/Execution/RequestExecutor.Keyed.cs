using Engines.GraphQL.Execution.Idempotency;
using Engines.GraphQL.Execution.Planning;
using Engines.GraphQL.Execution.Running;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution;

public sealed partial class RequestExecutor
{
    /// <summary>Each root field is committed together with its answer. One that was answered under the key before answers the same; the others run, in their order.</summary>
    private async ValueTask<SingleResult> ExecuteKeyedAsync(OperationRun run, RequestScope scope, AnswerStore answers)
    {
        using var writer = new ResponseWriter(run, options.MaxAnswerBytes);
        writer.Open();
        var known = KeptAnswer.None;
        bool asked = false, ran = false;
        foreach (var (ordinal, field) in Roots(run).Index())
        {
            if (!Runs(run, field)) writer.RootField(field);
            else if (known.TryGetValue(ordinal, out var kept)) writer.Splice(kept);
            else
            {
                await using var unit = scope.UnitOfWork!(run.Context);
                var found = await RunKeyedAsync(writer, field, ordinal, unit, answers);
                if (found is null && !asked) return KeyReused();
                asked = true;
                ran |= found?.ContainsKey(ordinal) != true;
                known = found ?? known;
            }
        }
        var result = writer.Finish();
        return asked && !ran ? AsReplayed(result) : result;
    }

    /// <summary>
    /// Writes one root field, as it was answered before or after its commit. What fails otherwise than as data leaves nothing, and may be tried again. Answers
    /// what was kept before; null when the key is another request's.
    /// </summary>
    private async ValueTask<IReadOnlyDictionary<int, KeptAnswer>?> RunKeyedAsync(ResponseWriter writer, FieldPlan field, int ordinal, UnitOfWork unit, AnswerStore answers)
    {
        var start = writer.Here;
        while (true)
        {
            var (run, known, failure) = (writer.Run, KeptAnswer.None, default(object));
            try
            {
                await unit.BeginAsync(run.Context.Cancel);
                if (await answers.FindAsync(ordinal, run.Context.Cancel) is not { } found)
                {
                    failure = new FieldFailure(s_keyReused);
                    known = null;
                }
                else if ((known = found).TryGetValue(ordinal, out var kept))
                {
                    writer.Splice(kept);
                    return known;
                }
                else
                {
                    await new LevelRunner(run).RunAsync(field);
                    if (!unit.MustRepeat && (failure = Written(writer, field, answers)) is null)
                    {
                        await KeepAsync(answers, ordinal, writer.Since(start), run.Context.Cancel);
                        await unit.CommitAsync(run.Context.Cancel);
                        return known;
                    }
                }
            }
            catch (Exception) when (run.Client.IsCancellationRequested)
            {
                throw new OperationCanceledException(run.Client);
            }
#pragma warning disable CA1031 // As for a resolver: whatever the host throws while it begins, keeps or commits is the error of the field, or a conflict.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (!unit.MustRepeat) failure = Thrown(run, field, unit, e);
            }
            writer.TakeBack(start, run.Again());
            if (unit.MustRepeat) continue;
            await unit.UndoAsync();
            await new LevelRunner(writer.Run).RunAsync(field, failure);
            writer.RootField(field);
            return known;
        }
    }

    /// <summary>Writes what a root field answers; null when it may be committed and given again, else what it is to answer after it has been undone.</summary>
    private static object? Written(ResponseWriter writer, FieldPlan field, AnswerStore answers)
    {
        var told = writer.Errors.Count;
        if (FailureOf(writer.Run, field) is { } failure) return failure;
        var whole = writer.RootField(field);
        var answer = Answer(writer.Run, field);
        if (!answers.IsFinal(answer)) return answer;
        // Of what is undone, no part may be shown: its error stands for all of it.
        var error = writer.Errors.Skip(told).FirstOrDefault(IsFault) ?? (whole ? null : writer.Errors[told]);
        return error is null ? null : new FieldFailure(error);
    }
}
