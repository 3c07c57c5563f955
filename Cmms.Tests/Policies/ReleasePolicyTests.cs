using Cmms.Domain.Assets;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Projects;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;
using static Cmms.Tests.Policies.PolicyDesk;

namespace Cmms.Tests.Policies;

public sealed class ReleasePolicyTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Equipment_past_its_end_goes_back_to_its_base_with_the_services_that_hang_on_it(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var manager = await plant.AddUser("manager", Role.Manager);
        var (equipment, service, resource) = await Assign(plant, ends: new DateOnly(2026, 3, 2));
        await plant.Database.ExecuteAsync($"UPDATE resource_assignment SET operation_end_date = NULL WHERE id = {service}"); // it ends with what it serves alone
        Assert.Equal(0, await plant.Sweep(ReleaseCascade)); // its last day
        plant.Clock.MoveTo(new DateTimeOffset(2026, 3, 3, 4, 59, 59, TimeSpan.Zero));
        Assert.Equal(0, await plant.Sweep(ReleaseCascade));
        plant.Clock.Advance(TimeSpan.FromSeconds(1)); // midnight in Bogotá

        const string why = "BTS-1 is released: its operation ended on 2026-03-02.";
        const string follows = "SERVICE-GENERAL is released: BTS-1, which it serves, is released: its operation ended on 2026-03-02.";
        var preview = await plant.PreviewAlone(ReleaseCascade);
        Assert.Equal([why, follows], preview.Findings.Select(f => f.Decision.Explanation));
        Assert.Equal(["Assignment past its end is released", "Service follows its equipment", "Release is decided"], preview.Findings[1].Story.Select(f => f.Rule));
        Assert.Equal(2, await plant.Sweep(ReleaseCascade));
        Assert.Equal(0, await plant.Sweep(ReleaseCascade));

        Assert.Equal((true, new DateOnly(2026, 3, 3), why), await Retired(plant, equipment));
        Assert.Equal((true, new DateOnly(2026, 3, 3), follows), await Retired(plant, service));
        var back = await plant.ReadAsync(db => db.Resources.Include(r => r.Asset).SingleAsync(r => r.Id == resource));
        Assert.Equal((RentalStatus.Available, null, "Yard"), (back.Asset!.RentalStatus, back.CurrentProjectId, back.CurrentLocation));
        Assert.All(await plant.Notifications(), n => Assert.Equal((manager, NotificationEvent.ResourcesReleased), (n.UserId, n.Event)));
        Assert.Equal(2, (await plant.Notifications()).Count);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_a_closed_project_still_holds_is_released(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (equipment, service, _) = await Assign(plant, ends: null);
        await plant.Database.ExecuteAsync("UPDATE project SET is_closed = true");
        Assert.Equal(2, await plant.Sweep(ReleaseCascade));
        Assert.Equal("BTS-1 is released: North Tower is closed.", (await Retired(plant, equipment)).Reason);
        Assert.True((await Retired(plant, service)).IsRetired);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_service_left_behind_by_its_equipment_is_released(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (equipment, service, resource) = await Assign(plant, ends: null);
        await plant.Database.ExecuteAsync($"UPDATE resource_assignment SET is_retired = true, retirement_date = '2026-03-01' WHERE id = {equipment}");
        Assert.Equal(2, await plant.Sweep(ReleaseCascade));
        Assert.Equal("SERVICE-GENERAL is released: BTS-1, which it serves, was released before.", (await Retired(plant, service)).Reason);
        Assert.Contains(await plant.Firings(ReleaseCascade), f => f.SubjectType == "Resource" && f.SubjectId == resource
            && f.Explanation == "BTS-1 counts as rented, but no assignment holds it; it returns to its base.");
        Assert.Equal(RentalStatus.Available, await plant.ReadAsync(db => db.Assets.Select(a => a.RentalStatus).SingleAsync()));
        Assert.Equal(0, await plant.Sweep(ReleaseCascade));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_end_that_was_put_off_meanwhile_holds(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (equipment, service, _) = await Assign(plant, ends: new DateOnly(2026, 3, 1));
        var made = await plant.Preview(ReleaseCascade);
        Assert.Equal(2, made.Findings.Count);
        await plant.WriteAsync(async db => await db.Change(await db.Find<ResourceAssignment>(equipment, default), null, null, null, null, new DateOnly(2026, 9, 1), false, null, default));
        foreach (var finding in made.Findings) Assert.False(await plant.Apply(made, finding.Decision));
        Assert.False((await Retired(plant, service)).IsRetired);
    }

    private static Task<(long Equipment, long Service, long Resource)> Assign(TestPlant plant, DateOnly? ends) => plant.WriteAsync(async db =>
    {
        var asset = new Asset("Antenna", db.Now) { Code = "BTS-1" };
        var project = new Project("P-1", "North Tower", null, new DateOnly(2026, 1, 1), null);
        db.AddRange(asset, project);
        await db.SaveChangesAsync();
        var resource = new Resource(asset, "BTSNHM", "Yard");
        db.Add(resource);
        await db.SaveChangesAsync();
        var made = await db.Assign(new AssignmentRequest(project.Id, resource.Id, Eur(100), new DateOnly(2026, 2, 1), ends, null, null, null, Eur(20), null), "input", default);
        return (made[0].Id, made[1].Id, resource.Id);
    });

    private static async Task<(bool IsRetired, DateOnly? Date, string? Reason)> Retired(TestPlant plant, long id)
    {
        var assignment = await plant.ReadAsync(db => db.ResourceAssignments.SingleAsync(a => a.Id == id));
        return (assignment.IsRetired, assignment.RetirementDate, assignment.RetirementReason);
    }
}
