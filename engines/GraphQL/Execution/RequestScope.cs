using Engines.GraphQL.Execution.Idempotency;

namespace Engines.GraphQL.Execution;

/// <summary>What a host lends to one request. Its services must outlive the answer, for a subscription its whole stream.</summary>
/// <param name="Cancel">Ends when the client leaves.</param>
public sealed record RequestScope(IServiceProvider Services, CancellationToken Cancel)
{
    /// <inheritdoc cref="RequestContext.RunMutation"/>
    public MutationRunner? RunMutation { get; init; }

    /// <summary>The transaction of a <c>mutation @atomic</c>, or of one root field whose answer is kept; null where the host has none.</summary>
    public Func<RequestContext, UnitOfWork>? UnitOfWork { get; init; }

    /// <summary>
    /// What was answered to this caller under a key (<c>Idempotency-Key</c>), or null for a caller to whom no key can belong: then the request is refused. It needs
    /// <see cref="UnitOfWork"/>. Not set: keys are ignored.
    /// </summary>
    public Func<RequestContext, RequestKey, AnswerStore?>? Answers { get; init; }

    /// <summary>Whether this caller may ask for <c>__schema</c> and <c>__type</c>, and be told by validation what is in the schema.</summary>
    public bool MayIntrospect { get; init; } = true;

    /// <summary>Called before a query is run once more (<see cref="ExecutionOptions.MayPass"/>): what was read, and by what, is to be forgotten.</summary>
    public Func<RequestContext, ValueTask>? Renew { get; init; }

    /// <summary>Told what a query or mutation may cost, once that is known and before it runs. What a message of a subscription cost stands in its <see cref="SingleResult.Cost"/>.</summary>
    public Action<double>? Spend { get; init; }

    /// <summary>Asked once a subscription with whom its messages may be shared; null: with nobody.</summary>
    public Func<SharingKeys>? Sharing { get; init; }

    /// <summary>Sets a context up before anything is asked of it: once an operation, and once again for each message of a subscription, which has its own DI scope.</summary>
    public Action<RequestContext>? Prepare { get; init; }
}

/// <summary>Whose messages may be one execution: subscribers to the same item by the same operation and variables, with equal keys.</summary>
/// <param name="Rights">Equal for callers to whom every field answers the same that cannot know who asks, and every guard that is impersonal decides the same.</param>
/// <param name="Person">Equal only for the same caller: where a selection may depend on the person, this has to be equal too.</param>
public sealed record SharingKeys(string Rights, string Person);
