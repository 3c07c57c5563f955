using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Tests.Work;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Policies.PolicyDesk;

namespace Cmms.Tests.Policies;

public sealed class OutagePolicyTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task An_asset_that_nobody_repairs_is_asked_to_be_repaired_once_an_outage(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        plant.Clock.MoveTo(new DateTimeOffset(2026, 3, 2, 13, 0, 0, TimeSpan.Zero)); // 08:00 in Bogotá
        var press = await plant.AddAsset("Press");
        await plant.AddAsset("Mixer");
        await plant.ChangeStatus(press, AssetStatus.OutOfService);
        plant.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await plant.Sweep(UnattendedOutage));
        plant.Clock.Advance(TimeSpan.FromMinutes(1));

        const string why = "Press has been out of service since 2026-03-02 08:00, 24 hours; the site allows 24 without a work order, and none is open.";
        Assert.Equal(why, Assert.Single((await plant.PreviewAlone(UnattendedOutage)).Findings).Decision.Explanation);
        Assert.Equal(1, await plant.Sweep(UnattendedOutage));
        Assert.Equal(0, await plant.Sweep(UnattendedOutage));
        var request = Assert.Single(await Requests(plant));
        Assert.Equal(("Out of service: Press", why, WorkOrderPriority.High, WorkRequestStatus.Pending, press, null, "policy:unattended-outage"),
            (request.Title, request.Description, request.Priority, request.Status, request.AssetId, request.RequesterId, request.CreatedBy.ToString()));
        Assert.Equal(2, (await plant.Notifications()).Count); // the admin and the manager

        // Declined, it is not asked again for this outage; the next is another.
        await plant.WriteAsync(async db => (await db.Find<WorkRequest>(request.Id, default)).Decline("It is replaced next week"));
        plant.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await plant.Sweep(UnattendedOutage));
        await plant.ChangeStatus(press, AssetStatus.Operational);
        plant.Clock.Advance(TimeSpan.FromMinutes(1));
        await plant.ChangeStatus(press, AssetStatus.OutOfService);
        plant.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(1, await plant.Sweep(UnattendedOutage));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_somebody_sees_to_is_left_to_them(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (press, mixer, oven) = (await plant.AddAsset("Press"), await plant.AddAsset("Mixer"), await plant.AddAsset("Oven"));
        foreach (var asset in (long[])[press, mixer, oven]) await plant.ChangeStatus(asset, AssetStatus.OutOfService);
        await plant.ChangeStatus(oven, AssetStatus.Maintenance);
        var order = await plant.AddOrder("Repair", press);
        await plant.WriteAsync(db => db.SubmitRequest("Look at it", null, request => db.SetConcern(request, mixer, null, default), default));
        plant.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(0, await plant.Sweep(UnattendedOutage));

        await plant.Take(order, WorkOrderTransition.Cancel);
        Assert.Equal(1, await plant.Sweep(UnattendedOutage));
        Assert.Equal("Out of service: Press", (await Requests(plant))[^1].Title);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_nobody_needs_may_stay_as_it_is(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var press = await plant.AddAsset("Press");
        await plant.ChangeStatus(press, AssetStatus.OutOfService);
        await plant.WriteAsync(async db => (await db.Downtimes.AsTracking().SingleAsync()).Describe(DowntimeKind.NotRequired, null, "Mothballed", null));
        plant.Clock.Advance(TimeSpan.FromDays(9));
        Assert.Equal(0, await plant.Sweep(UnattendedOutage));
        var made = await plant.PreviewAlone(UnattendedOutage);
        await plant.WriteAsync(async db => (await db.Downtimes.AsTracking().SingleAsync()).Describe(DowntimeKind.Unplanned, null, "It is needed after all", null));
        Assert.Equal(1, await plant.Sweep(UnattendedOutage));
        Assert.Empty(made.Findings);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_site_says_how_long_and_a_decision_that_is_overtaken_is_not_carried_out(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var press = await plant.AddAsset("Press");
        await plant.ChangeStatus(press, AssetStatus.OutOfService);
        await plant.Database.WriteAsync(Scope.Customer(plant.CustomerId), async db => (await db.Find<Site>(plant.SiteId, default)).UnattendedOutageHours = 2);
        plant.Clock.Advance(TimeSpan.FromHours(2));
        var made = await plant.Preview(UnattendedOutage);
        var decision = Assert.Single(made.Findings).Decision;
        await plant.AddOrder("Repair", press);
        Assert.False(await plant.Apply(made, decision));
        Assert.Empty(await Requests(plant));
    }

    private static Task<List<WorkRequest>> Requests(TestPlant plant) => plant.ReadAsync(db => db.WorkRequests.OrderBy(r => r.Id).ToListAsync());
}
