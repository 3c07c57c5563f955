using System.Collections;
using Engines.GraphQL.Execution.Planning;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution.Running;

/// <summary>
/// Writes the answer in one pass, depth first, over the plan and what was run. A method answers false where a non-null promise broke
/// beneath it; the nearest place that may be null takes back what it has written and writes null.
/// </summary>
internal sealed partial class ResponseWriter(OperationRun run, int maxBytes) : IDisposable
{
    private readonly JsonOutput _output = new() { Maximum = maxBytes };
    private readonly List<GraphQLError> _errors = [];
    // The errors of the answer, with commas between them.
    private JsonOutput? _told;
    private PathStep[] _path = new PathStep[16];
    private int _depth;
    // In a part that is already lost: it is walked only to keep the rows of collected selections in step.
    private int _lost;

    private bool _dataLost;
    private bool _any;
    private bool _finished;

    /// <summary>What is written from.</summary>
    public OperationRun Run => run;

    /// <summary>The errors that were met so far.</summary>
    public IReadOnlyList<GraphQLError> Errors => _errors;

    /// <summary>Puts an error into the answer.</summary>
    public void Tell(GraphQLError error)
    {
        _errors.Add(error);
        ErrorJson.Write(error, Told());
    }

    /// <summary>Opens the answer; then come the root fields one by one, then <see cref="Finish"/>.</summary>
    public void Open() => _output.Raw("{\"data\":{"u8);

    /// <summary>Writes a root field; false when neither its value nor null may stand there.</summary>
    public bool RootField(FieldPlan field)
    {
        Separate();
        _output.Name(field.Name);
        if (Field(field, run.Context, 0)) return true;
        if (_dataLost) return false;
        _dataLost = true;
        // Later mutations still run, so what they answer is told; the rest of a query would not have run.
        if (run.Plan.Operation.Operation != OperationType.Mutation) _lost++;
        return false;
    }

    /// <summary>Completes the answer and hands its buffer over.</summary>
    public SingleResult Finish()
    {
        // What ran has perhaps been committed: its answer is not given up for its last bytes.
        _output.Maximum = int.MaxValue;
        _output.Raw((byte)'}');
        if (_dataLost)
        {
            _output.TruncateTo(0);
            _output.Raw("{\"data\":null"u8);
        }
        if (_told is { Position: > 0 })
        {
            _output.Raw(",\"errors\":["u8);
            _output.Raw(_told.Written.Span);
            _output.Raw((byte)']');
        }
        _told?.Dispose();
        if (run.Cost is { } cost) ErrorJson.WriteCost(cost.Requested, cost.Maximum, _output);
        _output.Raw((byte)'}');
        _finished = true;
        return new SingleResult(_output, ResultKind.Executed, _errors);
    }

    public void Dispose()
    {
        if (_finished) return;
        _output.Dispose();
        _told?.Dispose();
    }

    private bool Selection(SelectionPlan selection, object parent)
    {
        var row = 0;
        if (selection.Collected)
        {
            row = run.NextRow(selection);
            parent = run.Objects[selection.Slot]![row];
        }
        _output.Raw((byte)'{');
        bool any = false, whole = true;
        foreach (var field in run.FieldsOf(selection))
        {
            if (!run.Includes(field)) continue;
            if (any) _output.Raw((byte)',');
            any = true;
            _output.Name(field.Name);
            if (Field(field, parent, row)) continue;
            if (!selection.Collected) return false;
            if (whole) _lost++;
            whole = false;
        }
        if (!whole) _lost--;
        _output.Raw((byte)'}');
        return whole;
    }

    private bool Field(FieldPlan field, object parent, int row)
    {
        if (field.Kind == FieldKind.Typename)
        {
            _output.Raw(field.Typename);
            return true;
        }
        return field.Kind == FieldKind.Leaf ? LeafField(field, parent) : ValueField(field, parent, row);
    }

    private bool LeafField(FieldPlan field, object parent)
    {
        var start = _output.Position;
        var error = run.Blocked(field);
        try
        {
            if (error is null && field.WriteLeaf!(parent, _output)) return true;
            Enter(new PathStep(field.Key, 0));
        }
#pragma warning disable CA1031 // Whatever a getter throws is the error of its field alone.
        catch (Exception e) when (e is not AnswerTooLargeException)
#pragma warning restore CA1031
        {
            _output.TruncateTo(start);
            Enter(new PathStep(field.Key, 0));
            error = Unwritable(e);
        }
        var whole = error is null ? Nothing(field, field.Shape) : Failed(field, field.Shape, error);
        _depth--;
        return whole;
    }

    private bool ValueField(FieldPlan field, object parent, int row)
    {
        var (start, depth, lost) = (_output.Position, _depth, _lost);
        Enter(new PathStep(field.Key, 0));
        bool whole;
        try
        {
            whole = field.Kind switch
            {
                _ when run.Blocked(field) is { } error => Failed(field, field.Shape, error),
                FieldKind.Inline when field.Definition.ShownOnce => Secret(field, field.Read!(parent)),
                FieldKind.Inline => Value(field, field.Shape, run.IsAbsent(field) ? null : field.Read!(parent)),
                _ => Value(field, field.Shape, run.Results[field.Slot] is IReadOnlyList<object?> values ? values[row] : run.Results[field.Slot]),
            };
        }
#pragma warning disable CA1031 // Whatever a getter throws is the error of its field alone.
        catch (Exception e) when (e is not AnswerTooLargeException)
#pragma warning restore CA1031
        {
            TruncateTo(start);
            (_depth, _lost) = (depth + 1, lost);
            if (_lost == 0) Report(run.Failures.Of(e, Path()), field);
            whole = NullOrLost(field.Shape);
        }
        _depth = depth;
        return whole;
    }

