using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Policies;

internal sealed class PolicySettingMapping : IEntityTypeConfiguration<PolicySetting>
{
    public void Configure(EntityTypeBuilder<PolicySetting> setting) => setting.Unique(s => s.Key);
}

internal sealed class PolicyRunMapping : IEntityTypeConfiguration<PolicyRun>
{
    public void Configure(EntityTypeBuilder<PolicyRun> run)
    {
        run.Indexed(r => new { r.Key, r.StartedAt });
        run.LoggedAs(r => r.Key, "policyKey");
    }
}

internal sealed class PolicyFiringMapping : IEntityTypeConfiguration<PolicyFiring>
{
    public void Configure(EntityTypeBuilder<PolicyFiring> firing)
    {
        firing.Unique(f => new { f.Key, f.SubjectType, f.SubjectId, f.Epoch });
        firing.LoggedAs(f => f.Key, "policyKey");
        firing.LoggedAs(f => f.SubjectId, "subject");
    }
}
