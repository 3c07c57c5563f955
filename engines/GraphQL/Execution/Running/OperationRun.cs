using Engines.GraphQL.Execution.Planning;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution.Running;

/// <summary>One execution of a plan: everything that differs from the next request.</summary>
internal sealed class OperationRun
{
    private readonly bool[]? _conditions;
    private readonly InputFields?[] _arguments;
    private readonly int[] _rows;
    private Dictionary<FieldPlan, GraphQLError>? _blocked;
    private HashSet<FieldPlan>? _absent;
    private Dictionary<ObjectType, GraphQLError>? _hidden;
    private Dictionary<SelectionPlan, FieldPlan[]>? _reordered;

    public OperationRun(OperationPlan plan, RequestContext context, IReadOnlyDictionary<string, object?> variables, Failures failures, CancellationToken client)
    {
        (Plan, Context, Variables, Failures, Client) = (plan, context, variables, failures, client);
        _conditions = plan.Conditions.Decide(variables);
        _arguments = plan.ArgumentSlots == 0 ? [] : new InputFields?[plan.ArgumentSlots];
        Results = new object?[plan.ResultSlots];
        Objects = new List<object>?[plan.ObjectSlots];
        _rows = new int[plan.ObjectSlots];
        if (plan.Root.Collected) Objects[plan.Root.Slot] = [context];
    }

    private OperationRun(OperationRun before) : this(before.Plan, before.Context, before.Variables, before.Failures, before.Client)
    {
        (_arguments, _blocked, ReportsCost, Cost) = (before._arguments, before._blocked, before.ReportsCost, before.Cost);
    }

    /// <summary>The same from its start, decided as it was: nothing of it has run.</summary>
    public OperationRun Again() => new(this);

    public OperationPlan Plan { get; }
    public RequestContext Context { get; }
    public IReadOnlyDictionary<string, object?> Variables { get; }
    public Failures Failures { get; }
    /// <summary>Ends when the client leaves; the context's token also when the deadline passes.</summary>
    public CancellationToken Client { get; }

    /// <summary>Whether the answer shall say what it cost.</summary>
    public bool ReportsCost { get; init; }
    public (double Requested, double Maximum)? Cost { get; set; }

    /// <summary>By a field's slot: one value a parent (<c>IReadOnlyList&lt;object?&gt;</c>), or a <see cref="FieldFailure"/> for all of them.</summary>
    public object?[] Results { get; }
    /// <summary>By a selection's slot: its objects in the order in which the writer comes by.</summary>
    public List<object>?[] Objects { get; }

    /// <summary>Whether this request includes a field, given that its parent is included.</summary>
    public bool Includes(FieldPlan field)
    {
        if (field.When is not { } when) return true;
        foreach (var set in when)
            if (_conditions![set]) return true;
        return false;
    }

    /// <summary>The fields of a selection in the order of this request's answer; those that it excludes may be among them.</summary>
    public FieldPlan[] FieldsOf(SelectionPlan selection)
    {
        if (!selection.Reorders) return selection.Fields;
        if ((_reordered ??= []).TryGetValue(selection, out var known)) return known;
        var fields = Array.FindAll(selection.Fields, Includes);
        Array.Sort(Array.ConvertAll(fields, f => Array.Find(f.Occurrences, o => o.When == ConditionTable.Always || _conditions![o.When]).Order), fields);
        return _reordered[selection] = fields;
    }

    public InputFields ArgumentsOf(FieldPlan field) => field.Constants ?? _arguments[field.ArgumentSlot]!;
    public void SetArguments(FieldPlan field, InputFields arguments) => _arguments[field.ArgumentSlot] = arguments;

    /// <summary>Keeps a field from running; it answers the error instead.</summary>
    public void Block(FieldPlan field, GraphQLError error) => (_blocked ??= []).TryAdd(field, error);
    public GraphQLError? Blocked(FieldPlan field) => _blocked?.GetValueOrDefault(field);

    /// <summary>Keeps a field from running; it answers null, as if there were nothing.</summary>
    public void Omit(FieldPlan field) => (_absent ??= []).Add(field);
    public bool IsAbsent(FieldPlan field) => _absent?.Contains(field) is true;

    /// <summary>Leaves objects of a type out wherever an interface or union could show them.</summary>
    public void Hide(ObjectType type, GraphQLError why) => (_hidden ??= [])[type] = why;
    /// <summary>Why objects of a type are left out; null: they are not.</summary>
    public GraphQLError? Hidden(ObjectType type) => _hidden?.GetValueOrDefault(type);

    /// <summary>The writer's next object at a collected selection.</summary>
    public int NextRow(SelectionPlan selection) => _rows[selection.Slot]++;

    public IReadOnlyList<Language.SourceLocation> LocationsOf(FieldPlan field) => field.Locations(Plan.Document, _conditions);

    public BatchContext Batch(FieldPlan field, IReadOnlyList<object> parents) =>
        new(Context, field.Definition, parents, ArgumentsOf(field), new PlannedSelection(this, [field]));
}
