using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

public sealed class HostileRequestTests
{
    [Theory]
    [InlineData("", "an empty body")]
    [InlineData("{ \"not a JSON", "a cut body")]
    [InlineData("null", "null")]
    [InlineData("\"{ hello }\"", "a string")]
    [InlineData("""[{"query":"{hello}"}]""", "a batch")]
    [InlineData("""{"query":"{hello}"} {}""", "something behind the object")]
    [InlineData("""{"qeury":"{hello}"}""", "no query")]
    [InlineData("""{"query":""}""", "an empty query")]
    [InlineData("""{"query":null}""", "a null query")]
    [InlineData("""{"query":7}""", "a numeric query")]
    [InlineData("""{"query":["{hello}"]}""", "a list for a query")]
    [InlineData("""{"query":"{hello}","variables":"{}"}""", "variables in a string")]
    [InlineData("""{"query":"{hello}","variables":[]}""", "variables in a list")]
    [InlineData("""{"query":"{hello}","operationName":{}}""", "an object for an operation name")]
    [InlineData("""{"query":"{hello}","extensions":false}""", "false extensions")]
    [InlineData("""{"query":"{hello}","documentId":1}""", "a numeric document id")]
    [InlineData("""{"query":"{hello}","query":"mutation{touch}"}""", "two queries")]
    [InlineData("""{"query":"{hello}","variables":{"a":1,"a":2}}""", "a variable twice")]
    [InlineData("""{"query":"{hello}","variables":{"a":"\ud800"}}""", "a lone surrogate")]
    [InlineData("""{"query":"{hello}","variables":{"\uDc00":1}}""", "a lone surrogate in a key")]
    [InlineData("""{"query":"{hello}",}""", "a trailing comma")]
    [InlineData("""{"query":"{hello}"/**/}""", "a comment")]
    public async Task What_is_no_request_is_400_with_an_error_in_json(string body, string what)
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.PostAsync(body);
        Assert.True(response.StatusCode is HttpStatusCode.BadRequest, what);
        Assert.Equal("BAD_REQUEST", await response.ErrorCodeAsync());
        Assert.Equal(0, server.Probe.Touched);
    }

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF }, "a byte order mark")]
    [InlineData(new byte[] { 0xFF, 0xFE }, "the mark of UTF-16")]
    [InlineData(new byte[] { 0xC0, 0x80 }, "an overlong zero")]
    public async Task What_is_not_plain_utf8_is_400(byte[] prefix, string what)
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.PostAsync([.. prefix, .. """{"query":"{hello}"}"""u8]);
        Assert.True(response.StatusCode is HttpStatusCode.BadRequest, what);
        using var inside = await server.PostAsync([.. "{\"query\":\"{hello}\",\"operationName\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]);
        Assert.Equal(HttpStatusCode.BadRequest, inside.StatusCode);
    }

    [Fact]
    public async Task Json_of_20000_levels_is_400_and_of_60_is_not()
    {
        await using var server = await ProbeServer.StartAsync();
        using var deep = await server.PostAsync(Nested(20_000));
        using var flat = await server.PostAsync(Nested(60));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (deep.StatusCode, flat.StatusCode));
    }

    [Theory]
    [InlineData("text/plain", """{"query":"mutation{touch}"}""")]
    [InlineData("text/plain;charset=UTF-8", """{"query":"mutation{touch}"}""")]
    [InlineData("application/x-www-form-urlencoded", "query=mutation%7Btouch%7D")]
    [InlineData("multipart/mixed; boundary=x", "--x--")]
    [InlineData("application/graphql", "mutation{touch}")]
    [InlineData("application/json; charset=iso-8859-1", """{"query":"mutation{touch}"}""")]
    [InlineData("application/jsonp", """{"query":"mutation{touch}"}""")]
    public async Task Content_that_is_not_json_is_415_and_does_not_run(string contentType, string body)
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.PostAsync(body, contentType: contentType);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("BAD_REQUEST", await response.ErrorCodeAsync());
        Assert.Equal(0, server.Probe.Touched);
    }

    [Fact]
    public async Task Json_with_a_quoted_utf8_charset_is_read()
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.PostAsync("""{"query":"{hello}"}""", contentType: "application/json; charset=\"UTF-8\"");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_compressed_body_is_415_without_being_opened()
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.PostAsync(new byte[100], change: r => r.Content!.Headers.ContentEncoding.Add("gzip"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_body_that_announces_too_much_is_413_before_it_is_sent()
    {
        await using var server = await ProbeServer.StartAsync();
        var answer = await RawAsync(server, "Content-Length: 20000000\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_length_is_413_as_soon_as_it_is_too_much()
    {
        await using var server = await ProbeServer.StartAsync(o => o.MaxBodyBytes = 1000);
        var chunk = $"320\r\n{new string(' ', 800)}\r\n";
        var answer = await RawAsync(server, "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk);
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_in_many_pieces_is_read_whole()
    {
        await using var server = await ProbeServer.StartAsync();
        var body = """{"query":"query($t: String) { echo(text: $t) }","variables":{"t":"@"}}""".Replace("@", new string('é', 200_000), StringComparison.Ordinal);
        using var response = await server.PostAsync(Encoding.UTF8.GetBytes(body), change: r => r.Headers.TransferEncodingChunked = true);
        Assert.Equal("""{"data":{"echo":"@"}}""".Replace("@", new string('é', 200_000), StringComparison.Ordinal), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Broken_chunks_are_400_and_not_a_failure_of_the_server()
    {
        await using var server = await ProbeServer.StartAsync();
        var answer = await RawAsync(server, "Transfer-Encoding: chunked\r\n\r\nzz\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query=%7Bhello%7D&query=%7Btouched%7D")]
    [InlineData("query=%7Bhello%7D&variables=%5B%5D")]
    [InlineData("query=%7Bhello%7D&variables=nonsense")]
    [InlineData("query=%7Bhello%7D&extensions=1")]
    [InlineData("variables=%7B%7D")]
    [InlineData("")]
    public async Task A_get_with_bad_parameters_is_400(string query)
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.GetAsync(query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("BAD_REQUEST", await response.ErrorCodeAsync());
    }

    public static TheoryData<string, string> HugeDocuments => new()
    {
        { "10,000 fields", "{" + string.Concat(Enumerable.Repeat(" __typename", 10_000)) + "}" },
        { "20,000 levels", string.Concat(Enumerable.Repeat("{a", 20_000)) + new string('}', 20_000) },
        { "101 aliases", "{" + string.Concat(Enumerable.Range(0, 101).Select(i => $" a{i}: hello")) + "}" },
        { "5,000 directives", "{ hello" + string.Concat(Enumerable.Repeat(" @aa", 5_000)) + " }" },
    };

    [Theory]
    [MemberData(nameof(HugeDocuments))]
    public async Task A_huge_document_is_400_within_a_second_and_the_server_lives(string what, string document)
    {
        await using var server = await ProbeServer.StartAsync();
        using var warm = await server.QueryAsync("{ hello }");
        var clock = Stopwatch.StartNew();
        using var response = await server.QueryAsync(document, "application/graphql-response+json");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"{what}: {clock.Elapsed}");
        using var after = await server.QueryAsync("{ hello }");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Theory]
    [InlineData("{ helo }")]
    [InlineData("{ required(id: 1e400) }")]
    [InlineData("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")]
    [InlineData("{ hello \u0000'\";-- }")]
    [InlineData("!!!")]
    public async Task Garbage_is_a_refusal_that_tells_no_internals(string document)
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.QueryAsync(document, "application/graphql-response+json");
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("Did you mean", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_named_like_a_prototype_is_only_unknown()
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.PostAsync("""{"query":"query A { hello }","operationName":"__proto__"}""", "application/graphql-response+json");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_zero_character_in_a_variable_is_a_value_like_any()
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.PostAsync("""{"query":"query($t: String) { echo(text: $t) }","variables":{"t":"\u0000'\";--"}}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\\u0000'", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Nested(int levels) => """{"query":"{hello}","variables":{"a":@}}""".Replace("@", new string('[', levels) + new string(']', levels), StringComparison.Ordinal);

    private static async Task<string> RawAsync(ProbeServer server, string rest)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, patience.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{rest}"), patience.Token);
        var buffer = new byte[4096];
        var read = await stream.ReadAtLeastAsync(buffer, 12, cancellationToken: patience.Token);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
