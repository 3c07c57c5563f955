using System.Net.WebSockets;
using Engines.GraphQL.Execution;
using Microsoft.Extensions.Logging;

namespace Engines.GraphQL.Server;

/// <summary>The operations under way on one socket, by the ids that the client gave them.</summary>
internal sealed class SocketOperations(SocketWriter writer, OperationStarter starter, Admission admission, int maximum, ILogger log, CancellationToken ended)
{
    private readonly Dictionary<string, SocketOperation> _current = new(StringComparer.Ordinal);
    // Also those that their client has completed and that are unwinding: else "subscribe, complete" in a loop would have no bound.
    private readonly HashSet<SocketOperation> _all = [];

    /// <summary>False when the id is in use.</summary>
    public bool TryStart(string id, GraphQLRequest request, AuthResult caller)
    {
        lock (_all)
        {
            if (_current.ContainsKey(id)) return false;
            var operation = new SocketOperation(id, ended);
            var isTooMany = _all.Count >= maximum;
            _all.Add(operation);
            _current.Add(id, operation);
            operation.Running = Task.Run(() => RunAsync(operation, request, caller, isTooMany), CancellationToken.None);
            return true;
        }
    }

    /// <summary>The client wants no more of it. Unknown ids are of operations that ended meanwhile.</summary>
    public void Complete(string id)
    {
        lock (_all)
        {
            if (!_current.TryGetValue(id, out var operation)) return;
            _current.Remove(id);
            operation.Stop();
        }
    }

    public Task AllDone()
    {
        lock (_all) return Task.WhenAll(_all.Select(o => o.Running));
    }

    private async Task RunAsync(SocketOperation operation, GraphQLRequest request, AuthResult caller, bool isTooMany)
    {
        try
        {
            await AnswerAsync(operation, request, caller, isTooMany);
        }
        catch (Exception lost) when (operation.Cancel.IsCancellationRequested || lost is WebSocketException or IOException or ObjectDisposedException)
        {
            // The client has left, or left this operation.
        }
        finally
        {
            Leave(operation);
            lock (_all) _all.Remove(operation);
            operation.Dispose();
        }
    }

    private async Task AnswerAsync(SocketOperation operation, GraphQLRequest request, AuthResult caller, bool isTooMany)
    {
        try
        {
            var notNow = await admission.EnterAsync(caller, operation.Cancel);
            if (notNow is null && isTooMany) notNow = new GraphQLError("Too many operations are under way on this socket.", ErrorCodes.TooManyRequests);
            if (notNow is not null)
            {
                await RefuseAsync(operation, notNow);
                return;
            }
            await using var started = await starter.StartAsync(request, caller, admission, operation.Cancel);
            switch (started.Result)
            {
                case SingleResult { Kind: not ResultKind.Executed } refused:
                    await ErrorAsync(operation, refused);
                    return;
                case SingleResult single:
                    await NextAsync(operation, single);
                    break;
                case StreamResult stream:
                    if (!await CopyAsync(operation, started, stream)) return;
                    break;
            }
            await CompleteAsync(operation);
        }
#pragma warning disable CA1031 // One operation's failure is not the others'; the client learns only that it happened.
        catch (Exception failure) when (!operation.Cancel.IsCancellationRequested && failure is not (WebSocketException or IOException))
#pragma warning restore CA1031
        {
            log.OperationFailed(failure);
            await RefuseAsync(operation, new GraphQLError("The server failed to answer.", ErrorCodes.Internal));
        }
    }

    /// <summary>False when it ended with an error, which is its last message then.</summary>
    private async ValueTask<bool> CopyAsync(SocketOperation operation, Operation started, StreamResult stream)
    {
        await foreach (var message in stream.Messages.WithCancellation(operation.Cancel))
        {
            using (message)
            {
                started.Spend(message.Cost);
                if (message.Kind is ResultKind.Executed)
                {
                    await NextAsync(operation, message);
                    continue;
                }
                await ErrorAsync(operation, message);
                return false;
            }
        }
        return true;
    }

    private async ValueTask RefuseAsync(SocketOperation operation, GraphQLError error)
    {
        using var answer = SingleResult.Refused([error]);
        await ErrorAsync(operation, answer);
    }

    private async ValueTask NextAsync(SocketOperation operation, SingleResult answer)
    {
        using var json = new JsonOutput();
        SocketMessage.WriteNext(json, operation.Id, answer.Json.Span);
        await writer.SendAsync(json.Written, operation.Cancel);
    }

    // Both last messages: the operation is forgotten before the client can know of its end and use the id again.
    private async ValueTask ErrorAsync(SocketOperation operation, SingleResult answer)
    {
        Leave(operation);
        using var json = new JsonOutput();
        SocketMessage.WriteError(json, operation.Id, answer.Json);
        await writer.SendAsync(json.Written, operation.Cancel);
    }

    private async ValueTask CompleteAsync(SocketOperation operation)
    {
        Leave(operation);
        using var json = new JsonOutput();
        SocketMessage.WriteComplete(json, operation.Id);
        await writer.SendAsync(json.Written, operation.Cancel);
    }

    private void Leave(SocketOperation operation)
    {
        lock (_all)
            if (_current.TryGetValue(operation.Id, out var current) && current == operation) _current.Remove(operation.Id);
    }

    private sealed class SocketOperation : IDisposable
    {
        private readonly CancellationTokenSource _stop;

        public SocketOperation(string id, CancellationToken ended)
        {
            Id = id;
            _stop = CancellationTokenSource.CreateLinkedTokenSource(ended);
            Cancel = _stop.Token;
        }

        public string Id { get; }
        public CancellationToken Cancel { get; }
        public Task Running { get; set; } = Task.CompletedTask;

        // On another thread: what waits for this token must not run where the client's messages are read.
        public void Stop() => _ = _stop.CancelAsync();

        public void Dispose() => _stop.Dispose();
    }
}
