using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>The reference implementation in one Node.js process: a question a line, an answer a line (clients/oracle/oracle.mjs).</summary>
internal sealed class Oracle : IAsyncDisposable
{
    private static readonly string s_folder = Repository.File("Cmms.Tests", "clients", "oracle");
    private static readonly Lazy<Task> s_installed = new(InstallAsync);
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, MaxDepth = 1000 };

    private readonly Process _process;
    private readonly Task<string> _complaints;

    private Oracle(Process process)
    {
        _process = process;
        _complaints = process.StandardError.ReadToEndAsync();
    }

    public static async Task<Oracle> StartAsync()
    {
        await s_installed.Value;
        // graphql 17 asks for a newer Node.js than machines have, so one comes with it; where it could not be installed theirs has to do.
        var own = Path.Combine(s_folder, "node_modules", "node", "bin", "node");
        return new Oracle(Process.Start(new ProcessStartInfo(File.Exists(own) ? own : "node", ["oracle.mjs"])
        {
            WorkingDirectory = s_folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        })!);
    }

    public async Task<JsonNode> AskAsync(object question) => (await AskAsync([question]))[0];

    /// <summary>Asks everything at once: the answers come in the order of the questions.</summary>
    public async Task<IReadOnlyList<JsonNode>> AskAsync(IReadOnlyList<object> questions)
    {
        var asking = Task.Run(async () =>
        {
            foreach (var question in questions) await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question, question.GetType(), s_json));
            await _process.StandardInput.FlushAsync();
        });
        var answers = new List<JsonNode>(questions.Count);
        while (answers.Count < questions.Count)
        {
            var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The oracle has stopped: {await _complaints}");
            var answer = JsonNode.Parse(line, documentOptions: new JsonDocumentOptions { MaxDepth = 1000 })!;
            if (answer["failed"] is { } failure) throw new InvalidOperationException($"{failure}\n{JsonSerializer.Serialize(questions[answers.Count], s_json)}");
            answers.Add(answer);
        }
        await asking;
        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        await _complaints;
        _process.Dispose();
    }

    private static async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(s_folder, "node_modules", "graphql"))) return;
        using var npm = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = s_folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (said, complained) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0) throw new InvalidOperationException($"npm ci failed: {await said}{await complained}");
    }
}
