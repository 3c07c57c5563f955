using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Events;

/// <summary>The audit trail as clients ask for it.</summary>
public sealed class EventGraphTests
{
    private const string Where = "query Find($where: EventFilterInput) { events(where: $where, first: 100) { totalCount nodes { type subjectType deletedSubjectId subject { id } reason requestId occurredAt cursor id } } }";

    [Theory, Sqlite, PostgreSql]
    public async Task Events_are_found_by_what_was_done_to_what_by_whom_when_and_why(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var plant = graph.Plant;
        var hall = (await graph.PayloadAsync("""mutation { createLocation(input: { name: "Hall" }) { location { id } } }""")).GetProperty("location").GetProperty("id").GetString()!;
        plant.Clock.Advance(TimeSpan.FromHours(1));
        var later = plant.Now;
        var pump = (await graph.PayloadAsync($$"""mutation { createAsset(input: { name: "Pump", locationId: "{{hall}}" }) { asset { id } } }""", @as: "manager")).GetProperty("asset").GetProperty("id").GetString()!;
        await graph.DataAsync($$"""mutation { changeAssetStatus(input: { id: "{{pump}}", status: MAINTENANCE, reason: "Cojinete dañado, gotea" }) { errors { ... on Error { code } } } }""", @as: "technician");
        var admin = (await graph.DataAsync("{ me { id } }")).GetProperty("me").GetProperty("id").GetString();
        var key = (await graph.DataAsync("{ apiKeys { nodes { id } } }", @as: "technician")).GetProperty("apiKeys").GetProperty("nodes")[0].GetProperty("id").GetString();
        var status = (await Found(new { type = new { eq = "AssetStatusChanged" } })).Single();

        await Is("LocationCreated", new { type = new { eq = "LocationCreated" } });
        await Is("AssetStatusChanged AssetCreated", new { subjectType = new { @in = new[] { "Asset", "Part" } } });
        await Is("AssetStatusChanged AssetCreated", new { subjectId = new { eq = pump } });
        await Is("AssetStatusChanged AssetCreated LocationCreated", new { subjectId = new { @in = new[] { pump, hall } } });
        await Is("LocationCreated", new { actor = new { user = admin } });
        await Is("AssetStatusChanged DowntimeCreated", new { actor = new { apiKey = key } });
        await Is("", new { actor = new { policy = "low-stock-reorder" } });
        await Is("AssetStatusChanged DowntimeCreated AssetCreated LocationCreated", new { actor = new { system = false } });
        await Is("AssetStatusChanged DowntimeCreated AssetCreated", new { occurredAt = new { gte = later.ToString() } });
        await Is("LocationCreated", new { occurredAt = new { lt = later.ToString() }, actor = new { system = false } });
        await Is("AssetStatusChanged", new { reason = new { contains = "DANADO" } });
        await Is("AssetStatusChanged", new { reason = new { startsWith = "cojinete", given = true } });
        await Is("AssetStatusChanged DowntimeCreated", new { requestId = new { eq = status.GetProperty("requestId").GetString() } });
        await Is("LocationCreated AssetStatusChanged".Split(' ').Reverse(), new { or = new object[] { new { reason = new { given = true } }, new { type = new { eq = "LocationCreated" } } } });
        await Is("AssetCreated", new { and = new object[] { new { subjectType = new { eq = "Asset" } }, new { type = new { neq = "AssetStatusChanged" } } } });
        await Is("AssetCreated", new { subjectType = new { eq = "Asset" }, type = new { nin = new[] { "AssetStatusChanged" } } });
        await Is("", new { cause = new { eq = status.GetProperty("id").GetString() } });
        Assert.Equal((pump, null), (status.GetProperty("subject").GetProperty("id").GetString(), status.GetProperty("deletedSubjectId").GetString()));

        var type = (await graph.PayloadAsync("""mutation { createAssetType(input: { name: "Fans" }) { assetType { id } } }""")).GetProperty("assetType").GetProperty("id").GetString();
        await graph.DataAsync($$"""mutation { deleteAssetType(input: { id: "{{type}}" }) { errors { ... on Error { code } } } }""");
        var gone = (await Found(new { type = new { eq = "AssetTypeDeleted" } })).Single();
        Assert.Equal((JsonValueKind.Null, type), (gone.GetProperty("subject").ValueKind, gone.GetProperty("deletedSubjectId").GetString()));

        var refused = await graph.AskAsync(Where, new { where = new { subjectId = new { @in = Enumerable.Repeat(pump, 1_001) } } });
        Assert.Equal("BAD_USER_INPUT", refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());

        async Task Is(object expected, object where) =>
            Assert.Equal(expected as string ?? string.Join(' ', (IEnumerable<string>)expected), string.Join(' ', (await Found(where)).Select(e => e.GetProperty("type").GetString())));

        async Task<List<JsonElement>> Found(object where)
        {
            var events = (await graph.DataAsync(Where, new { where })).GetProperty("events");
            Assert.Equal(events.GetProperty("nodes").GetArrayLength(), events.GetProperty("totalCount").GetInt32());
            return [.. events.GetProperty("nodes").EnumerateArray()];
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Pages_follow_each_other_by_position_under_a_filter_and_nobody_sees_another_sites(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        for (var i = 0; i < 7; i++)
        {
            await graph.DataAsync($$"""mutation { createLocation(input: { name: "Hall {{i}}" }) { location { id } } }""");
            await graph.DataAsync($$"""mutation { createLocation(input: { name: "Other {{i}}" }) { location { id } } }""", @as: "neighbour");
        }
        List<string> seen = [];
        for (string? after = null; ;)
        {
            var page = (await graph.DataAsync("""query Page($after: String) { events(where: { subjectType: { eq: "Location" } }, first: 3, after: $after) { nodes { after } pageInfo { hasNextPage endCursor } } }""", new { after })).GetProperty("events");
            seen.AddRange(page.GetProperty("nodes").EnumerateArray().Select(e => e.GetProperty("after").GetProperty("name").GetString()!));
            if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()) break;
            after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }
        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(i => $"Hall {i}"), seen);

        // A neighbour's making, and the roles there, are the neighbour's to see; people are everybody's who may read the log.
        var (mine, theirs) = (await Types("manager"), await Types("neighbour"));
        Assert.Equal((1, 1), (mine.Count(t => t == "SiteCreated"), theirs.Count(t => t == "SiteCreated")));
        Assert.Equal((5, 1), (mine.Count(t => t == "UserRoleCreated"), theirs.Count(t => t == "UserRoleCreated")));
        Assert.Equal((6, 6), (mine.Count(t => t == "UserCreated"), theirs.Count(t => t == "UserCreated")));
        Assert.Equal(2, (await Types("admin")).Count(t => t == "SiteCreated")); // an owner knows of all sites
        foreach (var role in (string[])["technician", "requester", "viewer"])
            Assert.Equal("FORBIDDEN", (await graph.AskAsync("{ events { nodes { id } } }", @as: role)).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());

        async Task<List<string>> Types(string @as) =>
            [.. (await graph.DataAsync("{ events(first: 100) { nodes { type } } }", @as: @as)).GetProperty("events").GetProperty("nodes").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];
    }

