using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Assets;

public sealed class AssetTests
{
    private static readonly Instant s_now = new TestClock().Now;
    private static readonly Reason s_reason = Reason.Of("Bearing is worn");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("          ")]
    public void A_reason_is_required(string? text) => Assert.Throws<ReasonRequired>(() => Reason.Of(text));

    [Fact]
    public void A_reason_has_ten_characters_or_more_without_the_blanks_around_it()
    {
        var error = Assert.Throws<ReasonTooShort>(() => Reason.Of("  too short  "));
        Assert.Equal((10, 9, "reason"), (error.Minimum, error.Length, error.Field));
        Assert.Equal("ten chars.", Reason.Of(" ten chars. ").Text);
        Assert.Throws<InvalidValue>(() => Reason.Of(new string('x', 2001)));
    }

    [Fact]
    public void A_status_changes_to_another_one_only()
    {
        var asset = new Asset("Loom", s_now);
        Assert.Equal(AssetStatus.Operational, Assert.Throws<StatusUnchanged>(() => asset.ChangeStatus(AssetStatus.Operational, s_reason, Actor.System, s_now)).Status);
        Assert.Empty(asset.StatusHistory);
    }

    [Fact]
    public void Production_needs_an_operational_machine()
    {
        var asset = new Asset("Loom", s_now);
        asset.RequireOperational();
        asset.ChangeStatus(AssetStatus.Maintenance, s_reason, Actor.System, s_now);
        Assert.Equal(AssetStatus.Maintenance, Assert.Throws<AssetNotOperational>(() => asset.RequireOperational()).Status);
    }

    [Fact]
    public void The_last_day_of_a_warranty_is_covered_and_announced_thirty_days_ahead()
    {
        var asset = new Asset("Loom", s_now) { WarrantyExpirationDate = new DateOnly(2026, 8, 24) };
        Assert.True(asset.IsUnderWarranty(new DateOnly(2026, 8, 24)));
        Assert.False(asset.IsUnderWarranty(new DateOnly(2026, 8, 25)));
        Assert.Equal(new DateOnly(2026, 7, 25), asset.WarrantyNoticeDate());
        Assert.Null(new Asset("Loom", s_now).WarrantyNoticeDate());
        Assert.False(new Asset("Loom", s_now).IsUnderWarranty(new DateOnly(2026, 1, 1)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_status_change_is_on_record_with_who_when_and_why(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await Add(plant, "TEL-01");
        var created = plant.Now;
        plant.Clock.Advance(TimeSpan.FromHours(1));
        await plant.WriteAsync(async db =>
        {
            var asset = await db.Find<Asset>(id, default);
            asset.ChangeStatus(AssetStatus.Maintenance, s_reason, db.Actor, db.Now, new StatusChangeDetails(MaintenanceKind.Corrective, "Noise", ExpectedReturnAt: db.Now + TimeSpan.FromDays(1)));
        }, Actor.User(7));

        await using var db = plant.Read();
        var asset = await db.Assets.Include(a => a.StatusHistory).SingleAsync(a => a.Id == id);
        var change = Assert.Single(asset.StatusHistory);
        Assert.Equal((AssetStatus.Maintenance, plant.Now), (asset.Status, asset.StatusChangedAt));
        Assert.True(asset.StatusChangedAt > created);
        Assert.Equal((AssetStatus.Operational, AssetStatus.Maintenance, "Bearing is worn", Actor.User(7), plant.Now), (change.From, change.To, change.Reason, change.ChangedBy, change.ChangedAt));
        Assert.Equal((MaintenanceKind.Corrective, "Noise"), (change.MaintenanceKind, change.FailureDescription));
        var recorded = await db.Events.OrderBy(e => e.Position).LastAsync(e => e.SubjectType == "Asset");
        Assert.Equal(("AssetStatusChanged", "Bearing is worn"), (recorded.Type, recorded.Reason));
        Assert.Contains("\"status\":[\"OPERATIONAL\",\"MAINTENANCE\"]", recorded.Changes, StringComparison.Ordinal);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Links_are_replaced_and_only_assignable_people_are_added(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await Add(plant, "TEL-01");
        var (ann, bob, idle) = await plant.WriteAsync(async db =>
        {
            User[] users = [Worker("Ann"), Worker("Bob"), new("Idle", "Ivy", "idle@acme.com")];
            db.AddRange(users);
            await db.SaveChangesAsync();
            return (users[0].Id, users[1].Id, users[2].Id);
        });

        await Set(ann, bob);
        await Set(bob);
        await plant.WriteAsync(async db => (await db.Find<User>(bob, default)).Deactivate(otherOwners: 0));
        await Set(bob); // who is there already stays
        var error = await Assert.ThrowsAsync<InvalidValue>(() => Set(bob, idle));
        Assert.Contains("Idle Ivy", error.Message, StringComparison.Ordinal);
        Assert.Equal("technicianIds[1]", (await Assert.ThrowsAsync<NotFound>(() => Set(bob, 999))).Field);

        var technicians = await plant.ReadAsync(db => db.Assets.Where(a => a.Id == id).SelectMany(a => a.Technicians).Select(t => t.Name).ToListAsync());
        Assert.Equal(["Bob"], technicians);

        Task Set(params long[] technicianIds) => plant.WriteAsync(async db => await db.SetTechnicians(await db.Find<Asset>(id, default), technicianIds, default));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_asset_keeps_its_types_parts_and_vendors(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await Add(plant, "TEL-01");
        await plant.WriteAsync(async db =>
        {
            var (type, part, vendor) = (new AssetType("HVAC"), new Part("Filter"), new Vendor("Filters Inc."));
            db.AddRange(type, part, vendor);
            await db.SaveChangesAsync();
            var asset = await db.Find<Asset>(id, default);
            await db.SetAssetTypes(asset, [type.Id], default);
            await db.SetParts(asset, [part.Id], default);
            await db.SetVendors(asset, [vendor.Id], default);
        });

        await using var db = plant.Read();
        var asset = await db.Assets.Include(a => a.AssetTypes).Include(a => a.Parts).Include(a => a.Vendors).SingleAsync();
        Assert.Equal(("HVAC", "Filter", "Filters Inc."), (asset.AssetTypes.Single().Name, asset.Parts.Single().Name, asset.Vendors.Single().Name));
        Assert.Equal(id, (await db.Parts.Include(p => p.Assets).SingleAsync()).Assets.Single().Id);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_code_is_one_assets_on_the_site_and_many_have_none(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await Add(plant, "TEL-01");
        await Add(plant, null);
        await Add(plant, null);
        Assert.Equal("TEL-01", (await Assert.ThrowsAsync<Duplicate>(() => Add(plant, "TEL-01"))).Value);
        await plant.Database.WriteAsync(plant.Neighbour, db => Task.FromResult(db.Add(new Asset("Loom", db.Now) { Code = "TEL-01" })));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_qr_code_is_one_things_of_its_site_and_tells_no_other_site_that_it_is_taken(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.WriteAsync(db => Task.FromResult(db.Add(new Location("Hall") { QrCode = "QR-1" })));

        await Assert.ThrowsAsync<Duplicate>(() => plant.WriteAsync(db => QrCodes.RequireFree(db, "QR-1", new Asset("Loom", db.Now), default)));
        await Assert.ThrowsAsync<Duplicate>(() => plant.WriteAsync(db => QrCodes.RequireFree(db, "QR-1", new Part("Filter"), default)));
        await Assert.ThrowsAsync<Duplicate>(() => plant.WriteAsync(db => Task.FromResult(db.Add(new Location("Other") { QrCode = "QR-1" }))));
        await plant.WriteAsync(async db => await QrCodes.RequireFree(db, "QR-1", await db.Locations.SingleAsync(), default));
        await plant.WriteAsync(db => QrCodes.RequireFree(db, QrCodes.Generate(), new Part("Filter"), default));

        await plant.Database.WriteAsync(plant.Neighbour, db => QrCodes.RequireFree(db, "QR-1", new Part("Filter"), default));
        await plant.Database.WriteAsync(plant.Neighbour, db => Task.FromResult(db.Add(new Location("Other") { QrCode = "QR-1" })));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_archived_location_takes_no_new_asset(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.WriteAsync(async db =>
        {
            var (hall, stays, comes) = (new Location("Hall"), new Asset("Stays", db.Now), new Asset("Comes", db.Now));
            db.AddRange(hall, stays, comes);
            await db.SaveChangesAsync();
            stays.StandAt(hall);
            await db.Archive(hall, ChildrenOnArchive.Refuse, default);
            stays.StandAt(hall);
            Assert.Equal("locationId", Assert.Throws<InvalidValue>(() => comes.StandAt(hall)).Field);
        });
        Assert.Equal(["Stays"], await plant.ReadAsync(db => db.Locations.SelectMany(l => l.Assets).Select(a => a.Name).ToListAsync()));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_asset_is_impacted_by_what_stands_still_above_it_without_changing_itself(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var ids = await plant.WriteAsync(async db =>
        {
            var line = new Asset("Line", db.Now);
            db.Add(line);
            await db.SaveChangesAsync();
            var press = new Asset("Press", db.Now, line);
            db.Add(press);
            await db.SaveChangesAsync();
            var pump = new Asset("Pump", db.Now, press);
            var lone = new Asset("Lone", db.Now);
            db.AddRange(pump, lone);
            line.ChangeStatus(AssetStatus.OutOfService, s_reason, db.Actor, db.Now);
            press.ChangeStatus(AssetStatus.Maintenance, s_reason, db.Actor, db.Now);
            await db.SaveChangesAsync();
            return new[] { line.Id, press.Id, pump.Id, lone.Id };
        });

        var impacts = await plant.ReadAsync(db => db.ImpactedBy(ids, default));
        Assert.Equal(["Press", "Line", "Press, Line", ""], ids.Select(id => string.Join(", ", impacts[id].Select(a => a.Name))));
        Assert.True((await plant.ReadAsync(db => db.Assets.SingleAsync(a => a.Name == "Pump"))).IsOperational);
        Assert.Equal(ids[..3], await plant.ReadAsync(db => db.WithDescendants<Asset>(ids[0], default)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_type_that_assets_have_cannot_be_removed(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await Add(plant, "TEL-01");
        var type = await plant.WriteAsync(async db =>
        {
            var type = new AssetType("HVAC");
            db.Add(type);
            await db.SaveChangesAsync();
            await db.SetAssetTypes(await db.Find<Asset>(id, default), [type.Id], default);
            return type.Id;
        });
        Assert.Equal(1, (await Assert.ThrowsAsync<InUse>(Remove)).Uses);
        await plant.WriteAsync(async db => await db.SetAssetTypes(await db.Find<Asset>(id, default), [], default));
        await Remove();
        Assert.Equal(0, await plant.ReadAsync(db => db.AssetTypes.CountAsync()));

        Task Remove() => plant.WriteAsync(async db => await db.RemoveUnused(await db.Find<AssetType>(type, default), default));
    }

    private static User Worker(string name) => new(name, "Worker", $"{name}@acme.com") { CanBeAssignedToWorkOrders = true };

    private static Task<long> Add(TestPlant plant, string? code) => plant.WriteAsync(async db =>
    {
        var asset = new Asset("Loom", db.Now) { Code = code };
        db.Add(asset);
        await db.SaveChangesAsync();
        return asset.Id;
    });
}
