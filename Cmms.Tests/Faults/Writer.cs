using System.Collections.Concurrent;
using System.Globalization;

namespace Cmms.Tests.Faults;

/// <summary>Somebody who makes and changes assets and takes parts from the shelf, whatever happens to the programs, and remembers what was acknowledged.</summary>
internal sealed class Writer(Machinery machinery, string name, IReadOnlyList<string> partIds) : IDisposable
{
    private const string Create = "mutation($name: String!) { createAsset(input: { name: $name }) { asset { id } errors { ... on Error { message } } } }";
    private const string Update = "mutation($id: ID!, $description: String!) { updateAsset(input: { id: $id, description: $description }) { asset { id } errors { ... on Error { message } } } }";
    private const string Take = "mutation($id: ID!) { issuePart(input: { id: $id, quantity: 1 }) { stockTransaction { id } errors { ... on Error { message } } } }";
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private readonly GraphClient _client = new();
    private int _acknowledged;

    /// <summary>Names of assets that were made, by their ids.</summary>
    public ConcurrentDictionary<string, string> Made { get; } = [];

    /// <summary>Changes that were made: an asset's id and its new description.</summary>
    public ConcurrentBag<(string Id, string Description)> Changed { get; } = [];

    /// <summary>Movements of stock that were made, by their ids.</summary>
    public ConcurrentBag<string> Taken { get; } = [];

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public async Task RunAsync(CancellationToken until)
    {
        for (var n = 1; !until.IsCancellationRequested; n++)
        {
            if (await _client.TryAsync(machinery.AnyGraph(), Create, new { name = $"{name}-{n}" }) is not { } made)
            {
                await Task.Delay(s_pause, CancellationToken.None);
                continue;
            }
            var id = made.GetProperty("asset").GetProperty("id").GetString()!;
            Made[id] = $"{name}-{n}";
            var description = $"Change {n.ToString(CultureInfo.InvariantCulture)} of {name}";
            if (await _client.TryAsync(machinery.AnyGraph(), Update, new { id, description }) is not null) Changed.Add((id, description));
            if (n % 3 == 0 && await _client.TryAsync(machinery.AnyGraph(), Take, new { id = partIds[Random.Shared.Next(partIds.Count)] }) is { } taken)
                Taken.Add(taken.GetProperty("stockTransaction").GetProperty("id").GetString()!);
            Interlocked.Increment(ref _acknowledged);
            await Task.Delay(s_pause, CancellationToken.None); // people do not write without a break, and programs that start need the processor
        }
    }

    public void Dispose() => _client.Dispose();
}
