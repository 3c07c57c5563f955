using Cmms.Domain.Persistence;
using Xunit;

namespace Cmms.Tests.Worker;

/// <summary>A class for each database, so that the two long ones run beside each other.</summary>
public sealed class KillOnSqliteTests
{
    [Theory, Sqlite]
    public Task What_is_due_is_done_once_and_heard_of_once_though_a_worker_is_killed_between_claim_and_commit(DatabaseProvider provider) => KillStory.TellAsync(provider);
}

/// <inheritdoc cref="KillOnSqliteTests"/>
public sealed class KillOnPostgresTests
{
    [Theory, PostgreSql]
    public Task What_is_due_is_done_once_and_heard_of_once_though_a_worker_is_killed_between_claim_and_commit(DatabaseProvider provider) => KillStory.TellAsync(provider);
}
