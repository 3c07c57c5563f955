#:property PublishAot=false
#:property GenerateDocumentationFile=false
#:property RunAnalyzers=false
#:property EnforceCodeStyleInBuild=false

// dotnet run cmms.cs [-- --data DIR] [--port N] [--fresh] [--no-build] [--postgres "CONNECTION"]
// Builds Graph and Worker, starts both on one demo database, and stops both on Ctrl-C.

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

var root = Root();
var (data, port, fresh, build, postgres) = (Path.Combine(root, "data"), 5080, false, true, (string?)null);
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--data" when i + 1 < args.Length: data = Path.GetFullPath(args[++i]); break;
        case "--port" when i + 1 < args.Length && ushort.TryParse(args[i + 1], out var number) && number > 0: (port, i) = (number, i + 1); break;
        case "--postgres" when i + 1 < args.Length: postgres = args[++i]; break;
        case "--fresh": fresh = true; break;
        case "--no-build": build = false; break;
        default:
            Console.Error.WriteLine("""usage: dotnet run cmms.cs -- [--data DIR] [--port N] [--fresh] [--no-build] [--postgres "CONNECTION"]""");
            return 2;
    }
}

if (fresh && postgres is not null)
{
    Console.Error.WriteLine("--fresh makes a new SQLite file; for a fresh start on PostgreSQL name an empty database.");
    return 2;
}

if (IsTaken(port))
{
    Console.Error.WriteLine($"Port {port} is in use: choose another with --port N.");
    return 1;
}

Directory.CreateDirectory(data);
var (file, files) = (Path.Combine(data, "cmms.db"), Path.Combine(data, postgres is null ? "cmms.files" : "postgres.files"));
if (fresh)
{
    foreach (var old in new[] { file, file + "-wal", file + "-shm" }) File.Delete(old);
    if (Directory.Exists(files)) Directory.Delete(files, recursive: true);
}

if (build) Console.WriteLine("Building …");
if (await Built(Build("Cmms.Graph")) is > 0 and var failed) return failed;

var address = $"http://127.0.0.1:{port}";
Dictionary<string, string> settings = new()
{
    ["Database__Provider"] = postgres is null ? "Sqlite" : "PostgreSql",
    ["Database__ConnectionString"] = postgres ?? $"Data Source={file}",
    ["Database__Files"] = files,
    ["ASPNETCORE_URLS"] = address,
    ["Demo"] = "true",
    ["Files__Folder"] = Path.Combine(data, "files"),
    ["RateLimits__Requests"] = "10000", // the tests of a client under development ask for more than people do
    ["RateLimits__Cost"] = "10000000",
    ["RateLimits__AddressRequests"] = "10000",
    ["RateLimits__AddressCost"] = "10000000",
    ["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning",
    ["DOTNET_TieredPGO"] = "0", // two years of history are written a third sooner
};

using CancellationTokenSource stopping = new();
Console.CancelKeyPress += (_, pressed) =>
{
    // We stay until both have stopped.
    pressed.Cancel = true;
    stopping.Cancel();
};
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stopping);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stopping);

using var graph = Run("Cmms.Graph", "graph ", ConsoleColor.Cyan);
// The Worker is built while Graph fills the database; what both are made of is there already.
var workerBuild = Build("Cmms.Worker", "--no-dependencies", "--tl:off"); // its progress would run through Graph's lines
if (!await Ready(graph)) return await Stop("Graph did not start.", graph, workerBuild);
if (await Built(workerBuild) != 0) return await Stop("The Worker could not be built.", graph);
using var worker = Run("Cmms.Worker", "worker", ConsoleColor.Yellow);
Welcome(await AirFilter());

try
{
    await Task.WhenAny(graph.WaitForExitAsync(stopping.Token), worker.WaitForExitAsync(stopping.Token));
}
catch (OperationCanceledException)
{
}
var why = stopping.IsCancellationRequested ? null : graph.HasExited ? "Graph has stopped." : "Worker has stopped.";
return await Stop(why, graph, worker);

// Before minutes are spent on what cannot run.
static bool IsTaken(int port)
{
    using TcpListener listener = new(IPAddress.Loopback, port);
    try
    {
        listener.Start();
        return false;
    }
    catch (SocketException)
    {
        return true;
    }
}

