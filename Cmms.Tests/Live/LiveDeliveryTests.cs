using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Cmms.Graph.Live;
using Engines.GraphQL.Binding;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cmms.Tests.Live;

/// <summary>Many subscribers, each of whom gets exactly what the answers of the mutations say, in their order. The bench has more of them, for longer.</summary>
public sealed class LiveDeliveryTests
{
    private const string Document = "subscription ($id: ID!, $after: String) { assetStatusChanged(assetId: $id, after: $after) { cursor event { id type reason } asset { id name status version } } }";
    private const string Change = "mutation ($input: ChangeAssetStatusInput!) { changeAssetStatus(input: $input) { statusChange { reason } errors { __typename } } }";
    private const int Assets = 20;
    private static readonly bool s_soaks = Requirements.Soak;

    [Theory, Sqlite, PostgreSql]
    public async Task Each_of_two_hundred_subscribers_gets_exactly_its_list_in_order(DatabaseProvider provider)
    {
        var (subscribers, rounds) = (200, s_soaks ? 300 : 15);
        await using var graph = await TestGraph.StartAsync(provider);
        var ids = await BuildAsync(graph.Plant, Assets);
        List<LiveListener> listeners = [];
        for (var i = 0; i < subscribers; i++) listeners.Add(await LiveListener.StartAsync(graph, Document, new() { ["id"] = ids[i % Assets] }, i % 2 == 0 ? "admin" : "manager"));
        var answers = ids.Select(_ => new List<string>()).ToList();
        await Task.WhenAll(ids.Select(async (id, asset) =>
        {
            for (var round = 0; round < rounds; round++)
            {
                var input = new { id, status = round % 2 == 0 ? "MAINTENANCE" : "OPERATIONAL", reason = $"change {round} of asset {asset}" };
                var answer = await graph.PayloadAsync(Change, new { input });
                answers[asset].Add(answer.GetProperty("statusChange").GetProperty("reason").GetString()!);
            }
        }));
        foreach (var (listener, asset) in listeners.Select((l, i) => (l, i % Assets)))
        {
            await GraphQL.Server.Eventually.IsTrueAsync(() => Task.FromResult(listener.Count >= rounds));
            Assert.Equal(answers[asset], listener.Messages.Select(m => m.GetProperty("event").GetProperty("reason").GetString()));
            Assert.All(listener.Messages, m => Assert.Equal(ids[asset], m.GetProperty("asset").GetProperty("id").GetString()));
            // As it is by then: perhaps newer than the event, never older.
            var versions = listener.Messages.Select(m => m.GetProperty("asset").GetProperty("version").GetInt32()).ToList();
            Assert.All(versions.Index(), v => Assert.True(v.Item >= v.Index + 2, $"version {v.Item} in message {v.Index}"));
        }
        Assert.Equal(Assets, graph.Services.GetRequiredService<EventFeed>().Topics);
        foreach (var listener in listeners) await listener.DisposeAsync();
        await GraphQL.Server.Eventually.IsTrueAsync(() => Task.FromResult(graph.Services.GetRequiredService<EventFeed>().Topics == 0));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_was_committed_before_the_first_cursor_does_not_follow_as_a_message(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var ids = await BuildAsync(graph.Plant, 1);
        for (var round = 0; round < 20; round++)
        {
            var before = await ChangeAsync(graph, ids[0], round * 2);
            await using var listener = await LiveListener.StartAsync(graph, Document, new() { ["id"] = ids[0] });
            var after = await ChangeAsync(graph, ids[0], round * 2 + 1);
            await GraphQL.Server.Eventually.IsTrueAsync(() => Task.FromResult(listener.Count >= 1));
            Assert.Equal([after], listener.Messages.Select(m => m.GetProperty("event").GetProperty("reason").GetString()));
            Assert.NotEqual(before, after);
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Another_site_s_subscribers_and_another_customer_s_hear_nothing_and_share_nothing(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        const string Everything = "subscription ($after: String) { eventOccurred(types: [\"LocationCreated\"], after: $after) { cursor subject { ... on Location { name } } } }";
        await using var here = await LiveListener.StartAsync(graph, Everything, []);
        await using var there = await LiveListener.StartAsync(graph, Everything, [], "neighbour");
        await graph.Plant.WriteAsync(db => Task.FromResult(db.Locations.Add(new Location("Here"))));
        await graph.Plant.Database.WriteAsync(graph.Plant.Neighbour, db => Task.FromResult(db.Locations.Add(new Location("There"))));
        await GraphQL.Server.Eventually.IsTrueAsync(() => Task.FromResult(here.Count >= 1 && there.Count >= 1));
        Assert.Equal("Here", Assert.Single(here.Messages).GetProperty("subject").GetProperty("name").GetString());
        Assert.Equal("There", Assert.Single(there.Messages).GetProperty("subject").GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_depends_on_the_person_is_each_person_s_own()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        const string Mine = "subscription ($after: String) { notificationReceived(after: $after) { cursor notification { title } } }";
        await using var admin = await LiveListener.StartAsync(graph, Mine, []);
        await using var manager = await LiveListener.StartAsync(graph, Mine, [], "manager");
        Assert.Equal(2, graph.Services.GetRequiredService<EventFeed>().Topics);
    }

    internal static async Task<IReadOnlyList<string>> BuildAsync(TestPlant plant, int count)
    {
        List<Asset> assets = [.. Enumerable.Range(0, count).Select(i => new Asset($"Loom {i}", plant.Now))];
        await plant.WriteAsync(db =>
        {
            db.Assets.AddRange(assets);
            return Task.CompletedTask;
        });
        return [.. assets.Select(a => new GlobalId("Asset", $"{a.Id}").ToString())];
    }

    private static async Task<string> ChangeAsync(TestGraph graph, string id, int number)
    {
        var input = new { id, status = number % 2 == 0 ? "MAINTENANCE" : "OPERATIONAL", reason = $"change number {number}" };
        return (await graph.PayloadAsync(Change, new { input })).GetProperty("statusChange").GetProperty("reason").GetString()!;
    }
}
