namespace Cmms.Tests.GraphQL.Conformance;

internal sealed partial class RandomSchemas
{
    private string Leaf() => Chance(4) ? Pick(_enums).Name : Pick(_scalars);

    private string Output() => random.Next(6) switch
    {
        0 when _unions.Count > 0 => Pick(_unions),
        1 when _interfaces.Count > 0 => Pick(_interfaces).Name,
        2 or 3 => Pick(_objects),
        _ => Leaf(),
    };

    private string Wrapped(string type) => random.Next(8) switch { 0 => $"{type}!", 1 => $"[{type}]", 2 => $"[{type}!]!", 3 => $"[[{type}]!]", _ => type };

    private static string Implements(IReadOnlyList<string> interfaces) => interfaces.Count == 0 ? "" : $" implements {string.Join(" & ", interfaces)}";

    private string Deprecated() => Chance(8) ? Pick(" @deprecated", " @deprecated(reason: \"use \\\"x\\\"\")", " @deprecated(reason: \"\"\"block\"\"\")", " @deprecated(reason: \"\")") : "";

    private string Arguments()
    {
        if (!Chance(3)) return "";
        List<string> arguments = [];
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var type = Wrapped(Chance(3) ? Pick(_inputs).Name : Leaf());
            var constant = Chance(3) ? $" = {Constant(type)}" : "";
            arguments.Add($"{Text()}{Name("x")}: {type}{constant}{(type.EndsWith('!') && constant.Length == 0 ? "" : Deprecated())}{Applied("ARGUMENT_DEFINITION")}");
        }
        return $"({string.Join(Pick(", ", " "), arguments)})";
    }

    private string Applied(string location)
    {
        if (!Chance(8) || _directives.FindAll(d => d.Locations.Contains(location)) is not [_, ..] fitting) return "";
        var (name, _, argument) = Pick(fitting);
        return $" @{name}{(argument is null ? "" : $"(x: {Constant(argument)})")}";
    }

    /// <summary>A literal of an input type.</summary>
    private string Constant(string type)
    {
        if (!type.EndsWith('!') && Chance(12)) return "null";
        type = type.TrimEnd('!');
        if (type.StartsWith('['))
        {
            var item = type[1..^1];
            return $"[{string.Join(Pick(", ", " "), Enumerable.Range(0, random.Next(3)).Select(_ => Constant(item)))}]";
        }
        if (_enums.Find(e => e.Name == type) is { Name: not null } leaf) return Pick(leaf.Values);
        if (_inputs.Find(i => i.Name == type) is { } input)
        {
            // A OneOf input can only name itself through itself, so a leaf comes first.
            var given = input.IsOneOf
                ? [input.Fields.Find(f => !f.Type.Contains(input.Name, StringComparison.Ordinal))]
                : input.Fields.Where(f => f.Type.EndsWith('!') || (Chance(3) && !f.Type.Contains(input.Name, StringComparison.Ordinal)));
            return $"{{{string.Join(Pick(", ", " "), given.Select(f => $"{f.Name}: {Constant(input.IsOneOf ? $"{f.Type}!" : f.Type)}"))}}}";
        }
        return type switch
        {
            "Int" => Pick("0", "-1", "2147483647"),
            "Float" => Pick("1", "-0.5", "1e10", "2.50"),
            "String" => Pick("\"\"", "\"a\\\"b\\n\\u00e9\"", "\"\"\"\n  block\n    text\n\"\"\"", "\"😀\""),
            "Boolean" => Pick("true", "false"),
            "ID" => Pick("\"x\"", "7"),
            _ => Pick("1", "\"any\"", "[1, {a: B}]", "{a: [true]}", "1.5"),
        };
    }
}