void Stopping(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}

// Null where what was built last is wanted.
Process? Build(string project, params string[] more) =>
    build ? Start("dotnet", ["build", Path.Combine(root, project), "--nologo", "--verbosity", "quiet", .. more], []) : null;

static async Task<int> Built(Process? building)
{
    if (building is null) return 0;
    using (building)
    {
        await building.WaitForExitAsync();
        return building.ExitCode;
    }
}

Process Run(string project, string name, ConsoleColor colour)
{
    var process = Start("dotnet", [Path.Combine(root, project, "bin", "Debug", "net10.0", project + ".dll")], settings, output: true);
    process.OutputDataReceived += (_, line) => Print(name, colour, line.Data);
    process.ErrorDataReceived += (_, line) => Print(name, colour, line.Data);
    process.BeginOutputReadLine();
    process.BeginErrorReadLine();
    return process;
}

static Process Start(string program, string[] arguments, Dictionary<string, string> environment, bool output = false)
{
    ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = output, RedirectStandardError = output };
    foreach (var (key, value) in environment) start.Environment[key] = value;
    return Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started.");
}

static void Print(string name, ConsoleColor colour, string? line)
{
    if (line is null) return;
    lock (Console.Out)
    {
        Console.ForegroundColor = colour;
        Console.Write(name + " │ ");
        Console.ResetColor();
        Console.WriteLine(line);
    }
}

async Task<bool> Ready(Process process)
{
    using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(2) };
    while (!process.HasExited && !stopping.IsCancellationRequested)
    {
        try
        {
            if ((await http.GetAsync($"{address}/health/ready")).StatusCode is HttpStatusCode.OK) return true;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // Not listening yet.
        }
        await Task.Delay(200);
    }
    return false;
}

async Task<int> Stop(string? why, params Process?[] processes)
{
    if (why is not null && !stopping.IsCancellationRequested) Console.Error.WriteLine(why);
    foreach (var process in processes.OfType<Process>().Where(p => !p.HasExited))
    {
        if (!OperatingSystem.IsWindows())
        {
            using var term = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await term.WaitForExitAsync();
        }
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(15));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }
    return stopping.IsCancellationRequested ? 0 : 1;
}

/// The id of the part of the story: global ids differ where the database was filled by somebody else.
async Task<string> AirFilter()
{
    using HttpClient http = new();
    using HttpRequestMessage ask = new(HttpMethod.Post, $"{address}/graphql") { Content = new StringContent("""{ "query": "{ part(number: \"FL_A\") { id } }" }""", Encoding.UTF8, "application/json") };
    ask.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "demo-manager");
    ask.Headers.Add("X-Site-Id", "PLANT");
    JsonDocument json;
    try
    {
        using var answer = await http.SendAsync(ask, stopping.Token);
        json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
    }
    catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
    {
        return "…"; // Graph has just stopped, which is said elsewhere.
    }
    using var _ = json;
    return json.RootElement.TryGetProperty("data", out var found) && found.GetProperty("part") is { ValueKind: JsonValueKind.Object } part
        ? part.GetProperty("id").GetString()!
        : "… (this database has no demo plant)";
}

void Welcome(string filter) => Console.WriteLine($$"""

      Cmms is running.   GraphQL: {{address}}/graphql   (WebSocket and SSE at the same address; Ctrl-C stops it)

      Keys    demo-admin  demo-manager  demo-technician  demo-requester  demo-viewer
              send  Authorization: Bearer demo-manager   and   X-Site-Id: PLANT   (the other site is DEPOT)

      1 Read      query { workOrders(first: 3) { nodes { code title asset { name location { path } } parts { quantity part { name } } } } }

      2 Listen    subscription { notificationReceived { cursor notification { severity title body } } }

      3 Act       mutation { issuePart(input: { id: "{{filter}}", quantity: 6 }) { part { name available } errors { ... on Error { code message } } } }

      and then    query { purchaseRequests(first: 1) { nodes { code status explanation lines { quantity part { name } } } } }

    """);

static string Root([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
