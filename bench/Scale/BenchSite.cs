using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;

namespace Bench.Scale;

/// <summary>A customer with one site and nothing else, in a database of its own.</summary>
internal static class BenchSite
{
    /// <param name="args">postgres=CONNECTION, an empty database there; otherwise a file in data=FOLDER, or in a temporary one.</param>
    public static DatabaseOptions Options(IReadOnlyList<string> args)
    {
        if (Value("postgres") is { } connection) return new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = connection };
        var folder = Value("data") is { } given ? Directory.CreateDirectory(given) : Directory.CreateTempSubdirectory("cmms-bench-");
        return new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder.FullName, $"scale-{Environment.ProcessId}.db")}" };

        string? Value(string name) => args.FirstOrDefault(a => a.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
    }

    public static async Task<Scope> FoundAsync(CmmsDbFactory factory, Instant now)
    {
        await using var transaction = await factory.BeginAsync(Scope.System, new Change(Actor.System, now));
        Customer customer = new("Bench", "bench");
        transaction.Db.Add(customer);
        await transaction.NarrowAsync(Scope.System);
        await transaction.NarrowAsync(Scope.Customer(customer.Id));
        Site site = new("Bench", "BENCH", "Etc/UTC", "USD");
        transaction.Db.Add(site);
        await transaction.CommitAsync();
        return Scope.Site(customer.Id, site.Id);
    }
}
