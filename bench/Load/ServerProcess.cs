using System.Diagnostics;
using Bench.Servers;

namespace Bench.Load;

/// <summary>A server in a process of its own, asked over loopback.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private ServerProcess(string name, Process process, string address)
    {
        (Name, _process) = (name, process);
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 16 }) { BaseAddress = new Uri(address) };
        _http.DefaultRequestHeaders.Add("Authorization", "Bearer demo-manager");
        _http.DefaultRequestHeaders.Add("X-Site-Id", "PLANT");
    }

    public string Name { get; }
    public bool IsGraph => Name is "graph" or "unlimited";

    public static async Task<ServerProcess> StartAsync(string name, string database)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve", name, database]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith("listening ", StringComparison.Ordinal)) return new ServerProcess(name, process, line["listening ".Length..]);
        throw new InvalidOperationException($"The server {name} did not start.");
    }

    public async Task<byte[]> AskAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request);
            var body = await response.Content.ReadAsByteArrayAsync();
            return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{Name} answered {(int)response.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
        }
    }

    public async Task<Usage> UsageAsync() => (await _http.GetFromJsonAsync<Usage>("/usage"))!;

    public void Dispose()
    {
        _http.Dispose();
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000)) _process.Kill();
        _process.Dispose();
    }
}
