using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Bench.Live;

/// <summary>Changes the assets' status at a steady rate, each asset's changes one after the other, and keeps what the answers say.</summary>
internal sealed class LiveChanges : IDisposable
{
    public const string Document = """
        mutation ChangeStatus($input: ChangeAssetStatusInput!) {
          changeAssetStatus(input: $input) { asset { id version } statusChange { reason } errors { __typename } }
        }
        """;
    private readonly HttpClient _http;
    private readonly string _document;
    private readonly IReadOnlyList<string> _assets;
    private readonly bool[] _isDown;
    private int _count;

    public LiveChanges(LiveServer server, IReadOnlyList<string> assets)
    {
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = server.Address };
        _http.DefaultRequestHeaders.Add("Authorization", "Bearer demo-manager");
        _http.DefaultRequestHeaders.Add("X-Site-Id", "PLANT");
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        // The peer's errors are plain.
        _document = server.Name is "graph" ? Document : Document.Replace("errors { __typename }", "errors", StringComparison.Ordinal);
        (_assets, _isDown, Answered) = (assets, new bool[assets.Count], [.. assets.Select(_ => new List<int>())]);
    }

    /// <summary>By asset, the numbers of its changes in the order of their answers.</summary>
    public IReadOnlyList<List<int>> Answered { get; }

    /// <summary>By the number of a change: when it was sent, and when its answer came.</summary>
    public Dictionary<int, (long Sent, long Answered)> Times { get; } = [];

    public async Task RunAsync(int aSecond, TimeSpan duration)
    {
        var interval = TimeSpan.FromSeconds((double)_assets.Count / aSecond);
        await Task.WhenAll(Enumerable.Range(0, _assets.Count).Select(async asset =>
        {
            await Task.Delay(interval * ((double)asset / _assets.Count));
            using PeriodicTimer timer = new(interval);
            var began = Stopwatch.GetTimestamp();
            do await ChangeAsync(asset);
            while (await timer.WaitForNextTickAsync() && Stopwatch.GetElapsedTime(began) < duration);
        }));
    }

    public async Task<JsonElement> AskAsync(string query, object? variables = null)
    {
        using var response = await _http.PostAsJsonAsync((Uri?)null, new { query, variables });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.TryGetProperty("errors", out var errors) ? throw new InvalidOperationException(errors.ToString()) : answer.GetProperty("data");
    }

    public void Dispose() => _http.Dispose();

    private async Task ChangeAsync(int asset)
    {
        var number = Interlocked.Increment(ref _count);
        var status = (_isDown[asset] = !_isDown[asset]) ? "OUT_OF_SERVICE" : "OPERATIONAL";
        var sent = Stopwatch.GetTimestamp();
        var answer = (await AskAsync(_document, new { input = new { id = _assets[asset], status, reason = $"change {number} of the bench" } })).GetProperty("changeAssetStatus");
        var answered = Stopwatch.GetTimestamp();
        if (answer.GetProperty("statusChange") is not { ValueKind: JsonValueKind.Object } change) throw new InvalidOperationException(answer.ToString());
        var told = int.Parse(change.GetProperty("reason").GetString()!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        Answered[asset].Add(told);
        lock (Times) Times[told] = (sent, answered);
    }
}
