using System.Runtime.CompilerServices;
using System.Text;
using Engines.GraphQL.Execution.Input;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution.Planning;

/// <summary>Compiles a valid operation into its plan.</summary>
internal sealed class Planner
{
    private static readonly ConditionalWeakTable<EnumType, Dictionary<object, byte[]>> EnumNames = [];

    private readonly Schema _schema;
    private readonly Dictionary<string, FragmentDefinitionNode> _fragments = new(StringComparer.Ordinal);
    private readonly ConditionTable _conditions = new();
    private readonly PlanBudget _budget;
    private int _results, _objects, _arguments;
    private bool _introspects;

    private Planner(Schema schema, DocumentNode document, int maxFields)
    {
        (_schema, _budget) = (schema, new PlanBudget(maxFields));
        foreach (var definition in document.Definitions)
            if (definition is FragmentDefinitionNode fragment) _fragments.TryAdd(fragment.Name, fragment);
    }

    /// <exception cref="GraphQLException">The plan would be too large.</exception>
    public static OperationPlan Plan(Schema schema, DocumentNode document, OperationDefinitionNode operation, int maxFields)
    {
        var planner = new Planner(schema, document, maxFields);
        var root = schema.RootOf(operation.Operation) ?? throw new InvalidOperationException($"The schema has no {operation.Operation}.");
        var selection = planner.Selection(root, [(operation.SelectionSet, ConditionTable.Always)], null, 0);
        return new OperationPlan
        {
            Schema = schema,
            Document = document,
            Operation = operation,
            Root = selection,
            Variables = [.. operation.Variables.Select(v => new VariablePlan(v, schema.Resolve(v.Type) ?? throw new InvalidOperationException($"Variable \"${v.Variable.Name}\" has no type of the schema.")))],
            Conditions = planner._conditions,
            ResultSlots = planner._results,
            ObjectSlots = planner._objects,
            ArgumentSlots = planner._arguments,
            Introspects = planner._introspects,
        };
    }

    private SelectionPlan Selection(ObjectType type, IReadOnlyList<(SelectionSetNode Set, int When)> sources, FieldPlan? above, int depth)
    {
        var collector = new FieldCollector(_schema, _fragments, _conditions, _budget, type);
        foreach (var (set, when) in sources) collector.Collect(set, when);
        var fields = new FieldPlan[collector.Groups.Count];
        for (var i = 0; i < fields.Length; i++) fields[i] = Field(type, collector.Groups[i].Key, collector.Groups[i].Occurrences, above, depth);
        return new SelectionPlan(type, fields, Array.Exists(fields, f => f.Slot >= 0) ? _objects++ : -1);
    }

    private FieldPlan Field(ObjectType type, string key, List<FieldOccurrence> occurrences, FieldPlan? above, int depth)
    {
        _budget.Field(depth);
        var conditions = occurrences.Select(o => o.When).Distinct().ToArray();
        var definition = Definition(type, occurrences[0].Node.Name);
        var field = new FieldPlan(key, definition, type, above, [.. occurrences], conditions.Contains(ConditionTable.Always) ? null : conditions);
        if (definition == Schema.TypeNameField)
        {
            field.Typename = [.. "\""u8, .. Encoding.UTF8.GetBytes(type.Name), .. "\""u8];
            return field;
        }
        Arguments(field);
        if (definition.Type.Named is CompositeType composite) Below(field, composite, conditions, depth);
        else if (definition.Type.Named is EnumType leaf) field.EnumNames = EnumNames.GetValue(leaf, NamesOf);
        Resolver(field);
        return field;
    }

    private void Below(FieldPlan field, CompositeType composite, int[] conditions, int depth)
    {
        // Where all occurrences share one condition, what is below holds it already.
        var sources = field.Occurrences.Where(o => o.Node.SelectionSet is not null)
            .Select(o => (o.Node.SelectionSet!, conditions.Length == 1 ? ConditionTable.Always : o.When)).ToList();
        field.Selections = [.. _schema.PossibleTypes(composite).Select(type => Selection(type, sources, field, depth + 1))];
        field.Collects = Array.Exists(field.Selections, s => s.Collected);
        if (composite is not ObjectType) field.ByType = field.Selections.ToDictionary(s => s.Type);
    }

    private void Resolver(FieldPlan field)
    {
        switch (field.Definition.Resolver)
        {
            case InlineResolver inline:
                field.Read = inline.Read;
                if (field.Selections.Length == 0 && field.Shape.Item is null) field.WriteLeaf = inline.WriteLeaf;
                field.Kind = field.Collects ? FieldKind.Stored : field.WriteLeaf is null ? FieldKind.Inline : FieldKind.Leaf;
                break;
            case null:
                throw new InvalidOperationException($"Field '{field.Parent.Name}.{field.Definition.Name}' has no resolver.");
            default:
                field.Kind = FieldKind.Stored;
                break;
        }
        if (field.Kind == FieldKind.Stored) field.Slot = _results++;
    }

    private void Arguments(FieldPlan field)
    {
        var given = field.Occurrences[0].Node.Arguments;
        if (given.Any(a => VariableLiterals.HoldsVariable(a.Value)))
        {
            field.ArgumentSlot = _arguments++;
            return;
        }
        field.Constants = InputCoercion.Arguments(field.Definition, given, InputCoercion.NoVariables, out var error);
        field.ConstantsError = error;
    }

    private FieldDefinition Definition(ObjectType type, string name)
    {
        var definition = _schema.FindField(type, name) ?? throw new InvalidOperationException($"'{type.Name}' has no field '{name}'.");
        _introspects |= definition == Schema.SchemaField || definition == Schema.TypeField;
        return definition;
    }

    private static Dictionary<object, byte[]> NamesOf(EnumType type)
    {
        var names = new Dictionary<object, byte[]>();
        foreach (var value in type.Values) names.TryAdd(value.Value, [.. "\""u8, .. Encoding.UTF8.GetBytes(value.Name), .. "\""u8]);
        return names;
    }
}
