using System.Diagnostics;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.Demo;

/// <summary>The tools of front-end teams, set up as their manuals say, against the exported schema and the running server.</summary>
[Collection(DemoGraph.Shared)]
public sealed class FrontEndToolTests(DemoGraph graph, ITestOutputHelper output)
{
    private static readonly string s_tooling = Repository.File("Cmms.Tests", "clients", "tooling");

    [NodeFact]
    public Task Apollo_Client_keeps_its_cache_pages_and_listens() => RunAsync("apollo.mjs", graph.Address.ToString());

    [NodeFact]
    public Task Urql_keeps_its_cache_pages_and_listens() => RunAsync("urql.mjs", graph.Address.ToString());

    [NodeFact]
    public Task Streams_are_heard_resumed_and_refused_by_their_own_clients() => RunAsync("streams.mjs", graph.Address.ToString());

    [NodeFact]
    public Task The_Relay_compiler_accepts_pages_refetches_and_mutations()
    {
        Directory.CreateDirectory(Path.Combine(s_tooling, "generated", "relay"));
        return RunAsync("node_modules/relay-compiler/cli.js", "relay.config.json");
    }

    [NodeFact]
    public async Task Generated_types_are_strict_and_so_is_their_use()
    {
        await RunAsync("node_modules/@graphql-codegen/cli/esm/bin.js", "--config", "codegen.ts");
        await RunAsync("node_modules/typescript/bin/tsc", "-p", "tsconfig.json");
    }

    [NodeFact]
    public Task The_schema_and_its_documents_pass_the_linter() =>
        RunInAsync(Repository.Root, Path.Combine(s_tooling, "node_modules", "eslint", "bin", "eslint.js"), "--config", Path.Combine(s_tooling, "eslint.config.mjs"), "--max-warnings", "0", "schema");

    [NodeFact]
    public Task What_breaks_the_released_schema_is_found() => RunAsync("inspector.mjs");

    private Task RunAsync(params string[] arguments) => RunInAsync(s_tooling, arguments);

    private async Task RunInAsync(string folder, params string[] arguments)
    {
        if (!Directory.Exists(Path.Combine(s_tooling, "node_modules")))
            await StartAsync(s_tooling, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "ci", "--no-audit", "--no-fund");
        await StartAsync(folder, "node", arguments);
    }

    private async Task StartAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var heard = await said + await complained;
        output.WriteLine(heard);
        Assert.True(process.ExitCode == 0, heard);
    }
}
