using System.IO.Compression;
using Engines.GraphQL.Server;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

public sealed class CompressionTests
{
    private static readonly string s_long = $$$"""{"query":"query($t: String) { echo(text: $t) }","variables":{"t":"{{{new string('é', 5_000)}}}"}}""";

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("br;q=0.5, gzip;q=0.8", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("*", "br")]
    [InlineData("*;q=0.1, br;q=0", "gzip")]
    [InlineData("identity, gzip;q=0.5", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData("zstd", null)]
    [InlineData("nonsense;;", null)]
    [InlineData(null, null)]
    public async Task A_long_answer_is_compressed_as_the_client_prefers(string? accept, string? coding)
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.PostAsync(System.Text.Encoding.UTF8.GetBytes(s_long), change: r => { if (accept is not null) r.Headers.TryAddWithoutValidation("Accept-Encoding", accept); });
        Assert.Equal(coding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        if (coding is not null) Assert.True(body.Length < 1000, $"{body.Length}");
        Assert.Equal($$$"""{"data":{"echo":"{{{new string('é', 5_000)}}}"}}""", Decoded(body, coding));
    }

    [Theory]
    [InlineData("{ hello }", null)]
    [InlineData("subscription { count(to: 200) }", "text/event-stream")]
    public async Task Small_answers_and_event_streams_stay_as_they_are(string document, string? accept)
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.PostAsync(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { query = document }), accept, change: r => r.Headers.TryAddWithoutValidation("Accept-Encoding", "br, gzip"));
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Contains("{\"data\":", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_can_do_without()
    {
        await using var server = await ProbeServer.StartAsync((GraphQLServerOptions o) => o.CompressFromBytes = null);
        using var response = await server.PostAsync(System.Text.Encoding.UTF8.GetBytes(s_long), change: r => r.Headers.TryAddWithoutValidation("Accept-Encoding", "br, gzip"));
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    private static string Decoded(byte[] body, string? coding)
    {
        using MemoryStream raw = new(body);
        using Stream plain = coding switch { "br" => new BrotliStream(raw, CompressionMode.Decompress), "gzip" => new GZipStream(raw, CompressionMode.Decompress), _ => raw };
        using StreamReader text = new(plain);
        return text.ReadToEnd();
    }
}
