using System.Reflection;
using Cmms.Domain.Persistence;
using Xunit.Sdk;

namespace Cmms.Tests;

/// <summary>Runs a theory on SQLite: its first argument is the provider, further ones follow from here.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class SqliteAttribute(params object?[] arguments) : DataAttribute
{
    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => [[DatabaseProvider.Sqlite, .. arguments]];
}

/// <summary>Runs a theory on PostgreSQL where there is one, and says plainly where there is none.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class PostgreSqlAttribute : DataAttribute
{
    private readonly object?[] _arguments;

    public PostgreSqlAttribute(params object?[] arguments)
    {
        _arguments = arguments;
        if (PostgresCluster.IsAvailable || PostgresCluster.IsRequired) return;
        Skip = "There is no PostgreSQL on this machine: install it, or name one in CMMS_TEST_POSTGRES.";
    }

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => [[DatabaseProvider.PostgreSql, .. _arguments]];
}
