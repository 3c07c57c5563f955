using Cmms.Domain.Assets;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Xunit;
using static Cmms.Tests.Policies.PolicyDesk;

namespace Cmms.Tests.Policies;

public sealed class WarrantyPolicyTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task It_is_told_once_that_many_days_before_by_the_date_of_the_site(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var manager = await plant.AddUser("manager", Role.Manager);
        await plant.AddUser("viewer", Role.Viewer);
        var id = await plant.AddAsset("Freezer", new DateOnly(2026, 4, 2), noticeDays: 30);
        plant.Clock.MoveTo(new DateTimeOffset(2026, 3, 3, 4, 59, 0, TimeSpan.Zero)); // 23:59 of the day before in Bogotá
        Assert.Equal(0, await plant.Sweep(WarrantyExpiry));
        plant.Clock.Advance(TimeSpan.FromMinutes(1));
        var preview = Assert.Single((await plant.PreviewAlone(WarrantyExpiry)).Findings);
        Assert.Equal("The warranty of Freezer expires on 2026-04-02, in 30 days; notice is given 30 days before.", preview.Decision.Explanation);
        Assert.Equal(1, await plant.Sweep(WarrantyExpiry));
        Assert.Equal(0, await plant.Sweep(WarrantyExpiry));
        plant.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await plant.Sweep(WarrantyExpiry));
        var told = Assert.Single(await plant.Notifications());
        Assert.Equal((manager, NotificationEvent.WarrantyExpiring, preview.Decision.Explanation, id), (told.UserId, told.Event, told.Body, told.SubjectId));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Another_date_or_notice_arms_it_again(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.AddUser("manager", Role.Manager);
        var id = await plant.AddAsset("Freezer", new DateOnly(2026, 3, 20), noticeDays: 30);
        Assert.Equal(1, await plant.Sweep(WarrantyExpiry));
        await Change(a => a.WarrantyNoticeDays = 25);
        Assert.Equal(1, await plant.Sweep(WarrantyExpiry));
        await Change(a => a.WarrantyExpirationDate = new DateOnly(2026, 3, 25));
        Assert.Equal(1, await plant.Sweep(WarrantyExpiry));
        await Change(a => a.WarrantyExpirationDate = new DateOnly(2027, 3, 25));
        Assert.Equal(0, await plant.Sweep(WarrantyExpiry));
        Assert.Equal(3, (await plant.Notifications()).Count);

        Task Change(Action<Asset> change) => plant.WriteAsync(async db => change(await db.Find<Asset>(id, default)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_day_of_expiration_is_still_covered_and_the_next_is_not(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.AddAsset("Freezer", new DateOnly(2026, 3, 2), noticeDays: 0);
        var yesterday = await plant.AddAsset("Oven", new DateOnly(2026, 3, 1), noticeDays: 30);
        await plant.AddAsset("Mixer", new DateOnly(2026, 3, 3), noticeDays: 0);
        var found = Assert.Single((await plant.Preview(WarrantyExpiry)).Findings);
        Assert.NotEqual(yesterday, found.Decision.Claim.SubjectId);
        Assert.Equal("The warranty of Freezer expires on 2026-03-02, today, which it still covers; notice is given 0 days before.", found.Decision.Explanation);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task One_that_came_and_went_while_nothing_ran_is_told_of_late_and_once(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.AddUser("manager", Role.Manager);
        var freezer = await plant.AddAsset("Freezer", new DateOnly(2026, 3, 20), noticeDays: 10);
        var mixer = await plant.AddAsset("Mixer", new DateOnly(2026, 3, 4), noticeDays: 10);
        await plant.AddAsset("Oven", new DateOnly(2026, 3, 1), noticeDays: 10); // expired before it was put down
        Assert.Equal(1, await plant.Sweep(WarrantyExpiry)); // of the mixer, in time
        plant.Clock.Advance(TimeSpan.FromDays(30)); // 1 April

        var late = Assert.Single((await plant.Preview(WarrantyExpiry)).Findings).Decision;
        Assert.Equal(freezer, late.Claim.SubjectId);
        Assert.Equal("The warranty of Freezer expired on 2026-03-20, 12 days ago; notice was to be given 10 days before, but nothing ran.", late.Explanation);
        Assert.Equal(1, await plant.Sweep(WarrantyExpiry));
        Assert.Equal(["Warranty expires: Mixer", "Warranty expired: Freezer"], (await plant.Notifications()).Select(n => n.Title));

        // Another notice of what has expired and was told of arms nothing.
        await plant.WriteAsync(async db => (await db.Find<Asset>(mixer, default)).WarrantyNoticeDays = 5);
        Assert.Equal(0, await plant.Sweep(WarrantyExpiry));
        plant.Clock.Advance(TimeSpan.FromDays(100));
        await plant.WriteAsync(async db => (await db.Find<Asset>(freezer, default)).WarrantyNoticeDays = 5);
        Assert.Equal(0, await plant.Sweep(WarrantyExpiry));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_decision_about_a_date_that_was_changed_is_not_carried_out(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.AddUser("manager", Role.Manager);
        var id = await plant.AddAsset("Freezer", new DateOnly(2026, 3, 20));
        var made = await plant.Preview(WarrantyExpiry);
        await plant.WriteAsync(async db => (await db.Find<Asset>(id, default)).WarrantyExpirationDate = new DateOnly(2028, 1, 1));
        Assert.False(await plant.Apply(made, made.Findings[0].Decision));
        Assert.Empty(await plant.Notifications());
    }
}
