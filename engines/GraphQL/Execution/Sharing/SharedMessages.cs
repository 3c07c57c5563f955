using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Engines.GraphQL.Execution.Sharing;

/// <summary>
/// Messages that were made for one subscriber and serve all others of its audience who are given the same item, the very same object. Kept up
/// to so many bytes; who comes after one was forgotten makes it again.
/// </summary>
internal sealed class SharedMessages(int maxBytes)
{
    /// <summary>What an entry takes beside its text.</summary>
    private const int Overhead = 400;
    private readonly ConcurrentDictionary<Key, Task<SingleResult>> _messages = new();
    private readonly Queue<(Key Key, int Bytes)> _oldest = new();
    private long _bytes;

    public Task<SingleResult>? Find(object item, Audience audience) => _messages.GetValueOrDefault(new Key(item, audience));

    /// <summary>Makes the message, unless somebody else is at it already.</summary>
    /// <param name="make">Must not end with the subscriber that happens to be the first.</param>
    public Task<SingleResult> Make(object item, Audience audience, Func<ValueTask<SingleResult>> make)
    {
        var key = new Key(item, audience);
        var promise = new TaskCompletionSource<SingleResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var made = _messages.GetOrAdd(key, promise.Task);
        if (made == promise.Task) _ = KeepAsync(key, promise, make);
        return made;
    }

    private async Task KeepAsync(Key key, TaskCompletionSource<SingleResult> promise, Func<ValueTask<SingleResult>> make)
    {
        try
        {
#pragma warning disable CA2000 // It holds nothing that would have to be given back.
            var message = (await make()).Shared();
#pragma warning restore CA2000
            // What failed may succeed for whoever asks next.
            if (message.Errors.Count > 0) _messages.TryRemove(key, out _);
            else Keep(key, message.Json.Length + Overhead);
            promise.SetResult(message);
        }
#pragma warning disable CA1031 // It is thrown where the message is waited for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _messages.TryRemove(key, out _);
            promise.SetException(e);
        }
    }

    private void Keep(Key key, int bytes)
    {
        lock (_oldest)
        {
            _oldest.Enqueue((key, bytes));
            _bytes += bytes;
            while (_bytes > maxBytes)
            {
                var forgotten = _oldest.Dequeue();
                _bytes -= forgotten.Bytes;
                _messages.TryRemove(forgotten.Key, out _);
            }
        }
    }

    private readonly struct Key(object item, Audience audience) : IEquatable<Key>
    {
        private readonly object _item = item;
        private readonly Audience _audience = audience;

        public bool Equals(Key other) => ReferenceEquals(_item, other._item) && _audience.Equals(other._audience);
        public override bool Equals(object? obj) => obj is Key other && Equals(other);
        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(_item), _audience);
    }
}
