using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Persistence;

/// <summary>What the vocabulary of the mappings does, shown on entities that use it.</summary>
public sealed class MappingTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task A_graph_of_new_rows_is_saved_at_once_and_all_of_it_has_its_owner(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await AddMotorAsync(plant);

        await using var db = plant.Read();
        var motor = await db.Assets.Include(asset => asset.Location).Include(asset => asset.Parent).Include(asset => asset.Technicians).SingleAsync(asset => asset.Id == id);
        Assert.Equal(("Hall", "Line", "Ana"), (motor.Location!.Name, motor.Parent!.Name, Assert.Single(motor.Technicians).Name));
        foreach (var row in (SiteEntity[])[motor, motor.Location, motor.Parent]) Assert.Equal((plant.CustomerId, plant.SiteId, 1), (row.CustomerId, row.SiteId, row.Version));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_reference_that_is_cleared_leaves_the_owner_alone_and_is_on_record_by_its_name(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await AddMotorAsync(plant);
        await plant.WriteAsync(async db =>
        {
            var motor = await db.Find<Asset>(id, default);
            await db.Entry(motor).Reference(asset => asset.Location).LoadAsync();
            motor.StandAt(null);
        });

        await using var db = plant.Read();
        var saved = await db.Assets.SingleAsync(asset => asset.Id == id);
        var location = await db.Locations.SingleAsync();
        Assert.Equal((null, plant.SiteId, 2), (saved.LocationId, saved.SiteId, saved.Version));
        Assert.Equal($$"""{"location":[{{location.Id}},null]}""", (await LastAsync(db)).Changes);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Links_that_change_are_a_change_of_what_declares_them(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await AddMotorAsync(plant);
        var (ana, luz) = await plant.WriteAsync(async db =>
        {
            var luz = new User("Luz", "Paz", "luz@acme.test") { CanBeAssignedToWorkOrders = true };
            db.Add(luz);
            await db.SaveChangesAsync();
            return ((await db.Users.SingleAsync(user => user.Name == "Ana")).Id, luz.Id);
        });
        await plant.WriteAsync(async db => await db.SetTechnicians(await db.Find<Asset>(id, default), [luz], default));

        await using var db = plant.Read();
        var last = await LastAsync(db);
        Assert.Equal(("AssetChanged", id, $$"""{"technicians":[[{{ana}}],[{{luz}}]]}"""), (last.Type, last.SubjectId, last.Changes));
        Assert.Equal(2, (await db.Assets.SingleAsync(asset => asset.Id == id)).Version);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_name_that_differs_in_marks_and_case_alone_is_a_duplicate(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.WriteAsync(db => Task.FromResult(db.Add(new AssetType("Ñandú"))));
        await plant.Database.WriteAsync(plant.Neighbour, db => Task.FromResult(db.Add(new AssetType("nandu")))); // another site, another name

        var error = await Assert.ThrowsAsync<Duplicate>(() => plant.WriteAsync(db => Task.FromResult(db.Add(new AssetType("NANDU")))));
        Assert.Equal(("Name", "NANDU"), (error.Field, error.Value));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_folded_form_follows_its_text(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.WriteAsync(db => Task.FromResult(db.Add(new AssetType("Bombas"))));
        await plant.WriteAsync(async db =>
        {
            var type = await db.AssetTypes.SingleAsync();
            type.Name = "Grúas";
            type.Description = "Ñ";
        });
        await using var db = plant.Read();
        Assert.True(await db.AssetTypes.AnyAsync(type => EF.Property<string>(type, "NameFolded") == "gruas"));
        Assert.Equal("""{"description":[null,"Ñ"],"name":["Bombas","Grúas"]}""", (await LastAsync(db)).Changes);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_referred_to_cannot_be_removed(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await AddMotorAsync(plant);
        var error = await Assert.ThrowsAsync<InUse>(() => plant.WriteAsync(async db => db.Remove(await db.Locations.SingleAsync())));
        Assert.StartsWith("Location is in use", error.Message, StringComparison.Ordinal);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_an_entity_raises_carries_its_changes_and_history_rows_are_not_logged_twice(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await AddMotorAsync(plant);
        var before = await plant.ReadAsync(db => db.Events.CountAsync());
        await plant.WriteAsync(async db => (await db.Find<Asset>(id, default)).ChangeStatus(AssetStatus.OutOfService, Reason.Of("Bearing is overheating"), db.Actor, db.Now), Actor.User(3));

        await using var db = plant.Read();
        var last = await LastAsync(db);
        Assert.Equal(("AssetStatusChanged", "Bearing is overheating"), (last.Type, last.Reason));
        Assert.Contains("\"status\":[\"OPERATIONAL\",\"OUT_OF_SERVICE\"]", last.Changes, StringComparison.Ordinal);
        Assert.Equal(before + 1, await db.Events.CountAsync());
        Assert.Equal(1, await db.Set<StatusChange>().CountAsync(change => change.AssetId == id));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_secret_is_never_in_the_log_and_its_use_is_no_new_version(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.WriteAsync(db => Task.FromResult(db.Add(ApiKey.Known(new User("Ana", "Paz", "ana@acme.test"), "Key", "cmms_secret_for_this_test"))));
        await plant.WriteAsync(async db =>
        {
            var key = await db.ApiKeys.SingleAsync();
            db.Entry(key).Property(k => k.LastUsedAt).CurrentValue = db.Now;
        });

        await using var db = plant.Read();
        var key = await db.ApiKeys.SingleAsync();
        var log = await db.Events.Where(e => e.SubjectType == "ApiKey").ToListAsync();
        Assert.Equal((plant.Now, 1), (key.LastUsedAt, key.Version));
        Assert.Contains("\"name\":[null,\"Key\"]", Assert.Single(log).Changes, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Hash, log[0].Changes, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", log[0].Changes, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<Event> LastAsync(CmmsDb db) => db.Events.OrderByDescending(e => e.Position).FirstAsync();

    private static Task<long> AddMotorAsync(TestPlant plant) => plant.WriteAsync(async db =>
    {
        var line = new Asset("Line", db.Now);
        db.Add(line);
        await db.SaveChangesAsync();
        var motor = new Asset("Motor", db.Now, line);
        motor.StandAt(new Location("Hall"));
        motor.Assign([new User("Ana", "Paz", "ana@acme.test") { CanBeAssignedToWorkOrders = true }]);
        db.Add(motor);
        await db.SaveChangesAsync();
        return motor.Id;
    });
}
