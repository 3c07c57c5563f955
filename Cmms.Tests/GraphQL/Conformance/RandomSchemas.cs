using System.Globalization;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>Valid SDL of every kind: hierarchies of interfaces, defaults, OneOf inputs, directives defined and applied, extensions, odd descriptions.</summary>
internal sealed partial class RandomSchemas(Random random)
{
    private static readonly string[] s_texts =
    [
        "\"short\" ", "\"\"\"block\"\"\"\n", "\"\"\"\n    indented\n      more\n\n    last \\\"\"\" \"q\"\n\"\"\"\n", "\"é 日本 😀 \\\"quoted\\\" \\\\ \\u{1F600}\" ", "\"\"\"ends in a quote\" \"\"\"\n", "\"  leading\" ", "\"two\\nlines\" ", "\"\" ",
    ];

    private sealed record Field(string Name, string Type, string Arguments);
    private sealed record Interface(string Name, List<string> Implements, List<Field> Fields);
    private sealed record Input(string Name, bool IsOneOf, List<(string Name, string Type)> Fields);

    private readonly List<string> _scalars = ["Int", "Float", "String", "Boolean", "ID"];
    private readonly List<(string Name, string[] Values)> _enums = [];
    private readonly List<Input> _inputs = [];
    private readonly List<Interface> _interfaces = [];
    private readonly List<string> _objects = [], _unions = [], _definitions = [];
    private readonly List<(string Name, string[] Locations, string? Argument)> _directives = [];
    private int _names;

    public string Next()
    {
        foreach (var clear in new Action[] { _enums.Clear, _inputs.Clear, _interfaces.Clear, _objects.Clear, _unions.Clear, _definitions.Clear, _directives.Clear }) clear();
        _scalars.RemoveRange(5, _scalars.Count - 5);
        Leaves();
        Directives();
        Inputs();
        var (query, mutation, subscription) = Chance(2) ? ("Query", "Mutation", "Subscription") : (Name("Root"), Name("Change"), Name("News"));
        for (var i = random.Next(1, 7); i > 0; i--) _objects.Add(Name("O"));
        for (var i = random.Next(4); i > 0; i--) _unions.Add(Name("U"));
        string[] roots = [query, .. Chance(2) ? new[] { mutation } : [], .. Chance(2) ? new[] { subscription } : []];
        string[] stubs = [.. Interfaces()];
        foreach (var name in _objects.Concat(roots)) Object(name, [.. _interfaces.Where(_ => Chance(3))]);
        for (var i = 0; i < stubs.Length; i++) Object(stubs[i], [_interfaces[i]]);
        foreach (var name in _unions)
            _definitions.Add($"{Text()}union {name}{Applied("UNION")} ={Pick("", " |")} {string.Join(" | ", _objects.OrderBy(_ => random.Next()).Take(random.Next(1, 4)))}");
        if (query != "Query" || Chance(3))
            _definitions.Add($"{Text()}schema{Applied("SCHEMA")} {{ query: {query} {(roots.Contains(mutation) ? $"mutation: {mutation}" : "")} {(roots.Contains(subscription) ? $"subscription: {subscription}" : "")} }}");
        return string.Join(Pick("\n", "\n\n", " # c\r\n"), _definitions.OrderBy(_ => random.Next()));
    }

