using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Bench.Live;

/// <summary>One of the two servers, alone in its process, watched from outside.</summary>
internal sealed class LiveServer : IDisposable
{
    private readonly Process _process;

    private LiveServer(string name, Process process, Uri address) => (Name, _process, Address) = (name, process, address);

    public string Name { get; }
    public Uri Address { get; }

    /// <summary>Cmms.Graph, the program itself, on a SQLite file.</summary>
    public static Task<LiveServer> GraphAsync(string database, int subscribers) => StartAsync("graph", port =>
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Cmms.Graph.dll"), "--urls", $"http://127.0.0.1:{port}"]);
        start.Environment["Database__ConnectionString"] = $"Data Source={database}";
        start.Environment["Demo"] = "true";
        // All of them listen by one key, from one address: what they do is counted, and nothing refused.
        foreach (var limit in (string[])["Requests", "Cost", "AddressRequests", "AddressCost"]) start.Environment[$"RateLimits__{limit}"] = "1000000000";
        start.Environment["GraphQL__Limits__SubscriptionsPerCaller"] = $"{subscribers}";
        start.Environment["Logging__LogLevel__Default"] = "Error";
        return start;
    });

    /// <summary>graphql-yoga with graphql-ws on Node.js; what it needs is installed beside it.</summary>
    public static async Task<LiveServer> YogaAsync(int assets)
    {
        var folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            using var install = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = folder })!;
            await install.WaitForExitAsync();
            if (install.ExitCode != 0) throw new InvalidOperationException("npm ci failed.");
        }
        return await StartAsync("yoga", port =>
        {
            ProcessStartInfo start = new("node", ["server.mjs", $"{port}", $"{assets}"]) { WorkingDirectory = folder };
            start.Environment["NODE_ENV"] = "production";
            return start;
        });
    }

    /// <summary>CPU time of the process so far, and what of it is in memory.</summary>
    public (TimeSpan Cpu, long Bytes) Usage()
    {
        _process.Refresh();
        return (_process.TotalProcessorTime, _process.WorkingSet64);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<LiveServer> StartAsync(string name, Func<int, ProcessStartInfo> start)
    {
        int port;
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        var process = Process.Start(start(port))!;
        for (var tries = 0; tries < 300; tries++)
        {
            if (process.HasExited) throw new InvalidOperationException($"{name} ended with {process.ExitCode}.");
            try
            {
                using TcpClient client = new();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return new LiveServer(name, process, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/graphql")));
            }
            catch (SocketException)
            {
                await Task.Delay(200);
            }
        }
        process.Kill();
        throw new InvalidOperationException($"{name} does not listen.");
    }

    /// <summary>The peer's folder in the source tree, above wherever the bench was built to.</summary>
    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "bench", "Live", "yoga") is var yoga && File.Exists(Path.Combine(yoga, "package.json"))) return yoga;
        throw new InvalidOperationException("bench/Live/yoga is not above the program.");
    }
}
