using System.Globalization;
using Engines.GraphQL.Types;

namespace Cmms.Tests.GraphQL.Conformance;

internal sealed partial class RandomDocuments
{
    private static readonly string[] s_strings =
    [
        "\"\"", "\"text\"", "\"é ü 日本 😀\"", "\"\\u00e9\\n\\t\\\"\\\\\\/\\b\\f\\r\"", "\"\\u{1F600} \\uD83D\\uDE00\"", "\"\"\"block \\\"\"\" \"quoted\" \\n\"\"\"", "\"\"\"\n    two\n      lines\n    \"\"\"", "\"  spaced \"",
    ];

    private string Arguments(IReadOnlyList<InputValue> definitions, bool constant)
    {
        List<string> given = [];
        foreach (var argument in definitions)
        {
            if (argument.IsRequired ? Hit(Fault.MissingArgument) : Chance(2)) continue;
            given.Add($"{argument.Name}:{Gap()}{Value(argument.Type, constant, 3, argument.DefaultValue is not null)}");
        }
        if (Hit(Fault.UnknownArgument)) given.Add("nope: [1, {a: B}]");
        if (given.Count > 0 && Hit(Fault.DuplicateArgument)) given.Add(Pick(given));
        if (given.Count > 1 && Chance(2)) given.Reverse();
        return given.Count == 0 ? "" : $"({string.Join(Pick(", ", " ", "\n"), given)})";
    }

    private string Value(GraphQLType type, bool constant, int depth, bool hasDefault = false, bool oneOf = false)
    {
        if (!constant && _mayTakeVariables && (Chance(4) || WantsVariable())) return $"${Variable(type, hasDefault, oneOf)}";
        if (type.IsNonNull && Hit(Fault.NullForNonNull)) return "null";
        if (!type.IsNonNull && !oneOf && Chance(10)) return "null";
        switch (type.Nullable)
        {
            case ListType list:
                if (Chance(4)) return Value(list.Item, constant, depth - 1) is var single && single == "null" && list.Item.IsNonNull ? "[]" : single.StartsWith('$') ? $"[{single}]" : single;
                return $"[{string.Concat(Enumerable.Range(0, depth > 0 ? random.Next(4) : 0).Select(_ => Value(list.Item, constant, depth - 1) + Gap()))}]";
            case InputObjectType input: return Hit(Fault.WrongValue) ? Pick("1", "\"x\"", "[[1]]", "Nope") : Object(input, constant, depth);
            case EnumType leaf:
                return Hit(Fault.UnknownEnumValue) ? Pick("NOPE", "\"NOPE\"", "1", "true", $"\"{leaf.Values[0].Name}\"") : Pick(leaf.Values).Name;
            default: return Leaf((ScalarType)type.Nullable);
        }
    }

    private string Leaf(ScalarType scalar)
    {
        var wrong = Scalars.All.Contains(scalar) && Hit(Fault.WrongValue);
        return (scalar.Name, wrong) switch
        {
            ("Int", true) => Pick("1.5", "\"1\"", "true", "2147483648", "-2147483649", "1e3", "X", "{a: 1}"),
            ("Int", _) => Pick("0", "-1", "42", "2147483647", "-2147483648", "-0"),
            ("Float", true) => Pick("\"1.5\"", "true", "X", "[]", "{}"),
            ("Float", _) => Pick("0", "1.5", "-2", "3.0e2", "1E-7", "0.1", "-0.0", "1e21", "123456789.5"),
            ("Boolean", true) => Pick("1", "\"true\"", "True", "[true]", "0.0"),
            ("Boolean", _) => Pick("true", "false"),
            ("ID", true) => Pick("1.5", "true", "X", "{}"),
            ("ID", _) => Pick("1", "\"x-1\"", "-7", "\"\"", "12345678901234567890"),
            ("String", true) => Pick("1", "1.0", "true", "X", "[\"x\", 1]", "{a: \"x\"}"),
            ("String", _) => Pick(s_strings),
            _ => Pick("1", "-2.5", "true", "\"any\"", "ANY", "[1, \"x\", null, [X]]", "{a: 1, b: {c: [true]}}", "{}", "[]"),
        };
    }