    [Theory, Sqlite, PostgreSql]
    public async Task References_are_ids_and_the_key_stands_beside_the_person(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await using var live = await graph.SubscribeAsync("""subscription { eventOccurred(types: ["AssetCreated"]) { cursor before after event { changes { field after } } } }""");
        await live.NextAsync();
        var hall = (await graph.PayloadAsync("""mutation { createLocation(input: { name: "Hall" }) { location { id } } }""")).GetProperty("location").GetProperty("id").GetString();
        var technician = (await graph.DataAsync("""{ users(search: "Technician") { nodes { id } } }""")).GetProperty("users").GetProperty("nodes")[0].GetProperty("id").GetString();
        await graph.Plant.Database.WriteAsync(graph.Plant.Scope, async db =>
        {
            foreach (var user in await db.Users.AsTracking().ToListAsync()) user.CanBeAssignedToWorkOrders = true;
        });
        var pump = (await graph.PayloadAsync($$"""mutation { createAsset(input: { name: "Pump", locationId: "{{hall}}", technicianIds: ["{{technician}}"] }) { asset { id } errors { ... on Error { message } } } }""")).GetProperty("asset").GetProperty("id").GetString();

        var happened = (await graph.DataAsync("""{ events(where: { type: { eq: "AssetCreated" } }) { nodes { actor { ... on User { id } } apiKey { name user { id } } before after changes { field before after } } } }"""))
            .GetProperty("events").GetProperty("nodes")[0];
        Assert.Equal(hall, happened.GetProperty("after").GetProperty("location").GetString());
        Assert.Equal(technician, happened.GetProperty("after").GetProperty("technicians")[0].GetString());
        Assert.Equal(JsonValueKind.Null, happened.GetProperty("before").GetProperty("location").ValueKind);
        Assert.Equal(hall, happened.GetProperty("changes").EnumerateArray().Single(c => c.GetProperty("field").GetString() == "location").GetProperty("after").GetString());
        Assert.Equal(happened.GetProperty("actor").GetProperty("id").GetString(), happened.GetProperty("apiKey").GetProperty("user").GetProperty("id").GetString());
        Assert.Equal(hall, (await live.NextAsync()).GetProperty("after").GetProperty("location").GetString());

        var state = (await graph.DataAsync("query State($id: ID!, $at: DateTime!) { stateAt(id: $id, at: $at) }", new { id = pump, at = graph.Plant.Now.ToString() })).GetProperty("stateAt");
        Assert.Equal((hall, technician, "OPERATIONAL"), (state.GetProperty("location").GetString(), state.GetProperty("technicians")[0].GetString(), state.GetProperty("status").GetString()));
        Assert.Equal(JsonValueKind.Null, (await graph.DataAsync("query State($id: ID!, $at: DateTime!) { stateAt(id: $id, at: $at) }", new { id = pump, at = graph.Plant.Now.ToString() }, @as: "neighbour")).GetProperty("stateAt").ValueKind);
        var none = await graph.AskAsync("query State($id: ID!, $at: DateTime!) { stateAt(id: $id, at: $at) }", new { id = new GlobalId("StockLevel", 1).ToString(), at = graph.Plant.Now.ToString() });
        Assert.Equal("BAD_USER_INPUT", none.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Owners_say_how_long_events_are_kept_and_nobody_is_told_of_what_is_gone(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var plant = graph.Plant;
        var hall = (await graph.PayloadAsync("""mutation { createLocation(input: { name: "Hall" }) { location { id } } }""")).GetProperty("location").GetProperty("id").GetString();
        var early = (await graph.DataAsync("{ events(first: 1) { nodes { cursor } } }")).GetProperty("events").GetProperty("nodes")[0].GetProperty("cursor").GetString();
        var made = plant.Now;
        Assert.Equal("FORBIDDEN", Code(await graph.AskAsync("mutation { updateEventSettings(input: { eventRetentionDays: 30 }) { customer { id } } }", @as: "manager")));
        var refused = await graph.PayloadAsync("mutation { updateEventSettings(input: { eventRetentionDays: 29 }) { customer { id } errors { ... on Error { code path } } } }");
        Assert.Equal(("INVALID_VALUE", "eventRetentionDays"), (refused.GetProperty("errors")[0].GetProperty("code").GetString(), refused.GetProperty("errors")[0].GetProperty("path")[1].GetString()));
        var kept = await graph.PayloadAsync("mutation { updateEventSettings(input: { eventRetentionDays: 30 }) { customer { eventRetentionDays eventsKeptSince } } }");
        Assert.Equal("""{"eventRetentionDays":30,"eventsKeptSince":null}""", kept.GetProperty("customer").GetRawText());

        plant.Clock.Advance(TimeSpan.FromDays(31));
        await new EventRetention(plant.Database.Factory, plant.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<EventRetention>.Instance).RunAsync(default);
        var since = (await graph.DataAsync("{ customer { eventsKeptSince } }")).GetProperty("customer").GetProperty("eventsKeptSince").GetString();
        Assert.Equal((plant.Now - TimeSpan.FromDays(30)).ToString(), since);
        var tooOld = await graph.AskAsync("query State($id: ID!, $at: DateTime!) { stateAt(id: $id, at: $at) }", new { id = hall, at = made.ToString() });
        Assert.Equal(("CURSOR_EXPIRED", since), (Code(tooOld), tooOld.GetProperty("errors")[0].GetProperty("extensions").GetProperty("oldest").GetString()));
        Assert.Equal("Hall", (await graph.DataAsync("query State($id: ID!, $at: DateTime!) { stateAt(id: $id, at: $at) }", new { id = hall, at = since })).GetProperty("stateAt").GetProperty("name").GetString());

        await using var live = await graph.SubscribeAsync("subscription Listen($after: String) { eventOccurred(after: $after) { cursor } }", new { after = early });
        var expired = (await live.ReceiveAsync()).GetProperty("payload");
        var error = expired.ValueKind is JsonValueKind.Array ? expired[0] : expired.GetProperty("errors")[0];
        Assert.Equal("CURSOR_EXPIRED", error.GetProperty("extensions").GetProperty("code").GetString());
        await using var resumed = await graph.SubscribeAsync("subscription Listen($after: String) { eventOccurred(after: $after) { event { type reason } } }",
            new { after = error.GetProperty("extensions").GetProperty("oldest").GetString() });
        Assert.Equal("EventsRemoved", (await resumed.NextAsync()).GetProperty("event").GetProperty("type").GetString());

        static string? Code(JsonElement answer) => answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_trail_is_exported_a_line_an_event_for_those_who_may_read_it(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var hall = (await graph.PayloadAsync("""mutation { createLocation(input: { name: "Hall «ñ»" }) { location { id } } }""")).GetProperty("location").GetProperty("id").GetString();
        graph.Plant.Clock.Advance(TimeSpan.FromHours(1));
        await graph.DataAsync("""mutation { createLocation(input: { name: "Theirs" }) { location { id } } }""", @as: "neighbour");
        await graph.Plant.WriteAsync(db =>
        {
            for (var i = 0; i < 1_200; i++) db.Record(nameof(Site), graph.Plant.SiteId, "SiteChanged", []);
            return Task.CompletedTask;
        });
        var all = await ExportAsync("");
        Assert.Equal(1_200, all.Count(e => e.GetProperty("type").GetString() == "SiteChanged"));
        Assert.DoesNotContain(all, e => e.GetRawText().Contains("Theirs", StringComparison.Ordinal));
        var made = Assert.Single(all, e => e.GetProperty("type").GetString() == "LocationCreated");
        Assert.Equal((hall, "Hall «ñ»"), (made.GetProperty("subjectId").GetString(), made.GetProperty("changes").GetProperty("name")[1].GetString()));
        Assert.True(made.TryGetProperty("apiKey", out _) && made.TryGetProperty("requestId", out _));
        var trail = (await graph.DataAsync("""{ events(last: 100) { nodes { cursor } } }""")).GetProperty("events").GetProperty("nodes").EnumerateArray().Select(e => e.GetProperty("cursor").GetString()).Reverse();
        Assert.Equal(trail, all.Take(100).Select(e => e.GetProperty("cursor").GetString()));

        var (from, to) = ((graph.Plant.Now - TimeSpan.FromMinutes(30)).ToString(), (graph.Plant.Now + TimeSpan.FromMinutes(30)).ToString());
        Assert.Equal(1_200, (await ExportAsync($"?from={from}&to={to}&format=ndjson")).Count);
        Assert.DoesNotContain(await ExportAsync($"?to={from}"), e => e.GetProperty("type").GetString() == "SiteChanged");
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync("", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync("", "technician")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync("?from=yesterday", "admin")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync("?format=xml", "admin")).StatusCode);

        async Task<List<JsonElement>> ExportAsync(string query)
        {
            using var answer = await AskAsync(query, "admin");
            Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
            return [.. (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
        }

        async Task<HttpResponseMessage> AskAsync(string query, string? @as)
        {
            using HttpClient http = new();
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri(graph.Address, $"/export/events{query}"));
            if (@as is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"test-{@as}");
            return await http.SendAsync(request);
        }
    }
}
