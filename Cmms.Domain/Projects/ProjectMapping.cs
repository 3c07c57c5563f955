using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Projects;

internal sealed class PartnerMapping : IEntityTypeConfiguration<Partner>
{
    public void Configure(EntityTypeBuilder<Partner> partner)
    {
        partner.Folded(p => p.Name);
        partner.UniqueFolded(p => p.Name);
    }
}

internal sealed class ProjectMapping : IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Project> project)
    {
        project.Folded(p => p.Code);
        project.Folded(p => p.Name);
        project.Unique(p => p.Code);
        project.BelongsTo(p => p.Partner, p => p.PartnerId);
    }
}

internal sealed class ResourceMapping : IEntityTypeConfiguration<Resource>
{
    public void Configure(EntityTypeBuilder<Resource> resource)
    {
        resource.Folded(r => r.Code);
        resource.Folded(r => r.Name);
        resource.Unique(r => r.Code);
        resource.Unique(r => r.AssetId);
        resource.BelongsTo(r => r.Asset, r => r.AssetId);
        resource.BelongsTo(r => r.CurrentProject, r => r.CurrentProjectId);
    }
}

internal sealed class ResourceAssignmentMapping : IEntityTypeConfiguration<ResourceAssignment>
{
    public void Configure(EntityTypeBuilder<ResourceAssignment> assignment)
    {
        assignment.BelongsTo(a => a.Project, a => a.ProjectId);
        assignment.BelongsTo(a => a.Resource, a => a.ResourceId);
        assignment.BelongsTo(a => a.EquipmentAssignment, a => a.EquipmentAssignmentId);
        assignment.Property(a => a.Recurrence).HasConversion(r => r.ToString(), text => Recurrence.Parse(text));
        // A physical thing is in one project at a time, whoever asks at the same moment.
        assignment.HasIndex(a => new { a.SiteId, a.ResourceId }, "ix_one_project_at_a_time").IsUnique()
            .HasFilter("\"kind\" = 'Equipment' AND NOT \"is_retired\"");
    }
}
