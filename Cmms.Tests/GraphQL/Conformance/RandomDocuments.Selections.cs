using Engines.GraphQL.Types;

namespace Cmms.Tests.GraphQL.Conformance;

internal sealed partial class RandomDocuments
{
    private static readonly string[] s_gaps = [" ", "\n", ", ", "\n  ", "\t", "\r\n", " #c\n", ","];

    private string Gap() => Chance(3) ? Pick(s_gaps) : " ";

    private string Set(CompositeType parent, int depth)
    {
        List<string> selections = [];
        for (var i = random.Next(1, 6); i > 0; i--) selections.Add(Selection(parent, depth));
        return $"{{{Gap()}{string.Concat(selections.Select(s => s + Gap()))}}}";
    }

    private string Selection(CompositeType parent, int depth)
    {
        if (WrongSelection(parent) is { } wrong) return wrong;
        if (_left-- <= 0 || depth <= 0) return Field(parent, 0);
        switch (random.Next(12))
        {
            case 0: return $"...{Directives(DirectiveLocation.InlineFragment)} {Set(parent, depth - 1)}";
            case 1 or 2:
                var on = Overlapping(parent);
                return $"... on {on}{Directives(DirectiveLocation.InlineFragment)} {Set(on, depth - 1)}";
            case 3 or 4 when _mayTakeFragments: return $"...{Fragment(parent, depth)}{Directives(DirectiveLocation.FragmentSpread)}";
            case 5: return $"{(Chance(2) ? $"{Unique("t")}: " : "")}__typename{Directives(DirectiveLocation.Field)}";
            default: return Field(parent, depth);
        }
    }

    private string? WrongSelection(CompositeType parent)
    {
        if (Hit(Fault.UnknownField)) return Pick("nope", "nope { a }", "nope(x: 1) @include(if: true)", "a: nope");
        if (Hit(Fault.UnknownFragment)) return "...Nope";
        if (Hit(Fault.UnknownCondition)) return "... on Nope { a }";
        if (Hit(Fault.LeafCondition)) return $"... on {Pick([.. schema.Types.Values.Where(t => !t.IsComposite).Select(t => t.Name)])} {{ a }}";
        if (_faults.Contains(Fault.ImpossibleSpread) && schema.Types.Values.OfType<CompositeType>().Where(t => !schema.Overlap(t, parent)).ToList() is [_, ..] others && Hit(Fault.ImpossibleSpread))
        {
            var on = Pick(others);
            if (Chance(2)) return $"... on {on} {{ __typename }}";
            var name = Unique("Far");
            _definitions.Add($"fragment {name} on {on} {{ __typename }}");
            return $"...{name}";
        }
        if (Hit(Fault.FragmentCycle))
        {
            var (a, b) = (Unique("Loop"), Unique("Loop"));
            _definitions.Add($"fragment {a} on {parent} {{ __typename ...{b} }}");
            _definitions.Add($"fragment {b} on {parent} {{ {Pick("", $"...{b} ")}... {{ ...{a} }} }}");
            return $"...{a}";
        }
        return parent is FieldsType fields ? Conflict(fields) : null;
    }

    private string? Conflict(FieldsType parent)
    {
        var leaves = parent.Fields.Where(f => f.Type.Named.IsLeaf && !f.Arguments.Exists(a => a.IsRequired)).ToList();
        if (leaves.Count > 1 && Hit(Fault.Conflict))
        {
            var (a, b, key) = (Pick(leaves), Pick(leaves), Unique("k"));
            return Chance(2) ? $"{key}: {a.Name}{Gap()}{key}: {b.Name}" : $"{key}: {a.Name} ... on {parent} {{ {key}: {b.Name} }} ... {{ {key}: __typename }}";
        }
        if (_faults.Contains(Fault.ConflictingArguments) && parent.Fields.Where(f => f.Arguments.Count > 0).ToList() is [_, ..] withArguments && Hit(Fault.ConflictingArguments))
        {
            var (field, key) = (Pick(withArguments), Unique("k"));
            var below = field.Type.Named is CompositeType ? " { __typename }" : "";
            return $"{key}: {field.Name}{Arguments(field.Arguments, false)}{below} {key}: {field.Name}{Arguments(field.Arguments, false)}{below}";
        }
        if (_faults.Contains(Fault.ConflictBelow) && parent.Fields.Where(f => f.Type.Named is FieldsType { Fields.Count: > 1 } && !f.Arguments.Exists(a => a.IsRequired)).ToList() is [_, ..] deep && Hit(Fault.ConflictBelow))
        {
            var (field, key) = (Pick(deep), Unique("k"));
            var below = ((FieldsType)field.Type.Named).Fields.Where(f => f.Type.Named.IsLeaf).ToList();
            var (a, b) = below.Count == 0 ? ("__typename", "nope") : (Pick(below).Name, "__typename");
            return $"{key}: {field.Name} {{ x: {a} ok: __typename }} {key}: {field.Name} {{ ... {{ x: {b} }} y: __typename }}";
        }
        return null;
    }

