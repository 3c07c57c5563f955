using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution;

/// <summary>One operation under way: what resolvers may ask of it. It is also the parent of the root fields.</summary>
public sealed class RequestContext(Schema schema, IServiceProvider services, CancellationToken cancel)
{
    public Schema Schema => schema;
    /// <summary>The services of this request's scope.</summary>
    public IServiceProvider Services => services;
    /// <summary>Ends when the client leaves or the deadline passes.</summary>
    public CancellationToken Cancel => cancel;
    /// <summary>The operation that runs, with its name and directives.</summary>
    public OperationDefinitionNode? Operation { get; init; }
    /// <summary>What the host wants to keep beside the request.</summary>
    public Dictionary<object, object?> Items { get; } = [];
    /// <summary>Runs the resolver of a mutation's root field; the host may wrap it in a transaction and call it again on a conflict. Default: just calls it.</summary>
    public MutationRunner RunMutation { get; init; } = static (_, resolve) => resolve();
}

/// <summary>Wraps the resolver of one mutation root field. May call <paramref name="resolve"/> more than once; its exceptions pass through.</summary>
public delegate ValueTask<object?> MutationRunner(BatchContext field, Func<ValueTask<object?>> resolve);
