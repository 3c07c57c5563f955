using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

public sealed class UploadTests
{
    private static readonly byte[] s_three = "abc"u8.ToArray();

    [Fact]
    public async Task Files_take_the_places_that_the_map_gives_them()
    {
        await using var server = await ProbeServer.StartAsync();
        using var form = Forms.Of(
            $$$"""{"variables":{"files":[null,null],"input":{"label":"x","cover":null}},"query":"{{{Forms.Store}}}"}""",
            """{"first":["variables.files.1"],"0":["variables.files.0","variables.input.cover"]}""",
            ("first", "b.txt", s_three), ("0", "a.png", []));
        using var response = await server.Http.SendAsync(server.Address, form);
        Assert.Equal(
            """{"data":{"store":["a.png image/png 0 e3b0c442","b.txt image/png 3 ba7816bf","a.png image/png 0 e3b0c442"]}}""",
            await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task One_file_may_stand_for_a_list_and_a_form_without_files_is_a_request()
    {
        await using var server = await ProbeServer.StartAsync();
        using var one = Forms.Of($$$"""{"query":"{{{Forms.Store}}}","variables":{"files":null}}""", """{"0":["variables.files"]}""", ("0", "a", s_three));
        using var none = Forms.Of("""{"query":"{ hello }"}""", "{}");
        using var stored = await server.Http.SendAsync(server.Address, one, "Apollo-Require-Preflight");
        using var hello = await server.Http.SendAsync(server.Address, none, "X-Apollo-Operation-Name");
        Assert.Equal("""{"data":{"store":["a image/png 3 ba7816bf"]}}""", await stored.Content.ReadAsStringAsync());
        Assert.Equal("""{"data":{"hello":"world"}}""", await hello.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_file_larger_than_any_buffer_arrives_whole_and_leaves_nothing_behind()
    {
        var folder = Directory.CreateTempSubdirectory("uploads-");
        try
        {
            await using var server = await ProbeServer.StartAsync(o => o.Uploads.Folder = folder.FullName);
            var content = new byte[5_000_001];
            new Random(7).NextBytes(content);
            using var form = Forms.Of(Forms.Operations(1), Forms.Map(1), ("0", "big", content));
            using var response = await server.Http.SendAsync(server.Address, form);
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))[..8];
            Assert.Equal($$$"""{"data":{"store":["big image/png 5000001 {{{hash}}}"]}}""", await response.Content.ReadAsStringAsync());
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_multipart_request_without_a_preflight_header_is_400_and_does_not_run()
    {
        await using var server = await ProbeServer.StartAsync();
        using var form = Forms.Of("""{"query":"mutation { touch }"}""", "{}");
        using var response = await server.Http.SendAsync(server.Address, form, preflight: null);
        Assert.Equal((HttpStatusCode.BadRequest, 0), (response.StatusCode, server.Probe.Touched));
        Assert.Equal("BAD_REQUEST", await response.ErrorCodeAsync());
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\\Windows\\win.ini", "win.ini")]
    [InlineData("/absolute", "absolute")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData("a:stream", "stream")]
    public async Task A_file_is_called_by_the_last_part_of_its_name_alone(string given, string shown)
    {
        await using var server = await ProbeServer.StartAsync();
        using var form = Forms.Of(Forms.Operations(1), Forms.Map(1), ("0", given, s_three));
        using var response = await server.Http.SendAsync(server.Address, form);
        Assert.Equal($$$"""{"data":{"store":["{{{shown}}} image/png 3 ba7816bf"]}}""", await response.Content.ReadAsStringAsync());
    }

    public static TheoryData<string, string, string, int> Malformed => new()
    {
        { "an array of operations", $"[{Forms.Operations(1)}]", Forms.Map(1), 400 },
        { "operations that are no JSON", "{", Forms.Map(1), 400 },
        { "a map that is no JSON", Forms.Operations(1), "{", 400 },
        { "a map that is a list", Forms.Operations(1), "[]", 400 },
        { "a file twice in the map", Forms.Operations(2), """{"0":["variables.files.0"],"0":["variables.files.1"]}""", 400 },
        { "two files for one place", Forms.Operations(1), """{"0":["variables.files.0"],"1":["variables.files.0"]}""", 400 },
        { "a place that is not there", Forms.Operations(1), """{"0":["variables.files.1"]}""", 400 },
        { "a place outside the variables", Forms.Operations(1), """{"0":["query"]}""", 400 },
        { "a place that is taken", """{"query":"query($t: String) { echo(text: $t) }","variables":{"t":"x"}}""", """{"0":["variables.t"]}""", 400 },
        { "the variables themselves", Forms.Operations(1), """{"0":["variables"]}""", 400 },
        { "no place", Forms.Operations(1), """{"0":[]}""", 400 },
        { "a negative place", Forms.Operations(1), """{"0":["variables.files.-1"]}""", 400 },
        { "a prototype", Forms.Operations(1), """{"0":["variables.__proto__.x"]}""", 400 },
        { "a file that does not come", Forms.Operations(1), """{"0":["variables.files.0"],"7":[]}""", 400 },
        { "a file that the map does not name", Forms.Operations(1), """{"7":["variables.files.0"]}""", 400 },
        { "a file for what is no Upload", """{"query":"query($t: String) { echo(text: $t) }","variables":{"t":null}}""", """{"0":["variables.t"]}""", 400 },
        { "a file for no variable", """{"query":"{ hello }","variables":{"t":null}}""", """{"0":["variables.t"]}""", 400 },
        { "one file in 5,000 places", Forms.Operations(5_000), $$"""{"0":[{{string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"variables.files.{i}\""))}}]}""", 413 },
        { "one file in 101 places", Forms.Operations(101), $$"""{"0":[{{string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"variables.files.{i}\""))}}]}""", 400 },
        { "a place 100 levels deep", Forms.Operations(1), $$"""{"0":["variables{{string.Concat(Enumerable.Repeat(".files", 100))}}"]}""", 400 },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_form_that_is_no_request_is_refused(string what, string operations, string map, int status)
    {
        await using var server = await ProbeServer.StartAsync();
        using var form = Forms.Of(operations, map, ("0", "a", s_three));
        using var response = await server.Http.SendAsync(server.Address, form, accept: "application/graphql-response+json");
        Assert.True((int)response.StatusCode == status, $"{what}: {response.StatusCode}");
        Assert.NotNull(await response.ErrorCodeAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("--x--")]
    [InlineData("nothing of the kind")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n{}\r\n--x--\r\n")]
    [InlineData("--x\r\n\r\n{}\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: attachment; name=\"operations\"\r\n\r\n{}\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{\"query\":\"{hello}\"}\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{\"query\":\"{hello}\"}")]
    [InlineData("--x\r\nno header\r\n\r\n{}\r\n--x--\r\n")]
    public async Task A_body_that_is_no_form_is_400(string body)
    {
        await using var server = await ProbeServer.StartAsync();
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        using var response = await server.Http.SendAsync(server.Address, content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("BAD_REQUEST", await response.ErrorCodeAsync());
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789x")]
    public async Task A_form_needs_a_boundary(string contentType)
    {
        await using var server = await ProbeServer.StartAsync();
        using ByteArrayContent content = new("--x--"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await server.Http.SendAsync(server.Address, content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Limits_hold_for_each_file_all_files_and_their_number()
    {
        await using var server = await ProbeServer.StartAsync(o => (o.Uploads.MaxFiles, o.Uploads.MaxFileBytes, o.Uploads.MaxBytes) = (3, 1000, 2000));
        async Task<int> Status(params int[] sizes)
        {
            using var form = Forms.Of(Forms.Operations(sizes.Length), Forms.Map(sizes.Length), [.. sizes.Select((s, i) => ($"{i}", "a", new byte[s]))]);
            using var response = await server.Http.SendAsync(server.Address, form);
            return (int)response.StatusCode;
        }

        int[] answers = [await Status(1000, 1000), await Status(1001), await Status(999, 1, 1000), await Status(1000, 1000, 1), await Status(1, 1, 1, 1)];
        Assert.Equal([200, 413, 200, 413, 400], answers);
    }

    [Fact]
    public async Task An_upload_that_never_ends_is_refused_at_its_limit_without_being_held()
    {
        await using var server = await ProbeServer.StartAsync(o => o.Uploads.MaxFileBytes = 1024 * 1024);
        using var form = Forms.Endless.File();
        var status = await StatusOfEndlessAsync(server, form);
        Assert.True(status is null or HttpStatusCode.RequestEntityTooLarge, $"{status}");
        // What the connection buffers on the way is more than the limit, but it ends.
        Assert.InRange(form.Sent, 0, 64 * 1024 * 1024);
        using var after = await server.QueryAsync("{ hello }");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task A_body_that_drips_is_408()
    {
        await using var server = await ProbeServer.StartAsync(o => (o.BodyTimeout, o.Uploads.Timeout) = (TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(300)));
        Assert.StartsWith("HTTP/1.1 408 ", await DripAsync(server, "application/json", "{\"query\":"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 408 ", await DripAsync(server, "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_so_many_uploads_arrive_at_once()
    {
        await using var server = await ProbeServer.StartAsync(o => o.Uploads.MaxConcurrent = 1);
        using var slow = await OpenAsync(server, "multipart/form-data; boundary=x", "--x\r\n");
        await Eventually.IsTrueAsync(async () =>
        {
            using var form = Forms.Of("""{"query":"{ hello }"}""", "{}");
            using var response = await server.Http.SendAsync(server.Address, form);
            return response.StatusCode is HttpStatusCode.TooManyRequests;
        });
    }

    private static async Task<HttpStatusCode?> StatusOfEndlessAsync(ProbeServer server, HttpContent body)
    {
        try
        {
            using var response = await server.Http.SendAsync(server.Address, body);
            return response.StatusCode;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            // The server answered and closed; a client that still writes may not get to see the answer.
            return null;
        }
    }

    private static async Task<TcpClient> OpenAsync(ProbeServer server, string contentType, string start)
    {
        TcpClient client = new();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {contentType}\r\nGraphQL-Preflight: 1\r\nContent-Length: 1000\r\n\r\n{start}"));
        return client;
    }

    private static async Task<string> DripAsync(ProbeServer server, string contentType, string start)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        using var client = await OpenAsync(server, contentType, start);
        var buffer = new byte[256];
        var read = await client.GetStream().ReadAtLeastAsync(buffer, 13, cancellationToken: patience.Token);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
