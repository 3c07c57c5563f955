using System.Text;
using BenchmarkDotNet.Attributes;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Execution.Planning;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Engines.GraphQL.Validation;

namespace Bench.Micro;

/// <summary>The engine alone: what a document costs until it runs, and what answering it costs where no database is asked.</summary>
[MemoryDiagnoser, InProcess]
public class EngineBenchmarks
{
    private const string Sdl = """
        type Query { orders(first: Int = 50): [Order!]! }
        type Order { id: ID! code: String! title: String! priority: Priority! hours: Float asset: Asset technicians: [Person!]! }
        type Asset { name: String! location: Location }
        type Location { name: String! }
        type Person { name: String! }
        enum Priority { LOW MEDIUM HIGH }
        """;
    private const string Text = "query Page($first: Int) { orders(first: $first) { id code title priority hours asset { name location { name } } technicians { name } } }";

    private readonly byte[] _text = Encoding.UTF8.GetBytes(Text);
    private readonly Schema _schema = SdlSchema.Build(Sdl, Resolve);
    private readonly RequestScope _scope = new(new NoServices(), CancellationToken.None);
    private RequestExecutor _executor = null!;
    private DocumentNode _document = null!;
    private OperationDefinitionNode _operation = null!;

    [GlobalSetup]
    public void Setup()
    {
        _executor = new RequestExecutor(_schema, new ExecutionOptions());
        _document = Parse();
        _operation = _document.Definitions.OfType<OperationDefinitionNode>().Single();
    }

    [Benchmark]
    public DocumentNode Parse() => Parser.Parse(_text, ParserOptions.Default);

    [Benchmark]
    public int Validate() => DocumentValidator.Validate(_schema, _document, ValidationOptions.Default).Count;

    [Benchmark]
    public object Plan() => Planner.Plan(_schema, _document, _operation, 10_000);

    /// <summary>50 orders with two nested levels out of memory; the plan is cached, as it is in a server.</summary>
    [Benchmark]
    public async Task<int> Execute()
    {
        using var result = (SingleResult)await _executor.ExecuteAsync(new GraphQLRequest { Document = _text }, _scope);
        return result.Json.Length;
    }

    private static FieldResolver? Resolve(string type, string field) => (type, field) switch
    {
        ("Query", _) => new BatchResolver(_ => new([s_orders])),
        ("Order", "id") => new InlineResolver(o => ((Order)o).Id),
        ("Order", "code") => new InlineResolver(o => ((Order)o).Code),
        ("Order", "title") => new InlineResolver(o => ((Order)o).Title),
        ("Order", "priority") => new InlineResolver(o => ((Order)o).Priority),
        ("Order", "hours") => new InlineResolver(o => ((Order)o).Hours),
        ("Order", "asset") => new BatchResolver(field => new(field.Parents.Select(o => (object?)((Order)o).Asset).ToList())),
        ("Order", _) => new BatchResolver(field => new(field.Parents.Select(o => (object?)((Order)o).Technicians).ToList())),
        ("Asset", "location") => new BatchResolver(field => new(field.Parents.Select(a => (object?)((Asset)a).Location).ToList())),
        _ => new InlineResolver(named => ((Named)named).Name),
    };

    private static readonly IReadOnlyList<Order> s_orders =
    [
        .. Enumerable.Range(1, 50).Select(i => new Order(
            $"T3JkZXI6{i}", $"WO-{i:000000}", $"Replace drive belt {i}", i % 2 == 0 ? "HIGH" : "LOW", i / 4.0,
            new Asset($"Conveyor {i}", new Named($"Hall {i % 7}")), [new Named("Lucía"), new Named("Ben")])),
    ];

    private sealed record Order(string Id, string Code, string Title, string Priority, double Hours, Asset Asset, IReadOnlyList<Named> Technicians);

    private sealed record Asset(string Name, Named Location) : Named(Name);

    private record Named(string Name);

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
