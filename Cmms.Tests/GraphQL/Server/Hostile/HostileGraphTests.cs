using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cmms.Domain.Persistence;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.GraphQL.Server.Hostile;

/// <summary>Tests that look at the clock and the memory of the whole process, and so run by themselves.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class Alone;

/// <summary>The table of hostile requests against the real Graph on a real port.</summary>
[Collection("Alone")]
public sealed partial class HostileGraphTests(ITestOutputHelper output)
{
    // Two seconds is the promise; a busy machine gets more.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);
    private const int MaxAnswerBytes = 256 * 1024;

    [Theory, Sqlite, PostgreSql]
    public async Task Each_hostile_request_gets_a_clean_answer_in_bounded_time_and_memory_and_the_server_stays_well(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };
        await graph.DataAsync("{ parts { nodes { id name } totalCount } }");
        List<string> failures = [];
        Assert.True(HostileTable.All.Count >= 100);
        foreach (var request in HostileTable.All)
        {
            failures.AddRange(await AttackAsync(http, graph.Address, request));
            if (await graph.AskAsync("{ __typename }") is var alive && alive.TryGetProperty("errors", out _)) failures.Add($"{request.What}: then the server answers {alive}");
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        await IsWellAsync(graph, http);
    }

    private async Task<List<string>> AttackAsync(HttpClient http, Uri address, HostileRequest attack)
    {
        List<string> wrong = [];
        using var request = attack.Request(address);
        if (request.Content is not null and not Forms.Endless) await request.Content.LoadIntoBufferAsync();
        var before = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        var (status, body, mediaType, headers) = (0, "", "", "");
        try
        {
            using var response = await http.SendAsync(request);
            (status, body, mediaType, headers) = ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType ?? "", response.Headers.ToString());
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException && attack.Expected.StartsWith('4'))
        {
            // The server answered and closed while the body was still on its way; not every client gets to see the answer then.
            status = int.Parse(attack.Expected[..3], System.Globalization.CultureInfo.InvariantCulture);
        }
        var (elapsed, allocated) = (clock.Elapsed, (GC.GetTotalAllocatedBytes() - before) / (1024.0 * 1024));
        var got = body.Length == 0 && status != 200 && attack.Expected.StartsWith($"{status}", StringComparison.Ordinal) ? attack.Expected : $"{status}{Codes(body)}";
        output.WriteLine($"{elapsed.TotalMilliseconds,7:0} ms {allocated,6:0.0} MB  {attack.What}: {got}");
        if (got != attack.Expected) wrong.Add($"{attack.What}: expected {attack.Expected}, got {got}: {(body.Length > 600 ? body[..600] : body)}");
        if (elapsed > s_patience) wrong.Add($"{attack.What}: it took {elapsed}");
        if (allocated > attack.MaxMegabytes) wrong.Add($"{attack.What}: {allocated:0.0} MB were allocated");
        if (body.Length > MaxAnswerBytes) wrong.Add($"{attack.What}: the answer has {body.Length} characters");
        if (body.Length > 0 && mediaType is not ("application/graphql-response+json" or "application/json")) wrong.Add($"{attack.What}: the answer is {mediaType}");
        if (headers.Contains("Access-Control-Allow", StringComparison.OrdinalIgnoreCase)) wrong.Add($"{attack.What}: {headers}");
        if (Internals().Match(body) is { Success: true } leak) wrong.Add($"{attack.What}: the answer says '{leak.Value}': {body[..Math.Min(body.Length, 600)]}");
        if (attack.Says is { } says && !body.Contains(says, StringComparison.Ordinal)) wrong.Add($"{attack.What}: the answer does not say {says}: {body[..Math.Min(body.Length, 600)]}");
        if (attack.NeverSays is { } never && body.Contains(never, StringComparison.Ordinal)) wrong.Add($"{attack.What}: the answer says {never}: {body[..Math.Min(body.Length, 600)]}");
        return wrong;
    }

    private static async Task IsWellAsync(TestGraph graph, HttpClient http)
    {
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(graph.Address, "/health/ready"))).StatusCode);
        var made = await graph.PayloadAsync("""mutation { createPart(input: { name: "Air filter" }) { part { name } errors { __typename } } }""");
        Assert.Equal("Air filter", made.GetProperty("part").GetProperty("name").GetString());
        var names = await graph.DataAsync("{ parts { nodes { name } totalCount } }");
        Assert.Equal("""{"parts":{"nodes":[{"name":"Air filter"}],"totalCount":1}}""", names.ToString());
    }

    private static string Codes(string body)
    {
        if (body.Length == 0 || body[0] != '{') return "";
        using var answer = JsonDocument.Parse(body);
        if (!answer.RootElement.TryGetProperty("errors", out var errors)) return "";
        if (errors.GetArrayLength() > 20) return " more than 20 errors";
        return string.Concat(errors.EnumerateArray().Select(e => " " + e.GetProperty("extensions").GetProperty("code").GetString()).Distinct());
    }

    [GeneratedRegex(@"   at \w|Exception|SELECT |INSERT |UPDATE |(?i:sqlite|npgsql|postgres)|/tmp/|/home/|/root/|\.cs\b|System\.|Engines\.|Cmms\.")]
    private static partial Regex Internals();
}
