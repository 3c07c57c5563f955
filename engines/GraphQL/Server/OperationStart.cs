using Engines.GraphQL.Execution;

namespace Engines.GraphQL.Server;

/// <summary>What the host has at hand to build the <see cref="RequestScope"/> of one operation.</summary>
/// <param name="Services">A scope of this operation alone; each message of a subscription gets one of its own from the executor.</param>
/// <param name="Caller">As <see cref="AuthResult.Accept"/> was given it.</param>
/// <param name="Cancel">Ends when the client leaves; for a subscription also when the server stops or the credential ends.</param>
public sealed record OperationStart(IServiceProvider Services, object? Caller, GraphQLRequest Request, CancellationToken Cancel);
