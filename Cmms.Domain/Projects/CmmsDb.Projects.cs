using Cmms.Domain.Projects;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence;

public sealed partial class CmmsDb
{
    public DbSet<Partner> Partners => Set<Partner>();
    public DbSet<Project> Projects => Set<Project>();
    public DbSet<Resource> Resources => Set<Resource>();
    public DbSet<ResourceAssignment> ResourceAssignments => Set<ResourceAssignment>();
}
