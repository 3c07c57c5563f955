using System.Text;
using System.Text.Json;
using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Engines.GraphQL.Validation;

namespace Cmms.Tests.GraphQL.Execution;

/// <summary>Short ways to make a schema by hand and to ask it something.</summary>
internal static class Kit
{
    /// <summary>Lets a document through to execution's own bounds.</summary>
    public static readonly ValidationOptions Lenient = new() { MaxAliases = int.MaxValue, MaxFragmentVisits = int.MaxValue, MaxQueryRootFields = int.MaxValue, MaxDepth = 100 };

    public static GraphQLType T(string text, NamedType named) =>
        text.EndsWith('!') ? new NonNullType(T(text[..^1], named)) : text.StartsWith('[') ? new ListType(T(text[1..^1], named)) : named;

    public static GraphQLType T(string text) => T(text, text.Trim('[', ']', '!') switch
    {
        "Int" => Scalars.Int,
        "Float" => Scalars.Float,
        "Boolean" => Scalars.Boolean,
        "ID" => Scalars.ID,
        _ => Scalars.String,
    });

    public static FieldDefinition Read<TParent>(string name, GraphQLType type, Func<TParent, object?> read) => new(name, type) { Resolver = new InlineResolver(p => read((TParent)p)) };

    /// <summary>A batched field by its answer for one parent; an exception thrown for one is that parent's failure.</summary>
    public static BatchResolver Each<TParent>(Func<TParent, BatchContext, object?> resolve) => new(batch =>
        ValueTask.FromResult<IReadOnlyList<object?>>([.. batch.Parents.Select(p => One(() => resolve((TParent)p, batch)))]));

    public static BatchResolver Once(Func<BatchContext, object?> resolve) => new(batch => ValueTask.FromResult<IReadOnlyList<object?>>([.. batch.Parents.Select(_ => resolve(batch))]));

    public static Schema SchemaOf(ObjectType query, ObjectType? mutation = null, ObjectType? subscription = null, params NamedType[] types) => new(query, mutation, subscription, types, []);

    public static ObjectType Object(string name, params FieldDefinition[] fields)
    {
        var type = new ObjectType(name);
        foreach (var field in fields) type.Add(field);
        return type;
    }

    public static GraphQLRequest Request(string document, string? variables = null, string? operation = null) => new()
    {
        Document = Encoding.UTF8.GetBytes(document),
        Variables = variables is null ? default : JsonDocument.Parse(variables).RootElement,
        OperationName = operation,
    };

    public static RequestExecutor Executor(Schema schema, ExecutionOptions? options = null) => new(schema, options ?? new ExecutionOptions());

    public static RequestScope Scope(CancellationToken cancel = default) => new(NoServices.Instance, cancel);

    public static async Task<string> Ask(this RequestExecutor executor, string document, string? variables = null, string? operation = null, RequestScope? scope = null)
    {
        using var result = (SingleResult)await executor.ExecuteAsync(Request(document, variables, operation), scope ?? Scope());
        return Text(result);
    }

    public static Task<string> Ask(this Schema schema, string document, string? variables = null) => Executor(schema).Ask(document, variables);

    /// <summary>The answer's text, proved to be JSON.</summary>
    public static string Text(SingleResult result)
    {
        using var parsed = JsonDocument.Parse(result.Json);
        return Encoding.UTF8.GetString(result.Json.Span);
    }

    private static object? One(Func<object?> resolve)
    {
        try
        {
            return resolve();
        }
        catch (GraphQLException e)
        {
            return new FieldFailure(e.Error);
        }
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();
        public object? GetService(Type serviceType) => null;
    }
}
