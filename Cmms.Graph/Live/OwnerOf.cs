using System.Runtime.CompilerServices;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;

namespace Cmms.Graph.Live;

/// <summary>Answers what the subject of a message belongs to, once a message, for all who listen to what belongs to one.</summary>
internal sealed class OwnerOf(CmmsDbFactory factory)
{
    private readonly ConditionalWeakTable<LiveMessage, Task<long?>> _known = [];

    /// <param name="find">The owner's id, by the subject's.</param>
    public Task<long?> Find(LiveMessage message, SiteCaller caller, Func<CmmsDb, long, Task<long?>> find) =>
        _known.GetValue(message, asked => FindAsync(asked.Event!.SubjectId, caller.Scope, find));

    private async Task<long?> FindAsync(long subject, Scope scope, Func<CmmsDb, long, Task<long?>> find)
    {
        await using var db = factory.For(scope);
        return await find(db, subject);
    }
}
