using Cmms.Domain.Persistence;
using Xunit;

namespace Cmms.Tests;

public sealed class GraphStoryTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task A_part_is_made_restocked_and_watched(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await using var stock = await graph.SubscribeAsync("subscription { stockChanged { cursor event { type } part { available } } }");
        var first = await stock.NextAsync();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, first.GetProperty("event").ValueKind);

        var made = await graph.PayloadAsync("""
            mutation { createPart(input: { name: "Air Filter", number: "FL_A", onHand: 10, minimum: 5, desired: 12, unitCost: 26.15 }) {
              part { id name available unitCost createdBy { __typename ... on User { fullName } } } errors { ... on Error { code message path } } } }
            """);
        Snapshot.Match(made.ToString().Replace(made.GetProperty("part").GetProperty("id").GetString()!, "ID", StringComparison.Ordinal));
        var id = made.GetProperty("part").GetProperty("id").GetString();
        Assert.Equal(10, (await stock.NextAsync()).GetProperty("part").GetProperty("available").GetDecimal());

        var issued = await graph.PayloadAsync("mutation($id: ID!) { issuePart(input: { id: $id, quantity: 6 }) { part { available isLow } stockTransaction { kind totalCost } errors { ... on Error { code } } } }", new { id });
        Assert.Equal(4, issued.GetProperty("part").GetProperty("available").GetDecimal());
        Assert.True(issued.GetProperty("part").GetProperty("isLow").GetBoolean());
        Assert.Equal(156.9m, issued.GetProperty("stockTransaction").GetProperty("totalCost").GetDecimal());

        var refused = await graph.PayloadAsync("mutation($id: ID!) { issuePart(input: { id: $id, quantity: 60 }) { part { id } errors { __typename ... on Error { code path } ... on InsufficientStockError { requested available } } } }", new { id });
        Assert.Equal("""[{"__typename":"InsufficientStockError","code":"INSUFFICIENT_STOCK","path":["input","quantity"],"requested":60,"available":4}]""", refused.GetProperty("errors").GetRawText());

        var hidden = await graph.DataAsync("query($id: ID!) { node(id: $id) { id } parts(search: \"filter\") { totalCount } }", new { id }, "neighbour");
        Assert.Equal("""{"node":null,"parts":{"totalCount":0}}""", hidden.GetRawText());
    }
}
