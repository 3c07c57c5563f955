using System.Text;
using System.Text.Json.Nodes;
using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Xunit;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

/// <summary>
/// The executor against the specification's algorithm written down plainly: depth first, one field at a time. Random documents over random data,
/// where values are missing, failing, of no type, at every place that may or may not be null.
/// </summary>
public sealed class SpecOracleTests
{
    private static readonly Schema Schema = MakeSchema();

    [Theory]
    [InlineData(1, 0.02)]
    [InlineData(2, 0.1)]
    [InlineData(3, 0.3)]
    public async Task Breadth_first_answers_what_depth_first_would(int seed, double trouble)
    {
        var random = new Random(seed);
        var (broken, whole) = (0, 0);
        for (var round = 0; round < 400; round++)
        {
            var document = new Documents(random).Next();
            var root = new Thing(random.Next(), "Node", trouble);
            var executor = Executor(Schema, new ExecutionOptions { MaxCost = double.MaxValue, Validation = Lenient });
            using var result = (SingleResult)await executor.ExecuteAsync(Request(document), Scope() with { Prepare = c => c.Items["root"] = root });
            Assert.True(result.Kind == ResultKind.Executed, Text(result));
            var expected = new Oracle(document).Execute(root);
            Assert.Equal(expected, Simplified(result));
            if (result.Errors.Count > 0) broken++;
            else whole++;
        }
        // The trouble is spread so that both kinds of answers were seen.
        Assert.True(broken > 20, $"{broken} answers with errors, {whole} without.");
    }

    // Data as it stands, errors as "path: message".
    private static string Simplified(SingleResult result)
    {
        var json = JsonNode.Parse(Text(result))!;
        Assert.Equal(result.Errors.Count, json["errors"]?.AsArray().Count ?? 0);
        Assert.All(result.Errors, e => Assert.NotEmpty(e.Locations!));
        return $"{json["data"]?.ToJsonString() ?? "null"}\n{string.Join('\n', result.Errors.Select(e => $"{string.Join('.', e.Path!)}: {e.Message}"))}";
    }

    private static Schema MakeSchema()
    {
        var (node, other, thing) = (new ObjectType("Node"), new ObjectType("Other"), new InterfaceType("Thing"));
        thing.ResolveType = v => ((Thing)v).TypeName switch { "Node" => node, "Other" => other, _ => null };
        foreach (var type in new[] { node, other })
        {
            type.Interfaces.Add(thing);
            foreach (var (name, text) in Documents.Fields)
            {
                var fieldType = text.Contains("Node", StringComparison.Ordinal) ? T(text, node) : text.Contains("Thing", StringComparison.Ordinal) ? T(text, thing) : T(text);
                type.Add(Read<Thing>($"i{name}", fieldType, t => t.Get($"i{name}", fieldType)));
                type.Add(new FieldDefinition($"b{name}", fieldType) { Resolver = Each<Thing>((t, _) => t.Get($"b{name}", fieldType)) });
            }
        }
        thing.Add(new FieldDefinition("is", T("String")));
        return SchemaOf(Object("Query",
            Read<RequestContext>("inline", T("Node!", node), c => c.Items["root"]),
            new FieldDefinition("batch", node) { Resolver = Once(b => b.Request.Items["root"]) }), null, null, node, other);
    }

    /// <summary>Data that comes up as it is asked for, and stays.</summary>
    internal sealed class Thing(int seed, string typeName, double trouble)
    {
        private readonly Dictionary<string, object?> _values = [];

        public string TypeName => typeName;

        public object? Get(string field, GraphQLType type)
        {
            if (!_values.TryGetValue(field, out var value)) _values[field] = value = Make(new Random(seed ^ field.Sum(c => c * 7919)), type, true);
            return value is FieldFailure failure ? throw new GraphQLException(failure.Error) : value;
        }

        private object? Make(Random random, GraphQLType type, bool outer)
        {
            if (random.NextDouble() < trouble)
                return random.Next(3) > 0 ? null : new FieldFailure(new GraphQLError($"failed {(outer ? "all" : "item")} {random.Next(100)}", "OOPS"));
            return type.Nullable switch
            {
                ListType list => Enumerable.Range(0, random.Next(4)).Select(_ => Make(random, list.Item, false)).ToArray(),
                ObjectType => new Thing(random.Next(), "Node", trouble),
                InterfaceType => new Thing(random.Next(), random.NextDouble() < trouble ? "Nothing" : random.Next(2) == 0 ? "Node" : "Other", trouble),
                _ => $"v{random.Next(1000)}",
            };
        }
    }

    /// <summary>Random documents: aliases, merged fields, fragments on both types.</summary>
    internal sealed class Documents(Random random)
    {
        private int _left = 60;

        public static readonly (string Name, string Type)[] Fields =
        [
            ("s", "String"), ("S", "String!"), ("n", "Node"), ("N", "Node!"), ("l", "[Node]"), ("m", "[Node!]"), ("L", "[Node!]!"), ("k", "[Node]!"),
            ("q", "[[Node!]]"), ("Q", "[[Node!]!]!"), ("t", "[String!]"), ("T", "[[String]!]!"), ("a", "Thing"), ("A", "[Thing!]"), ("B", "[[Thing]!]!"),
        ];

        public string Next() => $"{{ {(random.Next(2) == 0 ? "inline" : "batch")} {Set(4, true)} again: inline {{ ...F ... {Set(2, true)} }} }} fragment F on Node {{ iS bn {{ iS bS }} }}";

