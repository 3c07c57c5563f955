using System.Runtime.CompilerServices;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Live;

/// <summary>Answers which project an assignment is of, once a message, for all who listen to one project.</summary>
internal sealed class ProjectOf(CmmsDbFactory factory)
{
    private readonly ConditionalWeakTable<AssignmentMessage, Task<long?>> _known = [];

    public Task<long?> Of(AssignmentMessage message, SiteCaller caller) => _known.GetValue(message, asked => FindAsync(asked.Event!.SubjectId, caller.Scope));

    private async Task<long?> FindAsync(long assignment, Scope scope)
    {
        await using var db = factory.For(scope);
        return await db.ResourceAssignments.Where(a => a.Id == assignment).Select(a => (long?)a.ProjectId).SingleOrDefaultAsync();
    }
}
