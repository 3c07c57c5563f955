using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

/// <summary>Work orders, their assets and lines, with inline and batched fields; counts what is called.</summary>
internal sealed class Shop
{
    internal enum Status { Open, Done }

    internal sealed record Order(int Number);
    internal sealed record Line(Order Order);
    internal sealed record Asset(string Name);
    internal sealed record Location(string Name);

    public Shop()
    {
        var status = new EnumType("Status").Add(new EnumValue("OPEN", Status.Open)).Add(new EnumValue("DONE", Status.Done));
        var named = new InterfaceType("Named");
        named.Add(new FieldDefinition("name", T("String!")));
        var (order, asset, line, location) = (new ObjectType("Order") { ClrType = typeof(Order) }, new ObjectType("Asset") { ClrType = typeof(Asset) }, new ObjectType("Line"), new ObjectType("Location"));
        order.Interfaces.Add(named);
        asset.Interfaces.Add(named);
        var any = new UnionType("Any") { Members = { asset, location, order }, ResolveType = v => v is Asset ? asset : v is Location ? location : order };

        order.Add(Read<Order>("name", T("String!"), o => $"Order {o.Number}"))
            .Add(new FieldDefinition("number", T("Int!")) { Resolver = new InlineResolver(o => ((Order)o).Number) { WriteLeaf = (o, json) => { json.Number(((Order)o).Number); return true; } } })
            .Add(Read<Order>("status", T("Status!", status), o => o.Number % 2 == 1 ? Status.Open : Status.Done))
            .Add(Read<Order>("total", T("Float"), _ => 12.5))
            .Add(Read<Order>("open", T("Boolean!"), o => o.Number % 2 == 1))
            .Add(Read<Order>("tags", T("[String]!"), _ => new[] { "a", null, "c" }))
            .Add(new FieldDefinition("asset", asset) { Resolver = new BatchResolver(AssetsOf) })
            .Add(Read<Order>("lines", T("[Line!]!", line), o => new[] { new Line(o), new Line(o) }));
        line.Add(Read<Line>("order", T("Order!", order), l => l.Order));
        asset.Add(Read<Asset>("name", T("String!"), a => a.Name))
            .Add(new FieldDefinition("location", location) { Resolver = Each<Asset>((_, _) => new Location("Hall")) });
        location.Add(Read<Location>("name", T("String!"), l => l.Name))
            .Add(new FieldDefinition("assets", T("[Asset!]!", asset)) { Resolver = Each<Location>((_, _) => new[] { new Asset("Pump 8"), new Asset("Pump 9") }) });

        var query = Object("Query",
            Read<RequestContext>("hello", T("String!"), _ => "world \"quoted\" ñ"),
            Read<RequestContext>("order", order, _ => new Order(1)),
            new FieldDefinition("orders", T("[Order!]!", order))
            {
                Arguments = [new InputValue("first", T("Int"))],
                SizeArgument = "first",
                AssumedSize = 50,
                Resolver = Once(batch =>
                {
                    LastSelection = batch.Selection;
                    return Orders(batch.Arguments.TryGetValue("first", out var first) ? (int)first! : 50);
                }),
            },
            Read<RequestContext>("matrix", T("[[Int]]"), _ => new int[]?[] { [1, 2], null, [], [3] }),
            Read<RequestContext>("grid", T("[[Order!]]", order), _ => new IEnumerable<Order>?[] { Orders(1), [], null, Orders(3).Skip(1) }),
            new FieldDefinition("lazy", T("[Order!]", order)) { Resolver = Once(_ => OnceOnly()) },
            Read<RequestContext>("named", T("[Named]", named), _ => new object?[] { new Order(1), new Asset("Pump 7"), null, new Order(3) }),
            Read<RequestContext>("any", T("[Any!]!", any), _ => new object[] { new Asset("Pump 1"), new Location("Hall") }));
        Schema = SchemaOf(query, null, null, order, asset, line, location);
        Executor = Kit.Executor(Schema);
    }

    public Schema Schema { get; }
    public RequestExecutor Executor { get; }
    public int AssetCalls { get; private set; }
    public List<int> AssetParents { get; } = [];
    public FieldSelection? LastSelection { get; private set; }

    public Task<string> Ask(string document, string? variables = null) => Executor.Ask(document, variables);

    public void Reset() => AssetCalls = 0;

    private ValueTask<IReadOnlyList<object?>> AssetsOf(BatchContext batch)
    {
        AssetCalls++;
        AssetParents.AddRange(batch.Parents.Cast<Order>().Select(o => o.Number));
        return ValueTask.FromResult<IReadOnlyList<object?>>([.. batch.Parents.Cast<Order>().Select(o => o.Number % 2 == 1 ? new Asset($"Pump {o.Number}") : null)]);
    }

    private static IEnumerable<Order> Orders(int count) => [.. Enumerable.Range(1, count).Select(n => new Order(n))];

    // Makes other objects each time it is read, and may be read only once.
    private static IEnumerable<Order> OnceOnly()
    {
        var read = false;
        return Sequence();

        IEnumerable<Order> Sequence()
        {
            if (read) throw new InvalidOperationException("Read twice.");
            read = true;
            for (var n = 1; n <= 3; n++) yield return new Order(n);
        }
    }
}
