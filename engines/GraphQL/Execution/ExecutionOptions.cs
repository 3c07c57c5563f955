using Engines.GraphQL.Execution.Persisted;
using Engines.GraphQL.Execution.Telemetry;
using Engines.GraphQL.Language;
using Engines.GraphQL.Validation;

namespace Engines.GraphQL.Execution;

/// <summary>The limits and hooks of an executor.</summary>
public sealed record ExecutionOptions
{
    public ParserOptions Parser { get; init; } = ParserOptions.Default;
    public ValidationOptions Validation { get; init; } = ValidationOptions.Default;
    public PersistedOptions Persisted { get; init; } = new();

    /// <summary>How long an operation, or one message of a subscription, may take before its fields answer <c>TIMEOUT</c>.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many documents are kept with their plans.</summary>
    public int CachedDocuments { get; init; } = 256;
    /// <summary>A longer text is never kept.</summary>
    public int CachedDocumentBytes { get; init; } = 64 * 1024;

    /// <summary>How many fields a plan may have, counted once per place in the answer and concrete type.</summary>
    public int MaxPlanFields { get; init; } = 10_000;
    /// <summary>How costly an operation may be: 50 rows, each with a page of 50 more and their relations, pass; a third level of pages does not.</summary>
    public double MaxCost { get; init; } = 10_000;
    /// <summary>How long one answer may be; a longer one is given up.</summary>
    public int MaxAnswerBytes { get; init; } = 16 * 1024 * 1024;
    /// <summary>How long the answer of one root field may be that is kept for its idempotency key; a longer one is undone and refused.</summary>
    public int MaxKeptAnswerBytes { get; init; } = 1024 * 1024;
    /// <summary>How many bytes of messages of subscriptions are kept for further subscribers to them; beyond it, the oldest are forgotten.</summary>
    public int SharedMessageBytes { get; init; } = 16 * 1024 * 1024;
    /// <summary>How many root fields of one operation may touch credentials (<see cref="Types.FieldDefinition.TouchesCredentials"/>): one document is not to try many passwords.</summary>
    public int MaxCredentialFields { get; init; } = 5;
    /// <summary>How many items a list in the variables may have; lists in the document are bounded by its tokens.</summary>
    public int MaxListItems { get; init; } = 1_000;
    /// <summary>How many errors of variables are told at once.</summary>
    public int MaxVariableErrors { get; init; } = 20;

    /// <summary>
    /// Whether what failed may go well when it is asked again, such as a connection that a restart of the database has cut. A query is then run
    /// once more from its start; a mutation never.
    /// </summary>
    public Func<Exception, bool>? MayPass { get; init; }

    /// <summary>Told of every exception that became an <c>INTERNAL_SERVER_ERROR</c>, for the log.</summary>
    public Action<FailureReport>? OnError { get; init; }

    /// <summary>Told of every operation that was slow or answered top-level errors, for the log.</summary>
    public Action<OperationReport>? OnOperation { get; init; }
    /// <summary>What counts as slow.</summary>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>Whether traces carry the text of documents, whose literals may be anything.</summary>
    public bool TraceDocuments { get; init; }
}

/// <param name="Path">The response keys down to the field; indexes only where the failure came up while the answer was written.</param>
/// <param name="TraceId">What the client sees instead of the exception.</param>
public sealed record FailureReport(Exception Exception, IReadOnlyList<object> Path, string TraceId);
