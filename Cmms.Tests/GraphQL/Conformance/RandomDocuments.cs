using System.Globalization;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>A random document, the variables of its first operation, and what it was told to get wrong and did.</summary>
internal sealed record RandomDocument(string Text, string? Operation, IReadOnlyList<RandomVariable> Variables, IReadOnlyList<Fault> Faults);

/// <param name="Default">The literal of the default; null: none.</param>
internal sealed record RandomVariable(string Name, GraphQLType Type, string? Default);

/// <summary>Documents that use whatever a schema has: fragments of all kinds, merged fields, directives, variables, every form of literal. Valid but for the faults asked for.</summary>
internal sealed partial class RandomDocuments(Schema schema, Random random)
{
    /// <summary>Whether <c>__schema</c> and <c>__type</c> may be asked for.</summary>
    public bool Introspects { get; init; } = true;

    private readonly HashSet<Fault> _faults = [];
    private readonly List<Fault> _done = [];
    private readonly List<(string Name, CompositeType On)> _fragments = [];
    private readonly List<string> _definitions = [];
    private readonly List<RandomVariable> _variables = [];
    private readonly Dictionary<string, string> _undeclared = [];
    // What stands under a response key, so that it never stands for something else by accident.
    private readonly Dictionary<string, string> _keys = [];
    private int _left, _names;
    private bool _mayTakeVariables, _mayTakeFragments;

    public RandomDocument Next(int size, params IEnumerable<Fault> faults)
    {
        _faults.Clear();
        _faults.UnionWith(faults);
        _done.Clear();
        _fragments.Clear();
        _definitions.Clear();
        _keys.Clear();
        (_left, _names) = (size, 0);
        var name = !_faults.Contains(Fault.DuplicateOperation) && Chance(2) ? null : "Op";
        _mayTakeFragments = true;
        var first = Operation(name, schema.Mutation is null && _faults.Contains(Fault.WrongOperation) || Chance(12) ? OperationType.Mutation : Chance(14) || _faults.Contains(Fault.ManyRootFields) ? OperationType.Subscription : OperationType.Query);
        RandomVariable[] variables = [.. _variables];
        _definitions.Insert(random.Next(_definitions.Count + 1), first);
        More(name);
        var text = string.Join(Pick("\n", " ", "\n\n", " # é\r\n", "\r\n"), _definitions);
        if (_faults.Contains(Fault.Syntax)) text = Damaged(text);
        return new RandomDocument(text, name, variables, [.. _done]);
    }

    /// <summary>An operation beside the first, and definitions that are wrong wherever they stand.</summary>
    private void More(string? name)
    {
        if (Hit(Fault.UnusedFragment)) _definitions.Add($"fragment Unused on {schema.Query} {{ __typename }}");
        if (Hit(Fault.DuplicateFragment)) _definitions.AddRange([$"fragment Twice on {schema.Query} {{ __typename }}", $"fragment Twice on {schema.Query} {{ t: __typename }}"]);
        if (Hit(Fault.TypeDefinition))
            _definitions.Add(Pick("type Extra { a: Int }", "scalar Extra", $"schema {{ query: {schema.Query} }}", "directive @extra on FIELD", "union Extra = Extra2", "extend type Extra { a: Int }", "enum Extra { A }"));
        if (Hit(Fault.SecondAnonymous)) _definitions.Add("{ __typename }");
        if (name is null) return;
        if (Hit(Fault.DuplicateOperation)) _definitions.Add(Pick("query Op { __typename }", "mutation Op { __typename }"));
        if (Chance(15))
        {
            (_left, _mayTakeFragments) = (4, false);
            _definitions.Add(Operation("Other", OperationType.Query));
        }
    }