    private bool Value(FieldPlan field, ValueShape shape, object? value)
    {
        if (value is null) return Nothing(field, shape);
        if (value is FieldFailure failure) return Failed(field, shape, failure.Error);
        var start = _output.Position;
        var whole = shape.Item is not null ? List(field, shape.Item, value) : field.Selections.Length > 0 ? Object(field, shape, value) : Leaf(field, value);
        if (whole) return true;
        TruncateTo(start);
        return NullOrLost(shape);
    }

    private bool List(FieldPlan field, ValueShape item, object value)
    {
        _output.Raw((byte)'[');
        var whole = true;
        Enter(default);
        if (value is IList list)
        {
            for (var i = 0; i < list.Count; i++)
                if (!Item(field, item, list[i], i, ref whole)) break;
        }
        else if (value is IEnumerable sequence and not string)
        {
            var i = 0;
            foreach (var element in sequence)
                if (!Item(field, item, element, i++, ref whole)) break;
        }
        else
        {
            _depth--;
            return Report(run.Failures.Broken($"Expected a list for {Coordinate(field)}.", Path()), field);
        }
        _depth--;
        if (!whole) _lost--;
        _output.Raw((byte)']');
        return whole;
    }

    // False: nothing more is to be written of the list.
    private bool Item(FieldPlan field, ValueShape item, object? value, int index, ref bool whole)
    {
        if (index > 0) _output.Raw((byte)',');
        _path[_depth - 1] = new PathStep(null, index);
        if (Value(field, item, value)) return true;
        if (whole) _lost++;
        whole = false;
        return field.Collects;
    }

    private bool Object(FieldPlan field, ValueShape shape, object value)
    {
        SelectionPlan? selection;
        try
        {
            selection = field.SelectionFor(value, run.Plan.Schema);
        }
#pragma warning disable CA1031 // A type resolver's failure is the error of this value alone.
        catch (Exception e) when (e is not AnswerTooLargeException)
#pragma warning restore CA1031
        {
            return Report(run.Failures.Of(e, Path()), field);
        }
        if (selection is not null && run.Hidden(selection.Type) is { } hidden) return shape.NonNull ? Report(hidden, field) : Nothing(field, shape);
        return selection is not null ? Selection(selection, value)
            : Report(run.Failures.Broken($"{Coordinate(field)} answered a value of no type of \"{field.Definition.Type.Named.Name}\".", Path()), field);
    }

    private bool Leaf(FieldPlan field, object value)
    {
        try
        {
            if (field.Scalar is { } scalar) scalar.Write(value, _output);
            else if (field.EnumNames!.TryGetValue(value, out var name)) _output.Raw(name);
            else return Report(run.Failures.Broken($"{Coordinate(field)} answered a value that is not in enum \"{field.Definition.Type.Named.Name}\".", Path()), field);
            return true;
        }
#pragma warning disable CA1031 // A value that cannot be written is the error of its place alone.
        catch (Exception e) when (e is not AnswerTooLargeException)
#pragma warning restore CA1031
        {
            return Report(Unwritable(e), field);
        }
    }

    // A result that a scalar refuses is the server's mistake, not the client's.
    private GraphQLError Unwritable(Exception e) => e is InvalidValueException ? run.Failures.Broken(e.Message, Path()) : run.Failures.Of(e, Path());

    private bool Nothing(FieldPlan field, ValueShape shape)
    {
        if (!shape.NonNull)
        {
            _output.Null();
            return true;
        }
        return _lost == 0 && Report(run.Failures.Broken($"Cannot return null for non-nullable field {Coordinate(field)}.", Path()), field);
    }

    private bool Failed(FieldPlan field, ValueShape shape, GraphQLError error)
    {
        Report(error, field);
        return NullOrLost(shape);
    }

    private bool NullOrLost(ValueShape shape)
    {
        if (shape.NonNull) return false;
        _output.Null();
        return true;
    }

    private bool Report(GraphQLError error, FieldPlan field)
    {
        if (_lost == 0) Tell(error with { Path = Path(), Locations = run.LocationsOf(field) });
        return false;
    }

    private static string Coordinate(FieldPlan field) => $"{field.Parent.Name}.{field.Definition.Name}";

    private void Enter(PathStep step)
    {
        if (_depth == _path.Length) Array.Resize(ref _path, _path.Length * 2);
        _path[_depth++] = step;
    }

    private object[] Path()
    {
        var path = new object[_depth];
        for (var i = 0; i < path.Length; i++) path[i] = _path[i].Key ?? (object)_path[i].Index;
        return path;
    }

    /// <param name="Key">Null: a list's index.</param>
    private readonly record struct PathStep(string? Key, int Index);
}