        private string Set(int depth, bool isNode)
        {
            var text = new StringBuilder("{ __typename ");
            for (var i = random.Next(1, 5); i > 0; i--) text.Append(Selection(depth, isNode)).Append(' ');
            return text.Append('}').ToString();
        }

        private string Selection(int depth, bool isNode)
        {
            if (_left-- <= 0) return random.Next(2) == 0 ? "is" : "bS";
            switch (random.Next(8))
            {
                case 0: return $"... on {(isNode ? "Node" : "Other")} {Set(depth, isNode)}";
                case 1: return $"... {Set(depth, isNode)}";
                case 2 when isNode: return "...F";
            }
            var (name, type) = Fields[random.Next(depth > 0 ? Fields.Length : 2)];
            var field = (random.Next(2) == 0 ? "i" : "b") + name;
            var isLeaf = type.Contains("String", StringComparison.Ordinal);
            // An alias is one field's alone, so that merged fields never contradict each other.
            return $"{(random.Next(4) == 0 ? $"x{field}: " : "")}{field} {(isLeaf ? "" : type.Contains("Thing", StringComparison.Ordinal) ? Abstract(depth - 1) : Set(depth - 1, true))}";
        }

        private string Abstract(int depth) => $"{{ __typename ... on Node {Set(depth, true)} ... on Other {Set(depth, false)} }}";
    }

    /// <summary>The specification, read aloud.</summary>
    private sealed class Oracle(string text)
    {
        private readonly DocumentNode _document = Parser.Parse(Encoding.UTF8.GetBytes(text), ParserOptions.Default);
        private readonly List<string> _errors = [];

        public string Execute(Thing root)
        {
            var operation = _document.Definitions.OfType<OperationDefinitionNode>().Single();
            JsonNode? data = null;
            try
            {
                data = ExecuteSet(Schema.Query, root, [operation.SelectionSet], "");
            }
            catch (Lost)
            {
            }
            return $"{data?.ToJsonString() ?? "null"}\n{string.Join('\n', _errors)}";
        }

        private JsonObject ExecuteSet(ObjectType type, Thing thing, IReadOnlyList<SelectionSetNode> sets, string path)
        {
            var groups = new List<(string Key, List<FieldNode> Nodes)>();
            foreach (var set in sets) Collect(type, set, groups);
            var answer = new JsonObject();
            foreach (var (key, nodes) in groups)
            {
                if (nodes[0].Name == "__typename")
                {
                    answer[key] = type.Name;
                    continue;
                }
                var field = type.Find(nodes[0].Name)!;
                var at = path.Length == 0 ? key : $"{path}.{key}";
                answer[key] = Nullable(field.Type, () =>
                    Complete(field.Type, type == Schema.Query ? thing : Value(thing, field, at), nodes, at, $"{type.Name}.{field.Name}"));
            }
            return answer;
        }

        private object? Value(Thing thing, FieldDefinition field, string path)
        {
            try
            {
                return thing.Get(field.Name, field.Type);
            }
            catch (GraphQLException e)
            {
                throw Fail(path, e.Message);
            }
        }

        private JsonNode? Complete(GraphQLType type, object? value, List<FieldNode> nodes, string path, string coordinate)
        {
            if (value is FieldFailure failure) throw Fail(path, failure.Error.Message);
            if (value is null) return type.IsNonNull ? throw Fail(path, $"Cannot return null for non-nullable field {coordinate}.") : null;
            switch (type.Nullable)
            {
                case ListType list:
                    var items = new JsonArray();
                    foreach (var item in (object?[])value)
                    {
                        var at = $"{path}.{items.Count}";
                        items.Add(Nullable(list.Item, () => Complete(list.Item, item, nodes, at, coordinate)));
                    }
                    return items;
                case CompositeType:
                    var thing = (Thing)value;
                    var concrete = type.Named is ObjectType known ? known : Schema.FindType(thing.TypeName) as ObjectType;
                    if (concrete is null) throw Fail(path, $"{coordinate} answered a value of no type of \"{type.Named}\".");
                    return ExecuteSet(concrete, thing, [.. nodes.Select(n => n.SelectionSet!)], path);
                default:
                    return (string)value;
            }
        }

        private static JsonNode? Nullable(GraphQLType type, Func<JsonNode?> complete)
        {
            try
            {
                return complete();
            }
            catch (Lost) when (!type.IsNonNull)
            {
                return null;
            }
        }

        private void Collect(ObjectType type, SelectionSetNode set, List<(string Key, List<FieldNode> Nodes)> groups)
        {
            foreach (var selection in set.Selections)
            {
                switch (selection)
                {
                    case FieldNode field:
                        var at = groups.FindIndex(g => g.Key == field.ResponseKey);
                        if (at < 0) groups.Add((field.ResponseKey, [field]));
                        else groups[at].Nodes.Add(field);
                        break;
                    case InlineFragmentNode inline when inline.TypeCondition is null || inline.TypeCondition.Name == type.Name:
                        Collect(type, inline.SelectionSet, groups);
                        break;
                    case FragmentSpreadNode when type.Name == "Node":
                        Collect(type, _document.Definitions.OfType<FragmentDefinitionNode>().Single().SelectionSet, groups);
                        break;
                }
            }
        }

        private Lost Fail(string path, string message)
        {
            _errors.Add($"{path}: {message}");
            return new Lost();
        }

        private sealed class Lost : Exception;
    }
}
