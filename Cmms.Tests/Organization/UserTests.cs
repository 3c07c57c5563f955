using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Organization;

public sealed class UserTests
{
    private static readonly Instant s_monday = Instant.From(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_full_name_follows_the_names()
    {
        var user = new User("John", "Doe", "John@Acme.com");
        user.Rename("  Alice ", "Johnson");
        Assert.Equal(("Alice Johnson", "john@acme.com"), (user.FullName, user.Email));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@b@c")]
    [InlineData("John <john@acme.com>")]
    [InlineData("")]
    public void An_email_must_be_an_address(string email) => Assert.Equal("Email", Assert.Throws<InvalidValue>(() => new User("John", "Doe", email)).Field);

    [Fact]
    public void Assignable_means_active_and_meant_to_do_work()
    {
        var user = new User("John", "Doe", "john@acme.com");
        Assert.False(user.IsAssignable);
        user.CanBeAssignedToWorkOrders = true;
        Assert.True(user.IsAssignable);
        user.Deactivate(otherOwners: 0);
        Assert.False(user.IsAssignable);
    }

    [Fact]
    public void An_invitation_lasts_five_days_from_when_it_was_last_sent()
    {
        var user = User.Invite("John", "Doe", "john@acme.com", s_monday);
        Assert.Equal(s_monday + TimeSpan.FromDays(5), user.InvitationDueAt);
        Assert.Throws<InvalidTransition>(() => user.AcceptInvitation(s_monday + TimeSpan.FromDays(5.01)));

        user.ResendInvitation(s_monday + TimeSpan.FromDays(3));
        user.AcceptInvitation(s_monday + TimeSpan.FromDays(8));
        Assert.Equal(UserStatus.Active, user.Status);
        Assert.Throws<InvalidTransition>(() => user.ResendInvitation(s_monday));
        Assert.Throws<InvalidTransition>(() => user.AcceptInvitation(s_monday));
    }

    [Fact]
    public void The_last_active_owner_stays_an_active_owner()
    {
        var owner = new User("Ann", "Owner", "ann@acme.com", CustomerRole.Owner);
        Assert.Throws<LastOwner>(() => owner.Deactivate(otherOwners: 0));
        Assert.Throws<LastOwner>(() => owner.ChangeCustomerRole(CustomerRole.Member, otherOwners: 0));
        owner.ChangeCustomerRole(CustomerRole.Member, otherOwners: 1);
        owner.Deactivate(otherOwners: 0);
        Assert.Equal(UserStatus.Deactivated, owner.Status);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Two_owners_who_remove_each_other_at_once_leave_one(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var scope = Scope.Customer(plant.CustomerId);
        var owners = await plant.Database.WriteAsync(scope, async db =>
        {
            User[] both = [new("Ann", "Owner", "ann@acme.com", CustomerRole.Owner), new("Bob", "Owner", "bob@acme.com", CustomerRole.Owner)];
            db.AddRange(both);
            await db.SaveChangesAsync();
            return both.Select(o => o.Id).ToArray();
        });

        var outcomes = await Task.WhenAll(owners.Select(id => Record.ExceptionAsync(() => plant.Database.WriteAsync(scope, async db =>
        {
            var owner = await db.Find<User>(id, default);
            owner.Deactivate(await Owners.CountOthers(db, owner, default));
        }))));

        Assert.Single(outcomes, e => e is null);
        Assert.Single(outcomes, e => e is LastOwner);
        Assert.Equal(1, await plant.ReadAsync(db => db.Users.CountAsync(u => u.Status == UserStatus.Active)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_email_is_one_users_within_the_customer(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.WriteAsync(db => Task.FromResult(db.Add(new User("John", "Doe", "john@acme.com"))));
        var error = await Assert.ThrowsAsync<Duplicate>(() => plant.WriteAsync(db => Task.FromResult(db.Add(new User("Jon", "Dow", "JOHN@acme.com")))));
        Assert.Equal(("Email", "john@acme.com"), (error.Field, error.Value));

        var (other, _, _) = await TestPlant.AddCustomerAsync(plant.Database, "Other");
        await plant.Database.WriteAsync(Scope.Customer(other), db => Task.FromResult(db.Add(new User("John", "Doe", "john@acme.com"))));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_user_has_one_role_a_site(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (userId, siteId) = await plant.WriteAsync(async db =>
        {
            var (user, site) = (new User("John", "Doe", "john@acme.com"), await db.Find<Site>(plant.SiteId, default));
            db.Add(new UserRole(user, site, Role.Technician));
            await db.SaveChangesAsync();
            return (user.Id, site.Id);
        });

        await Assert.ThrowsAsync<Duplicate>(() => plant.WriteAsync(async db =>
            db.Add(new UserRole(await db.Find<User>(userId, default), await db.Find<Site>(siteId, default), Role.Admin))));
        Assert.Equal(Role.Technician, await plant.ReadAsync(db => db.UserRoles.Where(r => r.UserId == userId).Select(r => r.Role).SingleAsync()));
    }
}
