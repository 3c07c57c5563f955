using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Engines.GraphQL.Server;

/// <summary>Starts operations for all transports: limits, scope, execution.</summary>
internal sealed class OperationStarter(RequestExecutor executor, IServiceScopeFactory scopes, GraphQLServerOptions options)
{
    private readonly CallerLimit _requests = new(options.MaxRequestsPerCaller);
    private readonly CallerLimit _subscriptions = new(options.MaxSubscriptionsPerCaller);

    /// <summary>Whether any input of the schema can hold a file.</summary>
    public bool TakesFiles { get; } = executor.Schema.Types.Values.Any(t => t is UploadScalar);

    /// <param name="admission">Has let the operation in, and is told what it spends.</param>
    public async ValueTask<Operation> StartAsync(GraphQLRequest request, AuthResult caller, Admission admission, CancellationToken cancel)
    {
        var operation = new Operation(caller, admission);
        try
        {
            operation.Result = await ExecuteAsync(operation, request, caller, cancel);
            return operation;
        }
        catch
        {
            await operation.DisposeAsync();
            throw;
        }
    }

    private async ValueTask<ExecutionResult> ExecuteAsync(Operation operation, GraphQLRequest request, AuthResult caller, CancellationToken cancel)
    {
        if (!operation.TryEnter(_requests)) return TooMany("Too many requests are under way for this caller.");
        var services = operation.OpenScope(scopes);
        var scope = options.CreateScope(new OperationStart(services, caller.Caller, request, cancel)) with { Spend = operation.Spend };
        var result = await executor.ExecuteAsync(request, scope);
        // Only now is it known to be a subscription, which counts otherwise.
        if (result is StreamResult && !operation.TryEnter(_subscriptions)) return TooMany("Too many subscriptions are open for this caller.");
        return result;
    }

    private static SingleResult TooMany(string message) => SingleResult.Refused([new GraphQLError(message, ErrorCodes.TooManyRequests)]);
}

/// <summary>An operation's answer with all that lives as long as it.</summary>
internal sealed class Operation(AuthResult caller, Admission admission) : IAsyncDisposable
{
    private AsyncServiceScope? _scope;
    private CallerLimit? _counted;

    public ExecutionResult? Result { get; set; }

    public void Spend(double cost) => admission.Spend(caller, cost);

    /// <summary>Counts under this limit from now on, no more under an earlier one.</summary>
    public bool TryEnter(CallerLimit limit)
    {
        _counted?.Leave(caller.LimitKey);
        _counted = limit.TryEnter(caller.LimitKey) ? limit : null;
        return _counted is not null;
    }

    public IServiceProvider OpenScope(IServiceScopeFactory scopes)
    {
        var scope = scopes.CreateAsyncScope();
        _scope = scope;
        return scope.ServiceProvider;
    }

    public async ValueTask DisposeAsync()
    {
        (Result as IDisposable)?.Dispose();
        _counted?.Leave(caller.LimitKey);
        if (_scope is { } opened) await opened.DisposeAsync();
    }
}
