using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

/// <summary>
/// Fields that answer under one key must be the same field with the same arguments, or lie on objects of different types and still have one shape.
/// Pairs of fields are compared; a fragment is compared with each other fragment and each selection once.
/// </summary>
internal sealed partial class OverlappingFieldsCanBeMerged(ValidationContext context) : ValidationRule(context)
{
    /// <summary>Deeper than nesting lets any document go, unless its fragments spread each other in a ring: then it is refused for that anyway.</summary>
    private const int MaxDepth = 1_000;

    private readonly Dictionary<SelectionSetNode, FieldGroups> _groups = [];
    private readonly Dictionary<(string, string), bool> _comparedFragments = [];
    private readonly Dictionary<(FieldGroups, string), bool> _comparedWithFragment = [];
    private int _budget = context.Options.MaxComparisons;
    private int _depth;

    public override void EnterSelectionSet(SelectionSetNode set)
    {
        if (set.Selections is [FieldNode or FragmentSpreadNode]) return;
        foreach (var conflict in Within(GroupsOf(set, Context.ParentType)))
            Report($"Fields \"{conflict.Key}\" conflict because {conflict.Reason}. Use different aliases on the fields to fetch both if this was intentional.",
                [.. conflict.First.Concat(conflict.Second).Select(f => f.Span)]);
    }

    private List<Conflict> Within(FieldGroups groups)
    {
        var conflicts = new List<Conflict>();
        foreach (var (key, fields) in groups.Fields)
            for (var i = 0; i < fields.Count; i++)
                for (var j = i + 1; j < fields.Count; j++)
                    Compare(key, fields[i], fields[j], exclusive: false, conflicts);
        for (var i = 0; i < groups.Spreads.Count; i++)
        {
            BetweenFieldsAndFragment(groups, groups.Spreads[i], exclusive: false, conflicts);
            for (var j = i + 1; j < groups.Spreads.Count; j++) BetweenFragments(groups.Spreads[i], groups.Spreads[j], exclusive: false, conflicts);
        }
        return conflicts;
    }

    private void BetweenFieldsAndFragment(FieldGroups groups, string name, bool exclusive, List<Conflict> conflicts)
    {
        if (groups.Fields.Count == 0 || !IsNew(_comparedWithFragment, (groups, name), exclusive) || GroupsOfFragment(name) is not { } other || ReferenceEquals(groups, other)) return;
        if (++_depth <= MaxDepth)
        {
            Between(groups, other, exclusive, conflicts);
            foreach (var spread in other.Spreads) BetweenFieldsAndFragment(groups, spread, exclusive, conflicts);
        }
        _depth--;
    }

    private void BetweenFragments(string first, string second, bool exclusive, List<Conflict> conflicts)
    {
        if (first == second || !IsNew(_comparedFragments, string.CompareOrdinal(first, second) < 0 ? (first, second) : (second, first), exclusive)) return;
        if (GroupsOfFragment(first) is not { } a || GroupsOfFragment(second) is not { } b) return;
        if (++_depth <= MaxDepth)
        {
            Between(a, b, exclusive, conflicts);
            foreach (var spread in b.Spreads) BetweenFragments(first, spread, exclusive, conflicts);
            foreach (var spread in a.Spreads) BetweenFragments(spread, second, exclusive, conflicts);
        }
        _depth--;
    }

    private void Between(FieldGroups first, FieldGroups second, bool exclusive, List<Conflict> conflicts)
    {
        foreach (var (key, fields) in first.Fields)
        {
            Spend();
            if (!second.Fields.TryGetValue(key, out var others)) continue;
            foreach (var a in fields)
                foreach (var b in others) Compare(key, a, b, exclusive, conflicts);
        }
    }

    private void Compare(string key, GroupedField a, GroupedField b, bool exclusive, List<Conflict> conflicts)
    {
        Spend();
        // Objects of different types are never one object: their fields need only have one shape.
        exclusive |= a.Parent is ObjectType && b.Parent is ObjectType && !ReferenceEquals(a.Parent, b.Parent);
        if (!exclusive && a.Node.Name != b.Node.Name)
            conflicts.Add(new Conflict(key, $"\"{a.Node.Name}\" and \"{b.Node.Name}\" are different fields", [a.Node], [b.Node]));
        else if (!exclusive && !SameArguments(a.Node, b.Node))
            conflicts.Add(new Conflict(key, "they have differing arguments", [a.Node], [b.Node]));
        else if (a.Definition?.Type is { } typeA && b.Definition?.Type is { } typeB && HaveOtherShape(typeA, typeB))
            conflicts.Add(new Conflict(key, $"they return conflicting types \"{typeA}\" and \"{typeB}\"", [a.Node], [b.Node]));
        else if (a.Node.SelectionSet is { } setA && b.Node.SelectionSet is { } setB)
        {
            var below = BetweenSelections(GroupsOf(setA, a.Definition?.Type.Named as CompositeType), GroupsOf(setB, b.Definition?.Type.Named as CompositeType), exclusive);
            if (below.Count > 0) conflicts.Add(Conflict.Above(key, a.Node, b.Node, below));
        }
    }

    private List<Conflict> BetweenSelections(FieldGroups a, FieldGroups b, bool exclusive)
    {
        var conflicts = new List<Conflict>();
        if (++_depth <= MaxDepth)
        {
            Between(a, b, exclusive, conflicts);
            foreach (var spread in b.Spreads) BetweenFieldsAndFragment(a, spread, exclusive, conflicts);
            foreach (var spread in a.Spreads) BetweenFieldsAndFragment(b, spread, exclusive, conflicts);
            foreach (var first in a.Spreads)
                foreach (var second in b.Spreads) BetweenFragments(first, second, exclusive, conflicts);
        }
        _depth--;
        return conflicts;
    }

    private static bool HaveOtherShape(GraphQLType a, GraphQLType b) => (a, b) switch
    {
        _ when ReferenceEquals(a, b) => false,
        (ListType x, ListType y) => HaveOtherShape(x.Item, y.Item),
        (NonNullType x, NonNullType y) => HaveOtherShape(x.Inner, y.Inner),
        (ListType or NonNullType, _) or (_, ListType or NonNullType) => true,
        (NamedType x, NamedType y) => x.IsLeaf || y.IsLeaf,
        _ => true,
    };

    /// <summary>Compared for exclusive fields says nothing of fields on one object; the other way round it says all.</summary>
    private bool IsNew<TKey>(Dictionary<TKey, bool> compared, TKey pair, bool exclusive) where TKey : notnull
    {
        Spend();
        if (compared.TryGetValue(pair, out var asExclusive) && (exclusive || !asExclusive)) return false;
        compared[pair] = exclusive;
        return true;
    }

    private void Spend(int steps = 1)
    {
        if ((_budget -= steps) >= 0) return;
        Context.ReportTooComplex($"More than {Context.Options.MaxComparisons} pairs of fields would have to be compared.", []);
        throw new ValidationStopped();
    }
}
