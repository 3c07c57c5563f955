using System.Diagnostics;
using Cmms.Graph;

namespace Bench.Servers;

/// <summary>One of the servers that are compared, alone in its process: the same Kestrel, the same runtime, the same file.</summary>
internal static class Server
{
    public static async Task RunAsync(string kind, string database)
    {
        await using var app = kind is "graph" or "unlimited" ? await Graph(kind, database) : HandWritten(kind, database);
        app.MapGet("/usage", () => Usage.Now());
        await app.StartAsync();
        Console.Out.WriteLine($"listening {app.Urls.Single()}");
        await Console.In.ReadLineAsync(); // until its parent is done with it
        await app.StopAsync();
    }

    /// <summary>Cmms.Graph itself, put together as its Program does; one caller asks for more here than many people do.</summary>
    private static Task<WebApplication> Graph(string kind, string database) => GraphHost.BuildAsync([], builder =>
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:ConnectionString"] = $"Data Source={database}",
            ["RateLimits:Enabled"] = kind is "graph" ? "true" : "false",
            ["RateLimits:Requests"] = "1000000000", ["RateLimits:Cost"] = "1000000000000",
            ["RateLimits:AddressRequests"] = "1000000000", ["RateLimits:AddressCost"] = "1000000000000",
        });
        Common(builder);
    });

    private static WebApplication HandWritten(string kind, string database)
    {
        var builder = WebApplication.CreateBuilder();
        Common(builder);
        var app = builder.Build();
        if (kind is "ef") EfServer.Map(app, database);
        else AdoServer.Map(app, database, keeps: kind is "floor");
        return app;
    }

    private static void Common(WebApplicationBuilder builder)
    {
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}

/// <summary>What a process has used so far.</summary>
internal sealed record Usage(double CpuMilliseconds, long AllocatedBytes, long WorkingSet)
{
    public static Usage Now()
    {
        using var process = Process.GetCurrentProcess();
        return new Usage(process.TotalProcessorTime.TotalMilliseconds, GC.GetTotalAllocatedBytes(), process.WorkingSet64);
    }
}
