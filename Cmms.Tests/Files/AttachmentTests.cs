using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Files;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using NetVips;
using Xunit;

namespace Cmms.Tests.Files;

/// <summary>Pictures and documents, as whoever sends them and whoever looks at them sees it.</summary>
public sealed class AttachmentTests
{
    private const string Of = "query($id: ID!) { node(id: $id) { ... on HasAttachments { attachments { totalCount nodes { name kind contentType size } } images { name } documents { name } image { small } } } }";

    [Theory, Sqlite, PostgreSql]
    public async Task Everything_that_the_seed_lists_has_pictures_and_documents(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        await calls.DoesAsync("createAsset", """{"name":"Pump"}""", null, "asset.id as asset");
        await calls.DoesAsync("createLocation", """{"name":"Hall"}""", null, "location.id as location");
        await calls.DoesAsync("createPart", """{"name":"Seal","onHand":5,"unitCost":2}""", null, "part.id as part");
        await calls.DoesAsync("restockPart", $$"""{"id":"{part}","quantity":1,"unitCost":2.5,"files":["png:{{Picture()}}","csv:1;2.5"]}""", "StockChanged AttachmentCreated AttachmentCreated", "stockTransaction.id as line");
        await calls.DoesAsync("createVendor", """{"name":"Acme"}""", null, "vendor.id as vendor");
        await calls.DoesAsync("createWorkRequest", """{"title":"It drips"}""", null, "workRequest.id as request");
        await calls.DoesAsync("createWorkOrder", """{"title":"Seal it"}""", null, "workOrder.id as order");
        foreach (var subject in (string[])["asset", "location", "part", "vendor", "request", "order"])
            await calls.DoesAsync("attachFiles", $$"""{"subjectId":"{{{subject}}}","files":["png:{{Picture()}}","csv:1;2.5"]}""", null);
        foreach (var subject in (string[])["asset", "location", "part", "line", "vendor", "request", "order"])
        {
            var node = (await graph.DataAsync(Of, new { id = calls[subject] })).GetProperty("node");
            Assert.Equal("""[{"name":"picture.png","kind":"IMAGE","contentType":"image/png","size":SIZE},{"name":"table.csv","kind":"DOCUMENT","contentType":"text/csv","size":5}]"""
                .Replace("SIZE", Convert.FromBase64String(Picture()).Length.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), node.GetProperty("attachments").GetProperty("nodes").GetRawText());
            Assert.Equal("""[{"name":"picture.png"}] [{"name":"table.csv"}]""", $"{node.GetProperty("images").GetRawText()} {node.GetProperty("documents").GetRawText()}");
            Assert.StartsWith("/files/", node.GetProperty("image").GetProperty("small").GetString(), StringComparison.Ordinal);
        }

        // Approved, a request's files are its order's too, and what is taken from one stays with the other.
        var order = await calls.DoesAsync("approveWorkRequest", """{"id":"{request}"}""", null, "workOrder.id as made");
        Assert.Equal(2, (await graph.DataAsync(Of, new { id = calls["made"] })).GetProperty("node").GetProperty("attachments").GetProperty("totalCount").GetInt32());

        // Merged, what belonged to one order belongs to the one that is left.
        await calls.DoesAsync("mergeWorkOrders", """{"ids":["{made}","{order}"],"survivorId":"{order}"}""", null);
        Assert.Equal(4, (await graph.DataAsync(Of, new { id = calls["order"] })).GetProperty("node").GetProperty("attachments").GetProperty("totalCount").GetInt32());
        Assert.Equal(0, (await graph.DataAsync(Of, new { id = calls["made"] })).GetProperty("node").GetProperty("attachments").GetProperty("totalCount").GetInt32());
        calls.Verify();
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_file_comes_back_as_it_was_sent_to_whoever_has_its_address_and_to_nobody_else(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        using HttpClient anonymous = new();
        TestCalls calls = new(graph);
        await calls.DoesAsync("createAsset", """{"name":"Pump"}""", null, "asset.id as asset");
        var payload = await calls.DoesAsync("attachFiles", $$"""{"subjectId":"{asset}","files":["png:{{Picture(900, 300)}}","csv:<script>alert(1)</script>"]}""", null, "attachments.0.id as picture");
        calls.Remember(payload, "attachments.1.id as table");
        calls.Verify();
        var (picture, table) = (payload.GetProperty("attachments")[0], payload.GetProperty("attachments")[1]);

        using var shown = await anonymous.GetAsync(At(graph, picture, "url"));
        Assert.Equal((HttpStatusCode.OK, "image/png", "inline"), (shown.StatusCode, shown.Content.Headers.ContentType!.ToString(), shown.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal(("nosniff", "default-src 'none'; sandbox"), (shown.Headers.GetValues("X-Content-Type-Options").Single(), shown.Headers.GetValues("Content-Security-Policy").Single()));
        Assert.Equal(Convert.FromBase64String(Picture(900, 300)), await shown.Content.ReadAsByteArrayAsync());
        using var saved = await anonymous.GetAsync(At(graph, picture, "downloadUrl"));
        Assert.Equal("attachment; filename=picture.png; filename*=UTF-8''picture.png", saved.Content.Headers.ContentDisposition!.ToString());
        using var document = await anonymous.GetAsync(At(graph, table, "url"));
        Assert.Equal(("attachment", "text/csv"), (document.Content.Headers.ContentDisposition!.DispositionType, document.Content.Headers.ContentType!.ToString()));
        Assert.Equal(JsonValueKind.Null, table.GetProperty("thumbnails").ValueKind);

        // A part of it, as players and readers ask; and its head alone.
        using HttpRequestMessage part = new(HttpMethod.Get, At(graph, picture, "url")) { Headers = { Range = new RangeHeaderValue(1, 3) } };
        using var middle = await anonymous.SendAsync(part);
        Assert.Equal((HttpStatusCode.PartialContent, "PNG"), (middle.StatusCode, await middle.Content.ReadAsStringAsync()));
        using HttpRequestMessage question = new(HttpMethod.Head, At(graph, picture, "url"));
        using var head = await anonymous.SendAsync(question);
        Assert.Equal((HttpStatusCode.OK, (long)picture.GetProperty("size").GetInt32()), (head.StatusCode, head.Content.Headers.ContentLength));

        foreach (var (size, width, height) in new[] { ("small", 160, 53), ("medium", 640, 213), ("large", 900, 300) })
        {
            using var small = await anonymous.GetAsync(new Uri(graph.Address, picture.GetProperty("thumbnails").GetProperty(size).GetString()));
            Assert.Equal((HttpStatusCode.OK, "image/webp"), (small.StatusCode, small.Content.Headers.ContentType!.ToString()));
            var first = await small.Content.ReadAsByteArrayAsync();
            using var image = Image.NewFromBuffer(first);
            Assert.Equal((width, height), (image.Width, image.Height));
            Assert.Equal(first, await anonymous.GetByteArrayAsync(new Uri(graph.Address, picture.GetProperty("thumbnails").GetProperty(size).GetString())));
        }

        var good = At(graph, picture, "url").ToString();
        var other = At(graph, table, "url").ToString();
        string[] forged =
        [
            good[..good.IndexOf('?', StringComparison.Ordinal)], good[..^1] + (good[^1] == 'A' ? 'B' : 'A'), good.Replace("?", "/download?", StringComparison.Ordinal), good.Replace("?", "/small?", StringComparison.Ordinal),
            good[..good.IndexOf('?', StringComparison.Ordinal)] + other[other.IndexOf('?', StringComparison.Ordinal)..], good.Replace("expires=", "expires=9", StringComparison.Ordinal), $"{graph.Address.GetLeftPart(UriPartial.Authority)}/files/999999?expires=9999999999&signature=x",
        ];
        foreach (var wrong in forged)
        {
            using var refused = await anonymous.GetAsync(new Uri(wrong));
            Assert.Equal((HttpStatusCode.NotFound, ""), (refused.StatusCode, await refused.Content.ReadAsStringAsync()));
        }

        var fresh = At(graph, picture, "url");
        await calls.DoesAsync("removeAttachment", """{"id":"{picture}"}""", "AttachmentDeleted AssetFileRemoved");
        calls.Verify();
        using var gone = await anonymous.GetAsync(fresh);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        graph.Plant.Clock.Advance(TimeSpan.FromHours(2));
        using var late = await anonymous.GetAsync(At(graph, table, "url"));
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_cannot_be_attached_is_refused_and_leaves_nothing(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        await calls.DoesAsync("createAsset", """{"name":"Pump"}""", null, "asset.id as asset");
        await calls.DoesAsync("createAssetType", """{"name":"Pumps"}""", null, "assetType.id as type");
        await calls.DoesAsync("createWorkRequest", """{"title":"It drips"}""", null, "workRequest.id as request", "requester");
        await calls.DoesAsync("createWorkRequest", """{"title":"It smells"}""", null, "workRequest.id as other");
        await calls.DoesAsync("createWorkOrder", """{"title":"Seal it"}""", null, "workOrder.id as order");
        await calls.RefusesAsync("attachFiles", """{"subjectId":"{asset}","files":[]}""", "INVALID_VALUE files");
        await calls.RefusesAsync("attachFiles", """{"subjectId":"{asset}","files":["csv:1","csv:"]}""", "INVALID_VALUE files.1");
        await calls.RefusesAsync("attachFiles", """{"subjectId":"{type}","files":["csv:1"]}""", "INVALID_VALUE subjectId");
        await calls.RefusesAsync("attachFiles", $$"""{"subjectId":"{{Convert.ToBase64String("Asset:999999"u8).TrimEnd('=')}}","files":["csv:1"]}""", "NOT_FOUND subjectId");
        // Whoever may not change it, may not attach to it.
        await calls.RefusesAsync("attachFiles", """{"subjectId":"{asset}","files":["csv:1"]}""", "FORBIDDEN MANAGE_ASSETS", "technician");
        await calls.RefusesAsync("attachFiles", """{"subjectId":"{order}","files":["csv:1"]}""", "FORBIDDEN MANAGE_WORK_ORDERS", "technician");
        await calls.RefusesAsync("attachFiles", """{"subjectId":"{other}","files":["csv:1"]}""", "NOT_FOUND subjectId", "requester");
        await calls.RefusesAsync("attachFiles", """{"subjectId":"{asset}","files":["csv:1"]}""", "FORBIDDEN SUBMIT_REQUESTS", "viewer");
        await calls.DoesAsync("attachFiles", """{"subjectId":"{request}","files":["csv:1"]}""", "AttachmentCreated WorkRequestFilesAttached", "attachments.0.id as file", "requester");
        await calls.DoesAsync("attachFiles", """{"subjectId":"{other}","files":["csv:1"]}""", "AttachmentCreated WorkRequestFilesAttached", "attachments.0.id as foreign");
        await calls.RefusesAsync("removeAttachment", """{"id":"{foreign}"}""", "NOT_FOUND id", "requester");
        // What is decided stays as it was decided on.
        await calls.DoesAsync("declineWorkRequest", """{"id":"{request}","reason":"It was only rain"}""", null);
        await calls.RefusesAsync("removeAttachment", """{"id":"{file}"}""", "INVALID_TRANSITION", "requester");
        calls.Verify();
        // A node is seen by whoever sees what it belongs to.
        Assert.Equal(JsonValueKind.Null, (await graph.DataAsync("query($id: ID!) { node(id: $id) { id } }", new { id = calls["foreign"] }, "requester")).GetProperty("node").ValueKind);
        Assert.Equal(JsonValueKind.Object, (await graph.DataAsync("query($id: ID!) { node(id: $id) { id } }", new { id = calls["file"] }, "requester")).GetProperty("node").ValueKind);

        // A hundred at most.
        for (var i = 0; i < 5; i++) await calls.DoesAsync("attachFiles", $$"""{"subjectId":"{asset}","files":[{{string.Join(',', Enumerable.Repeat("\"csv:1\"", 20))}}]}""", null);
        await calls.RefusesAsync("attachFiles", """{"subjectId":"{asset}","files":["csv:1"]}""", "INVALID_VALUE files");
        calls.Verify();
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Who_follows_an_order_hears_of_its_files_and_its_history_tells_of_them(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        await calls.DoesAsync("createWorkOrder", """{"title":"Seal it"}""", null, "workOrder.id as order");
        await using var live = await graph.SubscribeAsync("subscription($id: ID) { workOrderChanged(id: $id) { event { type } workOrder { version images { name } } } }", new { id = calls["order"] }, "technician");
        await live.NextAsync();
        await calls.DoesAsync("attachFiles", $$"""{"subjectId":"{order}","files":["png:{{Picture()}}"]}""", "AttachmentCreated WorkOrderFilesAttached", "attachments.0.id as picture");
        // Whoever edits the order meanwhile is not in conflict with it.
        Assert.Equal("""{"event":{"type":"WorkOrderFilesAttached"},"workOrder":{"version":1,"images":[{"name":"picture.png"}]}}""", (await live.NextAsync()).GetRawText());
        await calls.DoesAsync("removeAttachment", """{"id":"{picture}"}""", "AttachmentDeleted WorkOrderFileRemoved");
        Assert.Equal("""{"event":{"type":"WorkOrderFileRemoved"},"workOrder":{"version":1,"images":[]}}""", (await live.NextAsync()).GetRawText());
        calls.Verify();
        var history = (await graph.DataAsync("query($id: ID!) { workOrder(id: $id) { events(first: 2) { nodes { type actor { __typename } } } } }", new { id = calls["order"] })).GetProperty("workOrder").GetProperty("events").GetProperty("nodes");
        Assert.Equal("""[{"type":"WorkOrderFileRemoved","actor":{"__typename":"User"}},{"type":"WorkOrderFilesAttached","actor":{"__typename":"User"}}]""", history.GetRawText());
    }

    [Fact]
    public async Task A_document_of_more_than_a_hundred_megabytes_is_refused_and_a_picture_of_the_same_size_is_not()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        TestCalls calls = new(graph);
        await calls.DoesAsync("createAsset", """{"name":"Pump"}""", null, "asset.id as asset");
        var large = new byte[Attachments.LargestDocument + 1];
        var refused = await SendAsync(graph.Address, calls["asset"], large);
        Assert.Equal("""[{"__typename":"FileTooLargeError","code":"FILE_TOO_LARGE","message":"The file has 104857601 bytes; at most 104857600 are accepted.","path":["input","files","0"]}]""",
            refused.GetProperty("data").GetProperty("attachFiles").GetProperty("errors").GetRawText());
        Assert.Empty(Directory.EnumerateFiles(graph.Plant.Database.Factory.Files.Arrivals));
        Convert.FromBase64String(Picture()).CopyTo(large, 0);
        var accepted = await SendAsync(graph.Address, calls["asset"], large);
        Assert.Equal(104_857_601, accepted.GetProperty("data").GetProperty("attachFiles").GetProperty("attachments")[0].GetProperty("size").GetInt32());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_list_of_fifty_shows_its_pictures_with_one_statement_more(DatabaseProvider provider)
    {
        using StatementLog log = new();
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        for (var i = 0; i < 5; i++)
        {
            await calls.DoesAsync("createAsset", $$"""{"name":"Pump {{i}}"}""", null, "asset.id as asset");
            await calls.DoesAsync("attachFiles", $$"""{"subjectId":"{asset}","files":["png:{{Picture()}}","csv:1","png:{{Picture(4, 4)}}"]}""", null);
        }
        calls.Verify();
        log.Count(graph.Plant.Database.Options);
        await graph.DataAsync("{ assets { nodes { name image { small } } } }");
        Assert.Single(log.Statements, s => s.Contains("attachment", StringComparison.Ordinal));
        Assert.InRange(log.RowsRead, 10, 30);
        log.Count(graph.Plant.Database.Options);
        await graph.DataAsync("{ assets { nodes { name images { url subject { id } } documents { url } attachments { nodes { url thumbnails { small } } } } } }");
        Assert.Equal(3, log.Statements.Count(s => s.Contains("attachment", StringComparison.Ordinal)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Files_that_nothing_refers_to_are_removed_after_a_day_and_the_others_get_their_place(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        var factory = graph.Plant.Database.Factory;
        await calls.DoesAsync("createAsset", """{"name":"Pump"}""", null, "asset.id as asset");
        await calls.DoesAsync("attachFiles", $$"""{"subjectId":"{asset}","files":["png:{{Picture()}}"]}""", null, "attachments.0.id as stays");
        await calls.DoesAsync("attachFiles", $$"""{"subjectId":"{asset}","files":["png:{{Picture(8, 8)}}"]}""", null, "attachments.0.id as goes");
        await calls.DoesAsync("removeAttachment", """{"id":"{goes}"}""", null);
        calls.Verify();
        // As a process leaves it that was killed before its transaction ended.
        var leftover = Path.Combine(factory.Files.Arrivals, "0123456789abcdef0123456789abcdef");
        await File.WriteAllBytesAsync(leftover, [1]);
        Assert.Equal(3, Directory.GetFiles(factory.Files.Arrivals).Length);

        // By the system's clock, since that is what a file's time is of.
        var today = Instant.From(DateTimeOffset.FromUnixTimeMilliseconds(new DateTimeOffset(File.GetLastWriteTimeUtc(leftover)).ToUnixTimeMilliseconds()));
        await FileUpkeep.RunAsync(factory, today, CancellationToken.None);
        Assert.Equal(leftover, Assert.Single(Directory.GetFiles(factory.Files.Arrivals)));
        await FileUpkeep.RunAsync(factory, today + FileUpkeep.Grace + TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Empty(Directory.GetFiles(factory.Files.Arrivals));
        await using var db = factory.For(Scope.System);
        var left = Assert.Single(await db.StoredFiles.ToListAsync());
        using (var content = factory.Files.Open(left.Name)) Assert.NotNull(content);
        Assert.Equal(factory.Files.PathOf(left.Name), Assert.Single(Directory.GetFiles(graph.Plant.Database.Options.Files!, "*", SearchOption.AllDirectories)));
        using HttpClient anonymous = new();
        var picture = (await graph.DataAsync("query($id: ID!) { asset(id: $id) { images { url } } }", new { id = calls["asset"] })).GetProperty("asset").GetProperty("images")[0];
        Assert.Equal(Convert.FromBase64String(Picture()), await anonymous.GetByteArrayAsync(At(graph, picture, "url")));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_file_for_several_places_is_kept_once_and_a_request_that_comes_again_attaches_nothing_more(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        await calls.DoesAsync("createAsset", """{"name":"Pump"}""", null, "asset.id as asset");
        var first = await SendAsync(graph.Address, calls["asset"], "Once"u8.ToArray(), places: 3, key: "one");
        Assert.Equal(3, first.GetProperty("data").GetProperty("attachFiles").GetProperty("attachments").GetArrayLength());
        Assert.Equal(first.GetRawText(), (await SendAsync(graph.Address, calls["asset"], "Once"u8.ToArray(), places: 3, key: "one")).GetRawText());
        Assert.Single(Directory.EnumerateFiles(graph.Plant.Database.Factory.Files.Arrivals));
        // Taken from one place, it stays at the others.
        await calls.DoesAsync("removeAttachment", $$"""{"id":"{{first.GetProperty("data").GetProperty("attachFiles").GetProperty("attachments")[0].GetProperty("id").GetString()}}"}""", "AttachmentDeleted AssetFileRemoved");
        calls.Verify();
        await FileUpkeep.RunAsync(graph.Plant.Database.Factory, graph.Plant.Clock.Now + FileUpkeep.Grace + FileUpkeep.Grace, CancellationToken.None);
        using HttpClient anonymous = new();
        Assert.Equal("Once", await anonymous.GetStringAsync(At(graph, first.GetProperty("data").GetProperty("attachFiles").GetProperty("attachments")[1], "url")));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_opened_has_no_smaller_ones()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        TestCalls calls = new(graph);
        await calls.DoesAsync("createAsset", """{"name":"Pump"}""", null, "asset.id as asset");
        using HttpClient anonymous = new();
        foreach (var broken in (byte[][])[[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3], Bomb()])
        {
            var payload = await calls.DoesAsync("attachFiles", $$"""{"subjectId":"{asset}","files":["png:{{Convert.ToBase64String(broken)}}"]}""", null);
            calls.Verify();
            using var small = await anonymous.GetAsync(new Uri(graph.Address, payload.GetProperty("attachments")[0].GetProperty("thumbnails").GetProperty("small").GetString()));
            Assert.Equal(HttpStatusCode.NotFound, small.StatusCode);
            Assert.Equal(broken, await anonymous.GetByteArrayAsync(At(graph, payload.GetProperty("attachments")[0], "url")));
        }

        // 20,000 × 20,000 pixels in a few hundred kilobytes.
        static byte[] Bomb()
        {
            using var black = Image.Black(20_000, 20_000);
            return black.PngsaveBuffer();
        }
    }

    [Fact]
    public async Task A_label_is_drawn_for_whoever_prints_it()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        TestCalls calls = new(graph);
        await calls.DoesAsync("createAsset", """{"name":"Pump","qrCode":"QR-Bomba Ñ"}""", null, "asset.id as asset");
        await calls.DoesAsync("createAsset", """{"name":"Fan"}""", null, "asset.id as plain");
        calls.Verify();
        const string ask = "query($id: ID!) { asset(id: $id) { qrCodeImageUrl } }";
        Assert.Equal(JsonValueKind.Null, (await graph.DataAsync(ask, new { id = calls["plain"] })).GetProperty("asset").GetProperty("qrCodeImageUrl").ValueKind);
        var address = new Uri(graph.Address, (await graph.DataAsync(ask, new { id = calls["asset"] })).GetProperty("asset").GetProperty("qrCodeImageUrl").GetString());
        Assert.Equal("QR-Bomba Ñ", Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(address.Segments[^1])));
        using HttpClient anonymous = new();
        using var label = await anonymous.GetAsync(address);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (label.StatusCode, label.Content.Headers.ContentType!.ToString()));
        using var image = Image.NewFromBuffer(await label.Content.ReadAsByteArrayAsync());
        Assert.Equal((image.Width, true), (image.Height, image.Width > 100));
        foreach (var wrong in (string[])["%21", new string('A', 500), ""])
        {
            using var none = await anonymous.GetAsync(new Uri(graph.Address, $"/files/qr/{wrong}"));
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }
    }

    private static string Picture(int width = 2, int height = 2)
    {
        using var black = Image.Black(width, height, bands: 3);
        return Convert.ToBase64String(black.PngsaveBuffer());
    }

    private static Uri At(TestGraph graph, JsonElement attachment, string field) => new(graph.Address, attachment.GetProperty(field).GetString());

    /// <summary>Attaches one file, at several places if need be.</summary>
    internal static async Task<JsonElement> SendAsync(Uri address, string subject, byte[] content, int places = 1, string? key = null)
    {
        using HttpClient http = new();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "test-admin");
        http.DefaultRequestHeaders.Add("GraphQL-Preflight", "1");
        if (key is not null) http.DefaultRequestHeaders.Add("Idempotency-Key", key);
        using MultipartFormDataContent form = new()
        {
            { new StringContent(JsonSerializer.Serialize(new { query = TestCalls.Document("attachFiles"), variables = new { input = new { subjectId = subject, files = new object?[places] } } })), "operations" },
            { new StringContent($$"""{"0":[{{string.Join(',', Enumerable.Range(0, places).Select(i => $"\"variables.input.files.{i}\""))}}]}"""), "map" },
            { new ByteArrayContent(content), "0", "large.bin" },
        };
        using var answer = await http.PostAsync(address, form);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync());
    }
}
