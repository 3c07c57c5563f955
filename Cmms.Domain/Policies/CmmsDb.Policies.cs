using Cmms.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence;

public sealed partial class CmmsDb
{
    public DbSet<PolicySetting> PolicySettings => Set<PolicySetting>();
    public DbSet<PolicyRun> PolicyRuns => Set<PolicyRun>();
    public DbSet<PolicyFiring> PolicyFirings => Set<PolicyFiring>();
}