    private string Field(CompositeType parent, int depth, bool isRoot = false)
    {
        IEnumerable<FieldDefinition> fields = parent is FieldsType type ? type.Fields : [];
        if (Introspects && parent == schema.Query && Chance(25)) fields = [schema.FindField(parent, Pick("__schema", "__type"))!];
        var candidates = fields.Where(f => depth > 0 || (f.Type.Named.IsLeaf && !f.Arguments.Exists(a => a.IsRequired))).ToList();
        if (candidates.Count == 0 && isRoot) candidates = [.. fields];
        if (candidates.Count == 0) return "__typename";
        var field = Pick(candidates);
        var arguments = Arguments(field.Arguments, false);
        var (key, meaning) = (field.Name, $"{field.Name}{arguments}: {field.Type}");
        if (Chance(3) || (_keys.TryGetValue(key, out var known) && known != meaning)) key = Unique("a");
        _keys[key] = meaning;
        var text = $"{(key == field.Name ? Chance(20) ? $"{key} : " : "" : $"{key}: ")}{field.Name}{arguments}{Directives(isRoot ? null : DirectiveLocation.Field)}";
        if (field.Type.Named is not CompositeType below) return Hit(Fault.LeafWithSelection) ? $"{text} {{ a }}" : text;
        return Hit(Fault.CompositeWithoutSelection) ? text : $"{text}{Gap()}{Set(below, depth - 1)}";
    }

    private string Fragment(CompositeType parent, int depth)
    {
        if (Chance(3) && _fragments.FindAll(f => schema.Overlap(f.On, parent)) is [_, ..] fitting) return Pick(fitting).Name;
        var (on, name) = (Overlapping(parent), Unique("F"));
        var set = Set(on, depth - 1);
        _fragments.Add((name, on));
        _definitions.Insert(random.Next(_definitions.Count + 1), $"{(Chance(30) ? "\"of use\" " : "")}fragment {name} on {on}{Directives(DirectiveLocation.FragmentDefinition)} {set}");
        return name;
    }

    private CompositeType Overlapping(CompositeType parent) =>
        Chance(2) ? parent : Pick([.. schema.Types.Values.OfType<CompositeType>().Where(t => schema.Overlap(t, parent))]);

    private string Directives(DirectiveLocation? at)
    {
        if (at is not { } location) return "";
        if (Hit(Fault.UnknownDirective)) return " @nope(x: 1)";
        if (_faults.Contains(Fault.MisplacedDirective) && schema.Directives.Values.Where(d => !d.Locations.Contains(location)).ToList() is [_, ..] elsewhere && Hit(Fault.MisplacedDirective))
            return $" @{Pick(elsewhere).Name}";
        var conditional = location is DirectiveLocation.Field or DirectiveLocation.FragmentSpread or DirectiveLocation.InlineFragment;
        if (conditional && Hit(Fault.RepeatedDirective)) return " @include(if: true)\n@skip(if: false) @include(if: true)";
        if (conditional && Hit(Fault.DirectiveArgument)) return Pick(" @include", " @skip(unless: true)", " @skip(if: true, if: false)", " @include(if: 1, x: 2)");
        if (!Chance(8)) return "";
        var fitting = schema.Directives.Values.Where(d => d.Locations.Contains(location)).ToList();
        if (fitting.Count == 0) return "";
        var directive = Pick(fitting);
        return $"{Gap()}@{directive.Name}{Arguments(directive.Arguments, location == DirectiveLocation.VariableDefinition)}";
    }
}