    private void Leaves()
    {
        for (var i = random.Next(3); i > 0; i--)
        {
            var name = Name("S");
            _scalars.Add(name);
            _definitions.Add($"{Text()}scalar {name}{(Chance(2) ? " @specifiedBy(url: \"https://example.org/\\\"s\\\"\")" : "")}");
        }
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var (name, values) = (Name("E"), Enumerable.Range(0, random.Next(1, 5)).Select(_ => Name(Pick("A", "_b", "on", "type"))).ToArray());
            _enums.Add((name, values));
            _definitions.Add($"{Text()}enum {name} {{ {string.Join(Pick(" ", ", ", "\n"), values.Select(v => $"{Text()}{v}{Deprecated()}"))} }}");
            if (Chance(4)) _definitions.Add($"extend enum {name} {{ {Name("More")} }}");
        }
    }

    private void Directives()
    {
        string[] everywhere = ["QUERY", "MUTATION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT", "VARIABLE_DEFINITION", "SCHEMA", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION"];
        for (var i = random.Next(4); i > 0; i--)
        {
            string name = Name("d"), argument = Leaf();
            string[] locations = [.. everywhere.Where(_ => Chance(2)), "FIELD_DEFINITION"];
            var definition = Chance(2) ? $"({Text()}x: {argument} = {Constant(argument)}, y: Int)" : Chance(2) ? $"(x: {argument}!)" : "";
            _directives.Add((name, [.. locations.Distinct()], definition.Length == 0 ? null : definition.EndsWith("!)", StringComparison.Ordinal) ? $"{argument}!" : argument));
            _definitions.Add($"{Text()}directive @{name}{definition}{(Chance(3) ? " repeatable" : "")} on {Pick("", "| ")}{string.Join(" | ", locations.Distinct())}");
        }
        // Tools that print schemas often print these too.
        if (Chance(3)) _definitions.Add("\"Left out.\" directive @skip(\"When true.\" if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT");
        if (Chance(3)) _definitions.Add("directive @deprecated(reason: String! = \"No longer supported\") on FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM_VALUE | INPUT_FIELD_DEFINITION");
        if (Chance(3)) _definitions.Add("directive @oneOf on INPUT_OBJECT");
    }

    private void Inputs()
    {
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var (name, isOneOf) = (Name("I"), Chance(3));
            List<(string, string)> fields = [];
            for (var f = random.Next(1, 5); f > 0; f--)
                fields.Add((Name("f"), isOneOf ? Wrapped(Chance(4) && _inputs.Count > 0 ? Pick(_inputs).Name : Leaf()).TrimEnd('!') : Chance(3) ? Pick(Chance(2) || _inputs.Count == 0 ? name : Pick(_inputs).Name, $"[{name}!]") : Wrapped(Leaf())));
            // What needs other inputs needs those that are there already.
            if (!isOneOf && _inputs.Count > 0 && Chance(2)) fields.Add((Name("f"), $"{Pick(_inputs).Name}!"));
            var input = new Input(name, isOneOf, fields);
            _inputs.Add(input);
            _definitions.Add($"{Text()}input {name}{(isOneOf ? " @oneOf" : "")}{Applied("INPUT_OBJECT")} {{ {string.Join(Pick(" ", "\n", ", "), fields.Select(f => InputField(f.Item1, f.Item2, isOneOf)))} }}");
        }
    }

    private string InputField(string name, string type, bool isOneOf)
    {
        var hasDefault = !isOneOf && Chance(3) && !_inputs.Exists(i => type.Contains(i.Name, StringComparison.Ordinal));
        var isLeaf = _scalars.Concat(_enums.Select(e => e.Name)).Contains(type.Trim('[', ']', '!'));
        return $"{Text()}{name}: {type}{(hasDefault && isLeaf ? $" = {Constant(type)}" : "")}{(type.EndsWith('!') ? "" : Deprecated())}{Applied("INPUT_FIELD_DEFINITION")}";
    }

    private List<string> Interfaces()
    {
        for (var i = random.Next(4); i > 0; i--) _interfaces.Add(new Interface(Name("N"), [], []));
        foreach (var (index, type) in _interfaces.Index())
        {
            foreach (var above in _interfaces.Take(index).Where(_ => Chance(3)))
                foreach (var name in above.Implements.Append(above.Name))
                    if (!type.Implements.Contains(name)) type.Implements.Add(name);
            type.Fields.AddRange(_interfaces.Where(n => type.Implements.Contains(n.Name)).SelectMany(n => n.Fields).DistinctBy(f => f.Name));
            for (var f = random.Next(1, 4); f > 0; f--) type.Fields.Add(new Field(Name("f"), Wrapped(Output()), Arguments()));
            _definitions.Add($"{Text()}interface {type.Name}{Implements(type.Implements)}{Applied("INTERFACE")} {{ {string.Join("\n", type.Fields.Select(f => $"{Text()}{f.Name}{f.Arguments}: {f.Type}"))} }}");
        }
        return [.. _interfaces.Select(n => $"{n.Name}_Stub")];
    }

    private void Object(string name, IReadOnlyList<Interface> interfaces)
    {
        string[] implements = [.. interfaces.SelectMany(i => i.Implements.Append(i.Name)).Distinct()];
        List<string> fields = [];
        foreach (var field in _interfaces.Where(i => implements.Contains(i.Name)).SelectMany(i => i.Fields).DistinctBy(f => f.Name))
            fields.Add($"{field.Name}{field.Arguments}: {(Chance(3) && !field.Type.EndsWith('!') ? $"{field.Type}!" : field.Type)}{Applied("FIELD_DEFINITION")}");
        for (var i = random.Next(fields.Count == 0 ? 1 : 0, 6); i > 0; i--) fields.Add($"{Text()}{Name("f")}{Arguments()}: {Wrapped(Output())}{Deprecated()}{Applied("FIELD_DEFINITION")}");
        var extension = fields.Count > 1 && Chance(5) ? fields[^1] : null;
        if (extension is not null)
        {
            fields.RemoveAt(fields.Count - 1);
            _definitions.Add($"extend type {name} {{ {extension} }}");
        }
        _definitions.Add($"{Text()}type {name}{Implements(implements)}{Applied("OBJECT")} {{ {string.Join("\n", fields)} }}");
    }

    private bool Chance(int of) => random.Next(of) == 0;
    private T Pick<T>(params IReadOnlyList<T> items) => items[random.Next(items.Count)];
    private string Name(string prefix) => prefix + (++_names).ToString(CultureInfo.InvariantCulture);
    private string Text() => Chance(5) ? Pick(s_texts) : "";
}
