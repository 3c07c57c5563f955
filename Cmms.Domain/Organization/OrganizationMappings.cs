using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Organization;

internal sealed class CustomerMapping : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder) => builder.HasIndex(x => x.Slug).IsUnique();
}

internal sealed class SiteMapping : IEntityTypeConfiguration<Site>
{
    public void Configure(EntityTypeBuilder<Site> builder)
    {
        builder.Folded(x => x.Name);
        builder.Folded(x => x.Code);
        builder.UniqueFolded(x => x.Code);
        builder.Property(x => x.UnattendedOutageHours).HasDefaultValue(24).ValueGeneratedNever();
    }
}

internal sealed class UserMapping : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.Folded(x => x.Name);
        builder.Folded(x => x.Surname);
        builder.Folded(x => x.FullName);
        builder.Folded(x => x.Email);
        builder.Folded(x => x.JobTitle);
        builder.Unique(x => x.Email);
        builder.Property(x => x.AuthType).HasDefaultValue(UserAuthType.ApiKey).ValueGeneratedNever();
        builder.Property(x => x.LoginCount).HasDefaultValue(0).ValueGeneratedNever();
        builder.Unlogged(x => x.LastLoginAt);
        builder.Unlogged(x => x.LoginCount);
        builder.Property(x => x.InvitationHash);
        builder.Secret(x => x.InvitationHash);
        builder.HasIndex(x => x.InvitationHash).IsUnique();
        builder.Property(x => x.EmailConfirmationHash);
        builder.Secret(x => x.EmailConfirmationHash);
        builder.HasIndex(x => x.EmailConfirmationHash).IsUnique();
        builder.Property(x => x.EmailConfirmationSentAt);
        builder.Unlogged(x => x.EmailConfirmationSentAt);
        builder.HasIndex(x => x.Email); // who signs in for the first time is not known by customer
    }
}

internal sealed class UserRoleMapping : IEntityTypeConfiguration<UserRole>
{
    public void Configure(EntityTypeBuilder<UserRole> builder)
    {
        builder.Unique(x => new { x.UserId, x.SiteId });
        builder.BelongsTo(x => x.User, x => x.UserId, user => user.Roles);
        builder.BelongsTo(x => x.Site, x => x.SiteId);
    }
}

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.Folded(x => x.Name);
        builder.Property(x => x.Hash);
        builder.Secret(x => x.Hash);
        builder.Unlogged(x => x.LastUsedAt);
        builder.HasIndex(x => x.Hash).IsUnique();
        builder.BelongsTo(x => x.User, x => x.UserId);
    }
}
