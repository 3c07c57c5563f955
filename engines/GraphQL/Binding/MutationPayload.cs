using Engines.GraphQL.Execution;

namespace Engines.GraphQL.Binding;

/// <summary>What a mutation's field answers: a result, or errors.</summary>
internal sealed record MutationPayload(RequestContext Request, object? Result, IReadOnlyList<MutationError>? Errors);

/// <summary>An exception as one of a mutation's errors.</summary>
internal sealed record MutationError(Exception Exception, string Code, IReadOnlyList<string>? Path);
