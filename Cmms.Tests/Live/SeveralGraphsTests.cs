using System.Net.WebSockets;
using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Live;

/// <summary>A cursor of one process is good at every other: no gap and no double, whoever is killed.</summary>
public sealed class SeveralGraphsTests
{
    private const string Document = "subscription ($id: ID!, $after: String) { eventOccurred(subjectId: $id, after: $after) { cursor event { type } } }";
    private const int Places = 20, Listeners = 200, Changes = 3_000;

    [Theory, Sqlite(3), PostgreSql(4)]
    public async Task Hundreds_listen_at_two_processes_with_kills_and_a_restart_and_miss_nothing(DatabaseProvider provider, int seed)
    {
        await using var first = await TestGraph.StartAsync(provider);
        var plant = first.Plant;
        var second = await TestGraph.ReopenAsync(plant);
        List<Location> places = [.. Enumerable.Range(0, Places).Select(i => new Location($"Hall {i}"))];
        await plant.WriteAsync(db =>
        {
            db.Locations.AddRange(places);
            return Task.CompletedTask;
        });
        using CancellationTokenSource over = new();
        var random = new Random(seed);
        List<Wanderer> wanderers = [.. Enumerable.Range(0, Listeners).Select(i => new Wanderer(i, places[i % Places].Id, () => (first, second)))];
        foreach (var wanderer in wanderers) await wanderer.StartAsync();

        var dropping = Task.Run(async () =>
        {
            var chance = new Random(seed + 1);
            while (!over.IsCancellationRequested)
            {
                wanderers[chance.Next(Listeners)].Drop();
                await Task.Delay(chance.Next(20));
            }
        });
        for (var change = 0; change < Changes; change++)
        {
            if (change is Changes / 3)
            {
                await second.StopAsync();
                await second.DisposeAsync();
            }
            if (change is Changes / 2) second = await TestGraph.ReopenAsync(plant);
            var place = places[random.Next(Places)].Id;
            var number = change;
            await plant.WriteAsync(async db => (await db.Find<Location>(place, default)).Description = $"Seen {number} times");
        }
        await over.CancelAsync();
        await dropping;

        foreach (var wanderer in wanderers)
        {
            var expected = await plant.ReadAsync(db => db.Events.Where(e => e.SubjectType == "Location" && e.SubjectId == wanderer.Place && e.Position > wanderer.Start)
                .OrderBy(e => e.Position).Select(e => e.Position).ToListAsync());
            await Patiently(() => wanderer.Heard.Count >= expected.Count);
            Assert.Equal(expected, wanderer.Heard);
            await wanderer.DisposeAsync();
        }
        Assert.True(wanderers.Sum(w => w.Returns) > Listeners / 4, $"{wanderers.Sum(w => w.Returns)}");
        await second.DisposeAsync();
    }

    private static async Task Patiently(Func<bool> holds)
    {
        for (var i = 0; i < 1_200 && !holds(); i++) await Task.Delay(50);
    }

    /// <summary>Listens at one process or the other, and goes on at either with the last cursor that it got.</summary>
    private sealed class Wanderer(int number, long place, Func<(TestGraph First, TestGraph Second)> graphs) : IAsyncDisposable
    {
        private readonly Random _random = new(number);
        private readonly List<long> _heard = [];
        private volatile LiveListener? _listener;
        private volatile bool _isOver;
        private Task _wandering = Task.CompletedTask;
        private string _cursor = "";

        public long Place => place;
        public long Start { get; private set; }
        public int Returns { get; private set; }

        public IReadOnlyList<long> Heard
        {
            get
            {
                lock (_heard) return [.. _heard, .. _listener?.Positions ?? []];
            }
        }

        public async Task StartAsync()
        {
            _listener = await LiveListener.StartAsync(One(), Document, Variables);
            _cursor = _listener.First!;
            Start = _listener.PositionOf(_cursor);
            _wandering = Task.Run(WanderAsync);
        }

        public void Drop() => _listener?.Abort();

        public async ValueTask DisposeAsync()
        {
            _isOver = true;
            Drop();
            await _wandering;
        }

        private Dictionary<string, object?> Variables => new() { ["id"] = new GlobalId("Location", $"{place}").ToString() };

        private TestGraph One() => _random.Next(2) == 0 ? graphs().First : graphs().Second;

        private async Task WanderAsync()
        {
            while (!_isOver)
            {
                await _listener!.Ended;
                var heard = _listener.Messages;
                lock (_heard)
                {
                    _heard.AddRange(_listener.Positions);
                    _listener = null;
                }
                if (heard.Count > 0) _cursor = heard[^1].GetProperty("cursor").GetString()!;
                while (!_isOver && _listener is null)
                {
                    try
                    {
                        _listener = await LiveListener.StartAsync(One(), Document, Variables, after: _cursor);
                        Returns++;
                    }
                    catch (Exception e) when (e is WebSocketException or HttpRequestException or InvalidOperationException or OperationCanceledException or IOException)
                    {
                        await Task.Delay(20); // it is not there; the other one is
                    }
                }
            }
            if (_listener is { } last) await last.DisposeAsync();
        }
    }
}
