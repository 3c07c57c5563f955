using Cmms.Domain;
using Cmms.Domain.Notifications;
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
        var (user, first) = User.Invite("John", "Doe", "john@acme.com", s_monday);
        Assert.Equal((UserStatus.Invited, s_monday + TimeSpan.FromDays(5)), (user.Status, user.InvitationDueAt));
        Assert.Throws<NotFound>(() => user.AcceptInvitation(first, s_monday + TimeSpan.FromDays(5.01)));

        var second = user.ResendInvitation(s_monday + TimeSpan.FromDays(3));
        Assert.Throws<NotFound>(() => user.AcceptInvitation(first, s_monday + TimeSpan.FromDays(4)));
        user.AcceptInvitation(second, s_monday + TimeSpan.FromDays(8));
        Assert.Equal((UserStatus.Active, s_monday + TimeSpan.FromDays(8)), (user.Status, user.InvitationAcceptedAt));
        Assert.Throws<InvalidTransition>(() => user.ResendInvitation(s_monday));
        Assert.Throws<NotFound>(() => user.AcceptInvitation(second, s_monday + TimeSpan.FromDays(8)));
    }

    [Fact]
    public void An_invitation_ends_with_the_access_of_who_was_invited()
    {
        var (user, token) = User.Invite("John", "Doe", "john@acme.com", s_monday);
        user.Deactivate(otherOwners: 1);
        Assert.Equal("token", Assert.Throws<NotFound>(() => user.AcceptInvitation(token, s_monday)).Field);
        user.Reactivate();
        Assert.Throws<NotFound>(() => user.AcceptInvitation(token, s_monday));
    }

    [Fact]
    public void An_address_that_a_person_asks_for_counts_once_it_is_confirmed()
    {
        var user = new User("John", "Doe", "john@acme.com");
        Assert.Throws<NotFound>(() => user.SendEmailConfirmation(s_monday));
        user.RequestEmail("Johnny@acme.com");
        Assert.Equal(("john@acme.com", "johnny@acme.com"), (user.Email, user.UnconfirmedEmail));
        var token = user.SendEmailConfirmation(s_monday);
        Assert.Throws<NotFound>(() => user.ConfirmEmail(token, s_monday + TimeSpan.FromDays(5.01)));

        user.RequestEmail("jd@acme.com"); // what was sent to the other address confirms nothing of this one
        Assert.Throws<NotFound>(() => user.ConfirmEmail(token, s_monday));
        user.ConfirmEmail(token = user.SendEmailConfirmation(s_monday), s_monday + TimeSpan.FromDays(5));
        Assert.Equal(("jd@acme.com", null), (user.Email, user.UnconfirmedEmail));
        Assert.Throws<NotFound>(() => user.ConfirmEmail(token, s_monday));

        user.RequestEmail("johnny@acme.com");
        user.RequestEmail("jd@acme.com");
        Assert.Null(user.UnconfirmedEmail);
    }

    [Fact]
    public void A_sign_in_is_counted()
    {
        var user = new User("John", "Doe", "john@acme.com");
        user.RecordLogin(s_monday);
        user.RecordLogin(s_monday + TimeSpan.FromHours(1));
        Assert.Equal((s_monday + TimeSpan.FromHours(1), 2), (user.LastLoginAt, user.LoginCount));
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

    [Theory, Sqlite(false), Sqlite(true), PostgreSql(false), PostgreSql(true)]
    public async Task Two_owners_who_remove_or_demote_each_other_at_once_leave_one(DatabaseProvider provider, bool demotes)
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

        var outcomes = await Task.WhenAll(owners.Select((id, i) => Record.ExceptionAsync(() => plant.Database.WriteAsync(scope, async db =>
        {
            var owner = await db.Find<User>(id, default);
            var others = await Owners.CountOthers(db, owner, default);
            if (demotes && i == 0) owner.ChangeCustomerRole(CustomerRole.Member, others);
            else owner.Deactivate(others);
        }))));

        Assert.Single(outcomes, e => e is null);
        Assert.Single(outcomes, e => e is LastOwner);
        Assert.Equal(1, await plant.ReadAsync(db => db.Users.CountAsync(u => u.Status == UserStatus.Active && u.CustomerRole == CustomerRole.Owner)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Sign_ins_and_tokens_are_kept_outside_the_event_log(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (user, token) = User.Invite("John", "Doe", "john@acme.com", plant.Now);
        await plant.WriteAsync(db => Task.FromResult(db.Add(user)));
        await plant.WriteAsync(async db => (await db.Find<User>(user.Id, default)).RecordLogin(plant.Now));
        var (saved, log) = await plant.ReadAsync(async db => (await db.Users.SingleAsync(), await db.Events.Where(e => e.SubjectType == "User").ToListAsync()));
        Assert.Equal((1, 1, plant.Now), (saved.Version, saved.LoginCount, saved.LastLoginAt));
        var created = Assert.Single(log).Changes;
        Assert.Equal(OneTimeToken.HashOf(token), saved.InvitationHash);
        foreach (var secret in (string[])[token, saved.InvitationHash!, "Hash", "oginCount", "astLogin"]) Assert.DoesNotContain(secret, created, StringComparison.Ordinal);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Who_may_not_sign_in_is_told_nothing(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var told = await plant.WriteAsync(async db =>
        {
            User[] people = [new("John", "Doe", "john@acme.com"), new("Jane", "Roe", "jane@acme.com"), User.Invite("Ana", "Paz", "ana@acme.com", plant.Now).User];
            people[1].Deactivate(otherOwners: 1);
            db.AddRange(people);
            await db.SaveChangesAsync();
            await db.Tell([.. people.Select(p => p.Id), people[0].Id], new Notice(NotificationEvent.WorkOrderAssigned, NotificationSeverity.Info, "Title", "Body", "User", people[0].Id), "key", default);
            await db.SaveChangesAsync();
            await db.Tell([.. people.Select(p => p.Id)], new Notice(NotificationEvent.WorkOrderAssigned, NotificationSeverity.Info, "Title", "Body", "User", people[0].Id), "key", default);
            return people[0].Id;
        });
        Assert.Equal([told], await plant.ReadAsync(db => db.Notifications.Select(n => n.UserId).ToListAsync()));
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
