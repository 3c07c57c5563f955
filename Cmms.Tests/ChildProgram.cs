using System.Diagnostics;
using System.Globalization;
using Cmms.Domain.Persistence;
using Cmms.Tests.Persistence;

namespace Cmms.Tests;

/// <summary>This assembly as a program of its own, for tests that kill one: its entry point takes the name of what to do.</summary>
internal static class ChildProgram
{
    public static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
        ["exec", typeof(ChildProgram).Assembly.Location, .. arguments])
    { RedirectStandardOutput = true })!;

    private static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["migrate", var provider, var connectionString, var steps]:
                var options = new DatabaseOptions { Provider = Enum.Parse<DatabaseProvider>(provider), ConnectionString = connectionString };
                Console.WriteLine("migrating");
                await MigrationRunner.MigrateAsync(options, MigrationTests.Steps(options.Provider, int.Parse(steps, CultureInfo.InvariantCulture)), default);
                return 0;
            default:
                return 2;
        }
    }
}
