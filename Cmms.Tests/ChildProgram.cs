using System.Diagnostics;
using System.Globalization;
using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Tests.GraphQL.Conformance;
using Cmms.Tests.Persistence;

namespace Cmms.Tests;

/// <summary>This assembly as a program of its own, for tests that kill one and for outside suites: its entry point takes the name of what to do.</summary>
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
                await MigrationRunner.MigrateAsync(options, MigrationTests.Steps(options.Provider, (int)Number(steps)), default);
                return 0;
            case ["write", var connectionString, var customer, var site, var prefix]:
                await WriteAsync(new DatabaseOptions { ConnectionString = connectionString }, Scope.Site(Number(customer), Number(site)), prefix);
                return 0;
            case ["conformance", ..]:
                await ConformanceHost.RunAsync(arguments is [_, var port, ..] ? (int)Number(port) : 8080);
                return 0;
            default:
                return 2;
        }
    }

    /// <summary>Adds sites for ever, and says of each when its commit has returned.</summary>
    private static async Task WriteAsync(DatabaseOptions options, Scope scope, string prefix)
    {
        await using var factory = new CmmsDbFactory(options);
        for (var i = 0; ; i++)
        {
            await using var transaction = await factory.BeginAsync(scope, new Change(Actor.System, Instant.FromMicroseconds(0)));
            transaction.Db.Add(new Site("Site", $"{prefix}-{i}", "Etc/UTC", "USD"));
            await transaction.CommitAsync();
            Console.WriteLine($"{prefix}-{i}");
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