    private string Operation(string? name, OperationType kind)
    {
        _variables.Clear();
        _undeclared.Clear();
        _mayTakeVariables = true;
        var word = kind.ToString().ToLowerInvariant();
        var root = schema.RootOf(kind);
        if (root is null && Hit(Fault.WrongOperation)) return $"{word} {name} {{ anything }}";
        if (root is null) (kind, word, root) = (OperationType.Query, "query", schema.Query);
        var set = kind == OperationType.Subscription ? OnlyField(root) : Set(root, random.Next(2, 6));
        var directives = Directives(kind switch { OperationType.Query => DirectiveLocation.Query, OperationType.Mutation => DirectiveLocation.Mutation, _ => DirectiveLocation.Subscription });
        var variables = Definitions();
        if (variables.Length == 0 && directives.Length == 0 && name is null && kind == OperationType.Query && Chance(2)) return set;
        return $"{(Chance(25) ? Pick("\"what it does\" ", "\"\"\"\n  block\n\"\"\"\n") : "")}{word} {name}{variables}{directives} {set}";
    }

    private string OnlyField(ObjectType root)
    {
        if (Hit(Fault.ManyRootFields)) return $"{{ {Field(root, 2, true)} {Pick("__typename", "other: __typename", Field(root, 1, true))} }}";
        var field = Field(root, 3, true);
        if (Chance(4)) return $"{{ ... on {root} {{ {field} }} }}";
        return $"{{ {field} }}";
    }

    private string Definitions()
    {
        List<string> definitions = [];
        foreach (var variable in _variables)
        {
            var type = _undeclared.TryGetValue(variable.Name, out var other) ? other : variable.Type.ToString();
            if (type.Length == 0) continue;
            definitions.Add($"{(Chance(30) ? "\"why\" " : "")}${variable.Name}: {type}{(variable.Default is { } value ? $" = {value}" : "")}{Directives(DirectiveLocation.VariableDefinition)}");
        }
        if (Hit(Fault.UnusedVariable)) definitions.Add("$unused: Int");
        if (Hit(Fault.OutputVariable)) definitions.Add($"$output: {Pick([.. schema.Types.Values.Where(t => t.IsComposite).Select(t => t.Name)])}{Pick("", "!", " = 1")}");
        if (Hit(Fault.UnknownVariableType)) definitions.Add($"$unknown: {Pick("Nope", "[Nope!]!")}");
        if (Hit(Fault.WrongDefault)) definitions.Add(Pick("$wrong: Int = \"x\"", "$wrong: [Boolean!] = [true, null]", "$wrong: Int! = null", "$wrong: ID = 1.5", "$wrong: String = 7"));
        if (definitions.Count > 0 && Hit(Fault.DuplicateVariable)) definitions.Add(Pick([.. definitions]));
        return definitions.Count == 0 ? "" : $"({string.Join(Pick(", ", " ", "\n "), definitions)})";
    }

    /// <summary>Whether a fault is wanted, and to be made here.</summary>
    private bool Hit(Fault fault)
    {
        if (!_faults.Contains(fault) || random.Next(3) == 0) return false;
        _faults.Remove(fault);
        _done.Add(fault);
        return true;
    }

    private bool Chance(int of) => random.Next(of) == 0;
    private T Pick<T>(params IReadOnlyList<T> items) => items[random.Next(items.Count)];
    private string Unique(string prefix) => prefix + (++_names).ToString(CultureInfo.InvariantCulture);

    /// <summary>One to three small accidents to the text.</summary>
    private string Damaged(string text)
    {
        _done.Add(Fault.Syntax);
        for (var times = random.Next(1, 4); times > 0 && text.Length > 1; times--)
        {
            var at = random.Next(text.Length);
            if (char.IsLowSurrogate(text[at]) || char.IsHighSurrogate(text[at])) continue;
            text = random.Next(3) switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, Pick("{", "}", "(", ")", "[", "]", ":", "$", "!", "@", "...", "\"", "\"\"\"", "\\", "é", "0", "00", "1.", "-", ".", "&", "|", "=", "on", " fragment ", "\u0000", "#", "\n", "x", "?", "\uFEFF", "😀")),
                _ => text.Remove(at, 1).Insert(at, Pick("{", "}", "(", ":", "$", "\"", " ", "9", "_", "%")),
            };
        }
        return text;
    }
}
