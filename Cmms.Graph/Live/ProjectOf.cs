using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Live;

/// <summary>Answers which project an assignment is of, for subscribers of one project.</summary>
internal sealed class ProjectOf(CmmsDbFactory factory)
{
    public async Task<bool> Holds(SiteCaller caller, long projectId, long assignmentId, CancellationToken cancel)
    {
        await using var db = factory.For(caller.Scope);
        return await db.ResourceAssignments.AnyAsync(a => a.Id == assignmentId && a.ProjectId == projectId, cancel);
    }
}
