using System.Collections;
using Engines.GraphQL.Execution.Planning;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution.Running;

/// <summary>
/// Runs a plan level by level: each field that needs work once for all its parents. The objects of a selection are collected in the order of
/// their parents, which is the order in which the writer, going depth first, will meet them.
/// </summary>
internal sealed class LevelRunner(OperationRun run)
{
    private List<SelectionPlan> _level = [];
    private List<SelectionPlan> _next = [];

    /// <summary>Whether what may go well a second time is thrown, instead of being the error of its field.</summary>
    public bool IsFirstTry { get; init; }

    /// <summary>Runs all root fields, then everything below.</summary>
    public async ValueTask RunAsync()
    {
        if (!run.Plan.Root.Collected) return;
        _next.Add(run.Plan.Root);
        await DescendAsync();
    }

    /// <summary>Runs one root field and everything below it.</summary>
    public async ValueTask RunAsync(FieldPlan rootField)
    {
        if (rootField.Slot < 0) return;
        await RunAsync(rootField, run.Objects[run.Plan.Root.Slot]!);
        await DescendAsync();
    }

    /// <summary>Takes a value as a root field's result and runs everything below it.</summary>
    public async ValueTask RunAsync(FieldPlan rootField, object? value)
    {
        Keep(rootField, [value]);
        await DescendAsync();
    }

    private async ValueTask DescendAsync()
    {
        while (_next.Count > 0)
        {
            (_level, _next) = (_next, _level);
            foreach (var selection in _level)
            {
                // The fields of a level are independent of each other; one after the other, since a host may have a single database context.
                foreach (var field in selection.Stored)
                    if (run.Includes(field)) await RunAsync(field, run.Objects[selection.Slot]!);
            }
            _level.Clear();
        }
    }

    private async ValueTask RunAsync(FieldPlan field, List<object> parents)
    {
        if (run.Blocked(field) is not null || run.IsAbsent(field)) return;
        run.Client.ThrowIfCancellationRequested();
        if (field.Read is { } read) Keep(field, Read(field, read, parents));
        else if (run.Context.Cancel.IsCancellationRequested) run.Results[field.Slot] = new FieldFailure(Failures.TimedOut);
        else if (await ResolveAsync(field, parents) is { } values) Keep(field, values);
    }

    private async ValueTask<IReadOnlyList<object?>?> ResolveAsync(FieldPlan field, List<object> parents)
    {
        try
        {
            var resolver = (field.Definition.Resolver as StreamResolver)?.AsValue ?? (BatchResolver)field.Definition.Resolver!;
            var batch = run.Batch(field, parents);
            if (!resolver.RunsMutation && field.Parent == run.Plan.Schema.Mutation && parents[0] == run.Context)
                return [await run.Context.RunMutation(batch, async () => Checked(field, parents, await resolver.Resolve(batch))[0])];
            return Checked(field, parents, await resolver.Resolve(batch));
        }
        catch (Exception) when (run.Client.IsCancellationRequested)
        {
            throw new OperationCanceledException(run.Client);
        }
#pragma warning disable CA1031 // Whatever a resolver throws is the error of its field alone; once the deadline has passed, it is that.
        catch (Exception) when (run.Context.Cancel.IsCancellationRequested)
        {
            run.Results[field.Slot] = new FieldFailure(Failures.TimedOut);
        }
        catch (Exception e) when (!IsFirstTry || !run.Failures.MayPass(e))
#pragma warning restore CA1031
        {
            run.Results[field.Slot] = new FieldFailure(run.Failures.Of(e, field.Path()));
        }
        return null;
    }

    private static IReadOnlyList<object?> Checked(FieldPlan field, List<object> parents, IReadOnlyList<object?> values) => values?.Count == parents.Count
        ? values
        : throw new InvalidOperationException($"{field.Parent.Name}.{field.Definition.Name} answered {values?.Count ?? 0} values for {parents.Count} parents.");

    private object?[] Read(FieldPlan field, Func<object, object?> read, List<object> parents)
    {
        var values = new object?[parents.Count];
        for (var i = 0; i < values.Length; i++)
        {
            try
            {
                values[i] = read(parents[i]);
            }
#pragma warning disable CA1031 // Whatever a getter throws is the error of its field alone.
            catch (Exception e)
#pragma warning restore CA1031
            {
                values[i] = new FieldFailure(run.Failures.Of(e, field.Path()));
            }
        }
        return values;
    }

    private void Keep(FieldPlan field, IReadOnlyList<object?> values)
    {
        if (field.Collects)
        {
            if (field.Shape.Item is not null) values = Settled(field, values);
            foreach (var value in values) Collect(field, field.Shape, value);
        }
        run.Results[field.Slot] = values;
    }

    private void Collect(FieldPlan field, ValueShape shape, object? value)
    {
        if (value is null or FieldFailure) return;
        if (shape.Item is { } item)
        {
            if (value is not IList list) return;
            for (var i = 0; i < list.Count; i++) Collect(field, item, list[i]);
            return;
        }
        if (TypeOf(field, value) is not { Collected: true } selection || run.Hidden(selection.Type) is not null) return;
        ref var objects = ref run.Objects[selection.Slot];
        objects ??= [];
        if (objects.Count == 0) _next.Add(selection);
        objects.Add(value);
    }

    private SelectionPlan? TypeOf(FieldPlan field, object value)
    {
        try
        {
            return field.SelectionFor(value, run.Plan.Schema);
        }
#pragma warning disable CA1031 // The writer asks again and reports it where it belongs.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    // Lists are walked twice, here and by the writer: a sequence that is made while it is read must be read once.
    private IReadOnlyList<object?> Settled(FieldPlan field, IReadOnlyList<object?> values)
    {
        object?[]? settled = null;
        for (var i = 0; i < values.Count; i++)
        {
            var value = Settled(field, field.Shape, values[i]);
            if (ReferenceEquals(value, values[i])) continue;
            settled ??= [.. values];
            settled[i] = value;
        }
        return settled ?? values;
    }

    private object? Settled(FieldPlan field, ValueShape shape, object? value)
    {
        if (value is null or string or FieldFailure || shape.Item is not { } item) return value;
        if (value is IList && item.Item is null) return value;
        try
        {
            return value is IEnumerable sequence ? sequence.Cast<object?>().Select(v => Settled(field, item, v)).ToArray() : value;
        }
#pragma warning disable CA1031 // Whatever a sequence throws is the error of its field alone.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new FieldFailure(run.Failures.Of(e, field.Path()));
        }
    }
}
