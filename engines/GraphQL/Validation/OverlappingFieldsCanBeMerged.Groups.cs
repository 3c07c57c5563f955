using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

internal sealed partial class OverlappingFieldsCanBeMerged
{
    /// <summary>A selection's fields by response key, inline fragments included, and the names of the fragments that it spreads.</summary>
    private sealed class FieldGroups
    {
        public OrderedDictionary<string, List<GroupedField>> Fields { get; } = new(StringComparer.Ordinal);
        public List<string> Spreads { get; } = [];
    }

    private readonly record struct GroupedField(CompositeType? Parent, FieldNode Node, FieldDefinition? Definition);

    private sealed record Conflict(string Key, string Reason, IReadOnlyList<FieldNode> First, IReadOnlyList<FieldNode> Second)
    {
        private const int MaxReason = 500;
        private const int MaxNodes = 20;

        /// <summary>The conflict of two fields whose subfields conflict.</summary>
        public static Conflict Above(string key, FieldNode a, FieldNode b, List<Conflict> below)
        {
            var reason = string.Join(" and ", below.Take(MaxNodes).Select(c => $"subfields \"{c.Key}\" conflict because {c.Reason}"));
            return new Conflict(key, reason.Length <= MaxReason ? reason : string.Concat(reason.AsSpan(0, MaxReason), "…"),
                [a, .. below.SelectMany(c => c.First).Take(MaxNodes)], [b, .. below.SelectMany(c => c.Second).Take(MaxNodes)]);
        }
    }

    private FieldGroups? GroupsOfFragment(string name) => Context.Fragments.TryGetValue(name, out var fragment)
        ? GroupsOf(fragment.SelectionSet, Context.Schema.FindType(fragment.TypeCondition.Name) as CompositeType) : null;

    private FieldGroups GroupsOf(SelectionSetNode set, CompositeType? parent)
    {
        if (_groups.TryGetValue(set, out var groups)) return groups;
        _groups[set] = groups = new FieldGroups();
        Collect(set, parent, groups, new HashSet<string>(StringComparer.Ordinal));
        return groups;
    }

    private void Collect(SelectionSetNode set, CompositeType? parent, FieldGroups groups, HashSet<string> spreads)
    {
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    if (!groups.Fields.TryGetValue(field.ResponseKey, out var same)) groups.Fields.Add(field.ResponseKey, same = []);
                    same.Add(new GroupedField(parent, field, parent is null ? null : Context.Schema.FindField(parent, field.Name)));
                    break;
                case FragmentSpreadNode spread:
                    if (spreads.Add(spread.Name)) groups.Spreads.Add(spread.Name);
                    break;
                case InlineFragmentNode inline:
                    Collect(inline.SelectionSet, inline.TypeCondition is { } type ? Context.Schema.FindType(type.Name) as CompositeType : parent, groups, spreads);
                    break;
            }
        }
    }

    private bool SameArguments(FieldNode a, FieldNode b)
    {
        if (a.Arguments.Count != b.Arguments.Count) return false;
        foreach (var argument in a.Arguments)
            if (b.Arguments.FirstOrDefault(o => o.Name == argument.Name) is not { } other || !SameValue(argument.Value, other.Value)) return false;
        return true;
    }

    private bool SameValue(ValueNode a, ValueNode b)
    {
        Spend();
        return (a, b) switch
        {
            (VariableNode x, VariableNode y) => x.Name == y.Name,
            (IntValueNode x, IntValueNode y) => x.Text == y.Text,
            (FloatValueNode x, FloatValueNode y) => x.Text == y.Text,
            (StringValueNode x, StringValueNode y) => x.Value == y.Value,
            (BooleanValueNode x, BooleanValueNode y) => x.Value == y.Value,
            (EnumValueNode x, EnumValueNode y) => x.Name == y.Name,
            (NullValueNode, NullValueNode) => true,
            (ListValueNode x, ListValueNode y) => x.Items.Count == y.Items.Count && x.Items.Zip(y.Items).All(p => SameValue(p.First, p.Second)),
            (ObjectValueNode x, ObjectValueNode y) => x.Fields.Count == y.Fields.Count
                && x.Fields.All(f => y.Fields.FirstOrDefault(o => o.Name == f.Name) is { } other && SameValue(f.Value, other.Value)),
            _ => false,
        };
    }
}
