using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution.Planning;

/// <summary>The spec's CollectFields, for one concrete type, with conditions kept instead of decided.</summary>
internal sealed class FieldCollector(Schema schema, IReadOnlyDictionary<string, FragmentDefinitionNode> fragments, ConditionTable conditions, PlanBudget budget, ObjectType type)
{
    private readonly Dictionary<string, List<FieldOccurrence>> _byKey = new(StringComparer.Ordinal);
    private readonly List<(string Key, List<FieldOccurrence> Occurrences)> _groups = [];
    private Dictionary<string, List<int>>? _visited;
    private int _order;

    /// <summary>The fields by response key, in document order.</summary>
    public IReadOnlyList<(string Key, List<FieldOccurrence> Occurrences)> Groups => _groups;

    public void Collect(SelectionSetNode set, int when)
    {
        foreach (var selection in set.Selections)
        {
            budget.Visit();
            var condition = Condition(selection.Directives, when);
            if (condition == ConditionTable.Never) continue;
            switch (selection)
            {
                case FieldNode node:
                    Add(node, condition);
                    break;
                case InlineFragmentNode inline when inline.TypeCondition is null || Applies(inline.TypeCondition.Name):
                    Collect(inline.SelectionSet, condition);
                    break;
                case FragmentSpreadNode spread when fragments.TryGetValue(spread.Name, out var fragment) && IsNew(spread.Name, condition) && Applies(fragment.TypeCondition.Name):
                    Collect(fragment.SelectionSet, condition);
                    break;
            }
        }
    }

    private void Add(FieldNode node, int condition)
    {
        if (!_byKey.TryGetValue(node.ResponseKey, out var occurrences))
        {
            _byKey.Add(node.ResponseKey, occurrences = []);
            _groups.Add((node.ResponseKey, occurrences));
        }
        occurrences.Add(new FieldOccurrence(node, condition, _order++));
    }

    // A fragment is read again only under a condition that no earlier visit covers: so hostile nests of spreads stay linear.
    private bool IsNew(string fragment, int condition)
    {
        _visited ??= new(StringComparer.Ordinal);
        if (!_visited.TryGetValue(fragment, out var earlier)) _visited.Add(fragment, earlier = []);
        foreach (var other in earlier)
        {
            budget.Visit();
            if (conditions.Implies(condition, other)) return false;
        }
        earlier.Add(condition);
        return true;
    }

    private bool Applies(string condition) => condition == type.Name || (schema.FindType(condition) is { } whole && Schema.IsSubtype(type, whole));

    private int Condition(IReadOnlyList<DirectiveNode> directives, int when)
    {
        foreach (var directive in directives)
        {
            if (directive.Name is not ("skip" or "include")) continue;
            var expected = directive.Name == "include";
            when = directive.Arguments[0].Value switch
            {
                BooleanValueNode literal => literal.Value == expected ? when : ConditionTable.Never,
                VariableNode variable => conditions.And(when, variable.Name, expected),
                _ => ConditionTable.Never,
            };
            if (when == ConditionTable.Never) break;
        }
        return when;
    }
}

/// <summary>How much work a plan may be, whatever the document's fragments multiply to.</summary>
internal sealed class PlanBudget(int maxFields)
{
    private const int VisitsPerField = 10;
    private const int MaxDepth = 200;
    private int _fields;
    private int _visits;

    public void Visit()
    {
        if (++_visits > (long)maxFields * VisitsPerField) throw TooComplex($"The operation has more than {maxFields} fields when its fragments are spread.");
    }

    public void Field(int depth)
    {
        if (++_fields > maxFields) throw TooComplex($"The operation has more than {maxFields} fields when its fragments are spread.");
        if (depth > MaxDepth) throw TooComplex($"The operation is more than {MaxDepth} levels deep.");
    }

    private static GraphQLException TooComplex(string message) => new(message, ErrorCodes.TooComplex);
}
