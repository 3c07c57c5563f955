using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;

namespace Cmms.Domain.Projects;

/// <summary>Releasing assignments in the caller's own transaction, with everything that goes with them.</summary>
public static class Releasing
{
    extension(CmmsDb db)
    {
        /// <summary>Releases an assignment and the services linked to it; equipment goes back to its base. Answers the assignments released, the one asked for first.</summary>
        /// <param name="date">The day of retirement; none: the site's today.</param>
        /// <exception cref="AlreadyReleased"/>
        public async Task<IReadOnlyList<ResourceAssignment>> Release(ResourceAssignment assignment, string? reason, DateOnly? date, CancellationToken cancel)
        {
            if (assignment.IsRetired) throw new AlreadyReleased(assignment.RetirementDate!.Value);
            Check.Day(date);
            var facts = ReleaseRules.Set.Open();
            await ReleaseRules.LoadAssignments(db, db.ResourceAssignments.Where(a => a.Id == assignment.Id), facts, cancel);
            facts.Insert(new ReleaseAsked(assignment.Id, Check.OptionalText(reason) ?? "released"));
            return await db.Carry(facts.Fire().Of<Release>(), date, cancel);
        }

        /// <summary>Closes a project and releases everything in it.</summary>
        /// <exception cref="ProjectInactive"/>
        public async Task<IReadOnlyList<ResourceAssignment>> Close(Project project, string? reason, CancellationToken cancel)
        {
            project.Close(db.Now, reason);
            var facts = ReleaseRules.Set.Open();
            await ReleaseRules.LoadAssignments(db, db.ResourceAssignments.Where(a => a.ProjectId == project.Id), facts, cancel);
            facts.Insert(new ClosedProject(project.Id, project.Name));
            return await db.Carry(facts.Fire().Of<Release>(), null, cancel);
        }

        /// <summary>Retires one assignment; equipment goes back to its base.</summary>
        internal async Task Retire(ResourceAssignment assignment, DateOnly date, string reason, CancellationToken cancel)
        {
            assignment.Retire(date, reason);
            if (assignment.Kind is ResourceKind.Equipment) await db.ReturnToBase(assignment.ResourceId, cancel);
        }

        internal async Task ReturnToBase(long resourceId, CancellationToken cancel)
        {
            var resource = await db.Find<Resource>(resourceId, cancel);
            await db.Entry(resource).Reference(r => r.Asset).LoadAsync(cancel);
            await db.Entry(resource).Reference(r => r.CurrentProject).LoadAsync(cancel);
            resource.Return();
        }

        private async Task<IReadOnlyList<ResourceAssignment>> Carry(IEnumerable<Release> releases, DateOnly? date, CancellationToken cancel)
        {
            var day = date ?? (await db.SiteZone(cancel)).Today(db.Now);
            List<ResourceAssignment> released = [];
            foreach (var release in releases.DistinctBy(r => r.AssignmentId))
            {
                var assignment = await db.Find<ResourceAssignment>(release.AssignmentId, cancel);
                await db.Retire(assignment, day, release.Reason, cancel);
                released.Add(assignment);
            }
            return released;
        }
    }
}
