using System.Diagnostics;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.Demo;

/// <summary>The scripts of the folder <c>clients</c>, with the packages that its lock file names.</summary>
internal static class NodeClients
{
    private static readonly string s_folder = Path.Combine(Programs.Root, "Cmms.Tests", "clients");
    private static readonly SemaphoreSlim s_installing = new(1, 1);

    /// <summary>Runs a script to its end; what it says goes to the test's output.</summary>
    public static async Task<int> RunAsync(ITestOutputHelper output, string script, params string[] arguments)
    {
        await s_installing.WaitAsync();
        try
        {
            if (!Directory.Exists(Path.Combine(s_folder, "node_modules")))
                Assert.Equal(0, await RunProgramAsync(output, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"]));
        }
        finally
        {
            s_installing.Release();
        }
        return await RunProgramAsync(output, "node", [script, .. arguments]);
    }

    private static async Task<int> RunProgramAsync(ITestOutputHelper output, string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = s_folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        output.WriteLine(await said + await complained);
        return process.ExitCode;
    }
}
