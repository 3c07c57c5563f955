using Cmms.Domain.Persistence;
using Xunit;

namespace Cmms.Tests.Faults;

public sealed class KilledWhileWritingTests
{
    [Theory, Sqlite, PostgreSql]
    public Task What_was_acknowledged_is_there_with_its_event_and_heard_of_once_whatever_is_killed(DatabaseProvider provider) => KilledWhileWritingStory.TellAsync(provider);
}
