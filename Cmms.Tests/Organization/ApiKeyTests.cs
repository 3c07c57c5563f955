using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Organization;

public sealed class ApiKeyTests
{
    [Fact]
    public void A_secret_is_random_and_only_its_beginning_is_kept()
    {
        var user = new User("John", "Doe", "john@acme.com");
        var now = new TestClock().Now;
        var (key, secret) = ApiKey.Create(user, "CI", null, now);
        var (_, another) = ApiKey.Create(user, "CI", null, now);

        Assert.NotEqual(secret, another);
        Assert.StartsWith("cmms_", secret, StringComparison.Ordinal);
        Assert.Equal(48, secret.Length); // the prefix and 32 bytes
        Assert.Equal(secret[..12], key.Prefix);
        Assert.DoesNotContain(secret, key.Hash, StringComparison.Ordinal);
        Assert.Throws<InvalidValue>(() => ApiKey.Create(user, "CI", now, now));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_secret_leads_to_its_user_and_the_users_sites_across_customers(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await TestPlant.AddCustomerAsync(plant.Database, "Other");
        var secret = await AddKey(plant, (plant.SiteId, Role.Technician), (plant.NeighbourId, Role.Viewer));

        var caller = await Lookup(plant, secret);
        Assert.Equal((plant.CustomerId, CustomerRole.Member, "es"), (caller!.CustomerId, caller.CustomerRole, caller.Language));
        Assert.Equal(
            [new CallerSite(plant.SiteId, "NORTH", SiteStatus.Active, Role.Technician), new CallerSite(plant.NeighbourId, "SOUTH", SiteStatus.Active, Role.Viewer)],
            caller.Sites);
        Assert.Null(await Lookup(plant, secret + "x"));
        Assert.Null(await Lookup(plant, ApiKey.HashOf(secret)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_key_without_any_site_still_leads_to_its_user(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        Assert.Empty((await Lookup(plant, await AddKey(plant)))!.Sites);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_revoked_or_expired_key_or_one_of_a_user_who_left_is_unknown(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (revoked, expiring, orphan) = (await AddKey(plant), await AddKey(plant), await AddKey(plant));
        await Change(revoked, key => key.Revoke(plant.Now));
        await plant.Database.ExecuteAsync($"UPDATE api_key SET expires_at = created_at WHERE hash = '{ApiKey.HashOf(expiring)}'");
        await Change(orphan, key => key.User.Deactivate(otherOwners: 1));

        Assert.Null(await Lookup(plant, revoked));
        Assert.Null(await Lookup(plant, expiring));
        Assert.Null(await Lookup(plant, orphan));

        Task Change(string secret, Action<ApiKey> change) => plant.WriteAsync(async db =>
        {
            var hash = ApiKey.HashOf(secret);
            change(await db.ApiKeys.Include(k => k.User).SingleAsync(k => k.Hash == hash));
        });
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Use_is_noted_once_a_minute_and_never_in_the_event_log(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var caller = await Lookup(plant, await AddKey(plant));
        var first = plant.Now;
        foreach (var wait in (int[])[0, 30, 31])
        {
            plant.Clock.Advance(TimeSpan.FromSeconds(wait));
            await plant.Database.WriteAsync(Scope.System, db => db.TouchKey(caller!.KeyId!.Value, plant.Now, default));
            var used = await plant.ReadAsync(db => db.ApiKeys.Select(k => k.LastUsedAt).SingleAsync());
            Assert.Equal(wait == 31 ? plant.Now : first, used);
        }
        Assert.Equal(1, await plant.ReadAsync(db => db.Events.CountAsync(e => e.SubjectType == "ApiKey")));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_hash_stands_in_no_event(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var hash = ApiKey.HashOf(await AddKey(plant));
        var changes = await plant.ReadAsync(db => db.Events.Select(e => e.Changes).ToListAsync());
        Assert.NotEmpty(changes);
        Assert.DoesNotContain(changes, c => c.Contains(hash, StringComparison.Ordinal));
    }

    private static async Task<Caller?> Lookup(TestPlant plant, string secret) =>
        await plant.Database.ReadAsync(Scope.System, db => db.FindCaller(secret, plant.Now, default));

    private static async Task<string> AddKey(TestPlant plant, params (long SiteId, Role Role)[] roles) => await plant.WriteAsync(async db =>
    {
        var user = new User("John", "Doe", $"john{Guid.NewGuid():N}@acme.com") { Language = "es" };
        var (key, secret) = ApiKey.Create(user, "Script", null, plant.Now);
        db.Add(key);
        foreach (var (siteId, role) in roles) db.Add(new UserRole(user, await db.Find<Site>(siteId, default), role));
        return secret;
    });
}
