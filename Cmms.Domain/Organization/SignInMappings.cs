using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Organization;

internal sealed class UserIdentityMapping : IEntityTypeConfiguration<UserIdentity>
{
    public void Configure(EntityTypeBuilder<UserIdentity> builder)
    {
        builder.Unlogged(); // its user tells
        builder.Secret(x => x.Subject);
        builder.HasIndex(x => new { x.Issuer, x.Subject }).IsUnique();
        builder.Unique(x => new { x.UserId, x.Issuer });
        builder.BelongsTo(x => x.User, x => x.UserId);
    }
}

internal sealed class LoginSessionMapping : IEntityTypeConfiguration<LoginSession>
{
    public void Configure(EntityTypeBuilder<LoginSession> builder)
    {
        builder.Unlogged();
        builder.Secret(x => x.Hash);
        builder.HasIndex(x => x.Hash).IsUnique();
        builder.HasIndex(x => x.EndsAt);
        builder.BelongsTo(x => x.User, x => x.UserId);
    }
}