    private string Object(InputObjectType type, bool constant, int depth)
    {
        List<string> given = [];
        if (type.IsOneOf)
        {
            var chosen = depth > 0 ? Pick(type.Fields) : type.Fields.FirstOrDefault(f => f.Type.Named.IsLeaf) ?? type.Fields[0];
            if (Hit(Fault.NullOneOf)) return Chance(2) ? $"{{{chosen.Name}: null}}" : "{}";
            given.Add($"{chosen.Name}: {Value(chosen.Type, constant, depth - 1, oneOf: true)}");
            if (type.Fields.Count > 1 && Hit(Fault.TwoOfOneOf)) given.Add($"{Pick(type.Fields.Where(f => f != chosen).ToList()).Name}: {Pick("null", "1", "\"x\"")}");
        }
        else
        {
            foreach (var field in type.Fields)
            {
                if (field.IsRequired ? Hit(Fault.MissingInputField) : depth <= 0 || Chance(2)) continue;
                given.Add($"{field.Name}: {Value(field.Type, constant, depth - 1, field.DefaultValue is not null)}");
            }
        }
        if (Hit(Fault.UnknownInputField)) given.Add("nope: 1");
        if (given.Count > 0 && Hit(Fault.DuplicateInputField)) given.Add(Pick(given));
        if (given.Count > 1 && Chance(2)) given.Reverse();
        return $"{{{Gap()}{string.Join(Pick(", ", " ", "\n"), given)}{Gap()}}}";
    }

    private bool WantsVariable() => _faults.Overlaps([Fault.UndefinedVariable, Fault.NullableVariable, Fault.OtherVariable]) && Chance(2);

    private string Variable(GraphQLType type, bool hasDefault, bool oneOf)
    {
        if (Hit(Fault.UndefinedVariable)) return "undefined";
        var wanted = oneOf && !type.IsNonNull ? new NonNullType(type) : type;
        if (Chance(2) && _variables.Find(v => v.Type.ToString() == wanted.ToString() && !_undeclared.ContainsKey(v.Name)) is { } same) return same.Name;
        var name = Unique("v");
        if (wanted.IsNonNull && Hit(Fault.NullableVariable)) _undeclared[name] = wanted.Nullable.ToString();
        else if (Hit(Fault.OtherVariable)) _undeclared[name] = Pick("[Boolean!]!", "[[Int]]", type.IsNonNull ? $"[{type.Nullable}]" : $"[{type}!]", "Boolean", "String!");
        else if (!wanted.IsNonNull && Chance(3)) wanted = new NonNullType(wanted);
        else if (wanted.IsNonNull && !oneOf && hasDefault && Chance(2)) wanted = wanted.Nullable;
        // A nullable variable with a default that is not null may stand where null may not.
        string? fallback = null;
        if (!_undeclared.ContainsKey(name) && Chance(3))
        {
            fallback = Value(wanted.IsNonNull ? wanted : new NonNullType(wanted), true, 2);
            if (wanted.IsNonNull && !oneOf && Chance(2)) wanted = wanted.Nullable;
        }
        _variables.Add(new RandomVariable(name, wanted, fallback));
        return name;
    }

    /// <summary>JSON for the variables of a document, mostly right.</summary>
    public string Variables(RandomDocument document, bool mayBeWrong)
    {
        List<string> given = [];
        foreach (var variable in document.Variables)
        {
            var mayMiss = !variable.Type.IsNonNull || variable.Default is not null || (mayBeWrong && Chance(12));
            if (mayMiss && Chance(3)) continue;
            given.Add($"\"{variable.Name}\": {Json(variable.Type, mayBeWrong, 3)}");
        }
        if (Chance(10)) given.Add("\"more\": [1]");
        return $"{{{string.Join(", ", given)}}}";
    }

    private string Json(GraphQLType type, bool mayBeWrong, int depth)
    {
        if (mayBeWrong && Chance(30)) return Pick("null", "1", "1.5", "\"x\"", "true", "{}", "[]", "[null]", "{\"nope\": 1}", "2147483648", "\"1\"");
        if (!type.IsNonNull && Chance(8)) return "null";
        switch (type.Nullable)
        {
            case ListType list when Chance(5) && list.Item.Nullable is not ListType: return Json(new NonNullType(list.Item.Nullable), mayBeWrong, depth - 1);
            case ListType list: return $"[{string.Join(", ", Enumerable.Range(0, depth > 0 ? random.Next(4) : 0).Select(_ => Json(list.Item, mayBeWrong, depth - 1)))}]";
            case InputObjectType { IsOneOf: true } input:
                var chosen = depth > 0 ? Pick(input.Fields) : input.Fields.FirstOrDefault(f => f.Type.Named.IsLeaf) ?? input.Fields[0];
                return $"{{\"{chosen.Name}\": {Json(new NonNullType(chosen.Type), mayBeWrong, depth - 1)}}}";
            case InputObjectType input:
                return $"{{{string.Join(", ", input.Fields.Where(f => f.IsRequired || (depth > 0 && Chance(2))).Select(f => $"\"{f.Name}\": {Json(f.Type, mayBeWrong, depth - 1)}"))}}}";
            case EnumType leaf: return $"\"{Pick(leaf.Values).Name}\"";
            default: return Json((ScalarType)type.Nullable);
        }
    }

    private string Json(ScalarType scalar) => scalar.Name switch
    {
        "Int" => random.Next(int.MinValue, int.MaxValue).ToString(CultureInfo.InvariantCulture),
        "Float" => Pick("0", "1.5", "-2", "3e2", "1e-7", "-0.25", "1e21"),
        "Boolean" => Pick("true", "false"),
        "ID" => Pick("\"x\"", "7", "-1", "\"\""),
        "String" => Pick("\"\"", "\"é 😀\"", "\"a\\\"b\\\\\"", "\"\\u0001\\n\""),
        _ => Pick("1", "1.5", "true", "\"any\"", "[1, null, \"x\"]", "{\"a\": {\"b\": [1]}}"),
    };
}
