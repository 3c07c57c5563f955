using Engines.GraphQL.Execution;

namespace Engines.GraphQL.Types;

/// <summary>How a field gets its value. One of <see cref="InlineResolver"/>, <see cref="BatchResolver"/> and <see cref="StreamResolver"/>.</summary>
public abstract class FieldResolver;

/// <summary>Reads a value straight off the parent while the answer is written: pure, cheap, without arguments, never stored.</summary>
public sealed class InlineResolver(Func<object, object?> read) : FieldResolver
{
    public Func<object, object?> Read => read;

    /// <summary>Writes the leaf without boxing it and answers true, or answers false without writing when it is null. Null: use <see cref="Read"/>.</summary>
    public Func<object, JsonOutput, bool>? WriteLeaf { get; init; }
}

/// <summary>
/// Called once per level for all parents of a field: answers one value a parent, in their order. A value may be a <see cref="FieldFailure"/>,
/// which becomes a located error of that parent's field alone. An exception fails the field of every parent.
/// </summary>
public sealed class BatchResolver(Func<BatchContext, ValueTask<IReadOnlyList<object?>>> resolve) : FieldResolver
{
    public Func<BatchContext, ValueTask<IReadOnlyList<object?>>> Resolve => resolve;

    /// <summary>As a mutation's root field it calls <see cref="RequestContext.RunMutation"/> itself, since it turns what comes out of there into data.</summary>
    public bool RunsMutation { get; init; }
}

/// <summary>The source of a subscription's root field: each item becomes the value of that field in one message.</summary>
public sealed class StreamResolver(Func<BatchContext, IAsyncEnumerable<object?>> subscribe) : FieldResolver
{
    public Func<BatchContext, IAsyncEnumerable<object?>> Subscribe => subscribe;

    /// <summary>What the field answers where its type is met as the value of another field, which a schema may allow. Null: an error.</summary>
    public BatchResolver? AsValue { get; init; }
}

/// <summary>An error in place of one parent's value.</summary>
public sealed record FieldFailure(GraphQLError Error);

/// <summary>Decides whether a caller may use a field; answers the error that denies it, or null. Must not do I/O.</summary>
public abstract class FieldGuard
{
    public abstract GraphQLError? Deny(RequestContext request);

    /// <summary>Whether it decides alike for all whom the host says to have equal rights, whoever they are.</summary>
    public virtual bool IsImpersonal => false;

    /// <summary>For the schema's readers: what is needed, such as a permission's name.</summary>
    public abstract string Requirement { get; }
}
