using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Cmms.Domain.Files;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Tests.GraphQL.Server;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Organization;

public sealed class AvatarTests
{
    private static readonly byte[] s_png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
    private static readonly byte[] s_gif = "GIF89a and more"u8.ToArray();

    public static TheoryData<byte[], string?> Beginnings() => new()
    {
        { s_png, "image/png" },
        { [0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg" },
        { s_gif, "image/gif" },
        { "GIF87a"u8.ToArray(), "image/gif" },
        { "RIFF\x10\0\0\0WEBPVP8 "u8.ToArray(), "image/webp" },
        { "RIFF\x10\0\0\0WAVEfmt "u8.ToArray(), null },
        { "GIF88a"u8.ToArray(), null },
        { s_png[..7], null },
        { "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray(), null },
        { "<html>\x89PNG"u8.ToArray(), null },
        { [], null },
    };

    [Theory, MemberData(nameof(Beginnings))]
    public void A_picture_is_told_by_its_content(byte[] content, string? type) => Assert.Equal(type, Pictures.ContentTypeOf(content));

    [Theory, Sqlite, PostgreSql]
    public async Task A_picture_is_seen_by_whoever_has_its_address_and_by_nobody_else(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        using var anonymous = new HttpClient();
        var id = await IdAsync(graph, "viewer");
        Assert.Equal(JsonValueKind.Null, (await graph.DataAsync("query($id: ID!) { user(id: $id) { avatarUrl } }", new { id })).GetProperty("user").GetProperty("avatarUrl").ValueKind);
        var set = await SetAsync(graph, "viewer", id, "portrait.html", s_png);
        Assert.Equal("2026-03-02T08:00:00Z", set.GetProperty("user").GetProperty("avatarChangedAt").GetString());
        var address = new Uri(graph.Address, set.GetProperty("user").GetProperty("avatarUrl").GetString());

        using var shown = await anonymous.GetAsync(address);
        Assert.Equal((HttpStatusCode.OK, "image/png", "nosniff"), (shown.StatusCode, shown.Content.Headers.ContentType!.ToString(), shown.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Equal(s_png, await shown.Content.ReadAsByteArrayAsync());
        Assert.True(shown.Headers.CacheControl is { Private: true, MaxAge.TotalSeconds: 7200 });

        var query = System.Web.HttpUtility.ParseQueryString(address.Query);
        var (expires, signature) = (long.Parse(query["expires"]!, System.Globalization.CultureInfo.InvariantCulture), query["signature"]!);
        var path = address.GetLeftPart(UriPartial.Path);
        string[] forged =
        [
            path, $"{path}?expires={expires}", $"{path}?signature={signature}", $"{path}?expires={expires + 3600}&signature={signature}", $"{path}?expires={expires}&signature={signature[1..]}x",
            $"{path}?expires={expires}&signature={signature}&signature={signature}", $"{path}?expires=x&signature={signature}", $"{path}?expires=-1&signature={signature}",
            $"{path[..^1]}{(path[^1] == '1' ? '2' : '1')}?expires={expires}&signature={signature}", $"{path}0000?expires={expires}&signature={signature}", $"{path}x?expires={expires}&signature={signature}",
        ];
        foreach (var wrong in forged)
        {
            using var refused = await anonymous.GetAsync(wrong);
            Assert.Equal((HttpStatusCode.NotFound, "", false), (refused.StatusCode, await refused.Content.ReadAsStringAsync(), refused.Headers.CacheControl is not null));
        }
        graph.Plant.Clock.Advance(TimeSpan.FromHours(2));
        using var late = await anonymous.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        var fresh = await AddressAsync(graph, id);

        // With another picture, or none, the addresses of this one end.
        await SetAsync(graph, "admin", id, "another.png", s_gif);
        using var replaced = await anonymous.GetAsync(fresh);
        Assert.Equal(HttpStatusCode.NotFound, replaced.StatusCode);
        using var second = await anonymous.GetAsync(await AddressAsync(graph, id));
        Assert.Equal("image/gif", second.Content.Headers.ContentType!.ToString());
        fresh = await AddressAsync(graph, id);
        TestCalls calls = new(graph);
        calls["viewer"] = id;
        await calls.DoesAsync("setUserAvatar", """{"userId":"{viewer}","image":null}""", "UserChanged", @as: "viewer");
        using var gone = await anonymous.GetAsync(fresh);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await calls.RefusesAsync("setUserAvatar", """{"userId":"{viewer}","image":null}""", "FORBIDDEN owner", "manager");
        calls.Verify();
        var changes = await graph.Plant.Database.ReadAsync(Scope.Customer(graph.Plant.CustomerId), db => db.Events.IgnoreQueryFilters().Where(e => e.Type == "UserChanged").OrderBy(e => e.Position).Select(e => e.Changes).ToListAsync());
        Assert.Equal(["""{"avatarChangedAt":[null,"2026-03-02T08:00:00Z"]}""", """{"avatarChangedAt":["2026-03-02T08:00:00Z","2026-03-02T10:00:00Z"]}""", """{"avatarChangedAt":["2026-03-02T10:00:00Z",null]}"""], changes);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_no_picture_or_too_large_is_refused_and_the_one_before_stays(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var id = await IdAsync(graph, "viewer");
        await SetAsync(graph, "viewer", id, "a.png", s_png);
        var script = await SetAsync(graph, "viewer", id, "a.png", "<svg onload='alert(1)'/>"u8.ToArray());
        Assert.Equal("""[{"__typename":"UnsupportedFileError","code":"UNSUPPORTED_FILE","message":"The file must be a PNG, JPEG, GIF or WebP picture.","path":["input","image"]}]""", script.GetProperty("errors").GetRawText());
        var large = await SetAsync(graph, "viewer", id, "a.png", [.. s_png, .. new byte[UserAvatar.MaxSize]]);
        Assert.Equal("""[{"__typename":"FileTooLargeError","code":"FILE_TOO_LARGE","message":"The file has 5242891 bytes; at most 5242880 are accepted.","path":["input","image"],"size":5242891,"maximum":5242880}]""", large.GetProperty("errors").GetRawText());
        using var http = new HttpClient();
        Assert.Equal(s_png, await http.GetByteArrayAsync(await AddressAsync(graph, id)));
    }

    [Fact]
    public async Task Lists_of_people_never_read_the_pictures()
    {
        using StatementLog log = new();
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        await SetAsync(graph, "admin", await IdAsync(graph, "viewer"), "a.png", s_png);
        await SetAsync(graph, "admin", await IdAsync(graph, "manager"), "a.png", s_gif);
        log.Count(graph.Plant.Database.Options);
        await graph.DataAsync("{ users { nodes { name status } } }");
        Assert.DoesNotContain(log.Statements, s => s.Contains("user_avatar", StringComparison.Ordinal));
        log.Count(graph.Plant.Database.Options);
        await graph.DataAsync("{ users { nodes { name avatarUrl } } }");
        Assert.DoesNotContain("content", Assert.Single(log.Statements, s => s.Contains("user_avatar", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> SetAsync(TestGraph graph, string caller, string userId, string name, byte[] image)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"test-{caller}");
        using var form = Forms.Of(JsonSerializer.Serialize(new { query = TestCalls.Document("setUserAvatar"), variables = new { input = new { userId, image = (object?)null } } }), """{"0":["variables.input.image"]}""", ("0", name, image));
        using var answer = await http.SendAsync(graph.Address, form);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("data").GetProperty("setUserAvatar");
    }

    private static async Task<Uri> AddressAsync(TestGraph graph, string id) =>
        new(graph.Address, (await graph.DataAsync("query($id: ID!) { user(id: $id) { avatarUrl } }", new { id }, "requester")).GetProperty("user").GetProperty("avatarUrl").GetString());

    private static async Task<string> IdAsync(TestGraph graph, string name) =>
        (await graph.DataAsync("query($search: String) { users(search: $search) { nodes { id } } }", new { search = name + "@" })).GetProperty("users").GetProperty("nodes")[0].GetProperty("id").GetString()!;
}
