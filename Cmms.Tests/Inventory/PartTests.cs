using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Inventory.Shelf;

namespace Cmms.Tests.Inventory;

public sealed class PartTests
{
    [Fact]
    public void What_is_desired_is_not_below_the_minimum_and_neither_is_negative()
    {
        var part = new Part("Air Filter");
        Assert.Equal("desired", Assert.Throws<InvalidValue>(() => part.SetLevels(Q(5), Q(4))).Field);
        Assert.Throws<InvalidValue>(() => part.SetLevels(Q(-1), null));
        Assert.Throws<InvalidValue>(() => part.LeadTime = -1);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_number_is_one_parts_on_the_site(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await Add("FL_A");
        await Add(null);
        await Add(null);
        Assert.Equal("FL_A", (await Assert.ThrowsAsync<Duplicate>(() => Add("FL_A"))).Value);

        Task Add(string? number) => plant.WriteAsync(db => Task.FromResult(db.Add(new Part("Air Filter") { Number = number })));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Vendors_are_replaced_and_at_most_one_is_preferred(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.AddPart("Air Filter");
        var (a, b) = await plant.WriteAsync(async db =>
        {
            var (a, b) = (new Vendor("A"), new Vendor("B"));
            db.AddRange(b, a);
            await db.SaveChangesAsync();
            return (a.Id, b.Id);
        });

        await Set(new VendorOffer(a, "A-1", IsPreferred: true), new VendorOffer(b));
        await Set(new VendorOffer(a, "A-2"), new VendorOffer(b, IsPreferred: true));
        await Set(new VendorOffer(a, "A-2", IsPreferred: true), new VendorOffer(b));
        Assert.Equal([(a, "A-2", true), (b, null, false)], await Sold());
        await Set(new VendorOffer(b, "B-1", IsPreferred: true));
        Assert.Equal([(b, "B-1", true)], await Sold());

        await Assert.ThrowsAsync<InvalidValue>(() => Set(new VendorOffer(a, IsPreferred: true), new VendorOffer(b, IsPreferred: true)));
        await Assert.ThrowsAsync<InvalidValue>(() => Set(new VendorOffer(a), new VendorOffer(a)));
        await Assert.ThrowsAsync<NotFound>(() => Set(new VendorOffer(999)));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(async () =>
        {
            await Set(new VendorOffer(a, IsPreferred: true), new VendorOffer(b));
            await plant.Database.ExecuteAsync("UPDATE vendor_part SET is_preferred = NOT is_preferred WHERE NOT is_preferred");
        });

        Task Set(params VendorOffer[] offers) => plant.WriteAsync(async db => await db.SetVendorParts(await db.Find<Part>(id, default), offers, default));

        Task<List<(long, string?, bool)>> Sold() => plant.ReadAsync(async db => (await db.VendorParts.Where(v => v.PartId == id).OrderByDescending(v => v.VendorId)
            .ToListAsync()).ConvertAll(v => (v.VendorId, v.VendorPartNumber, v.IsPreferred)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_vendor_has_one_primary_contact_as_long_as_it_has_any(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (ann, bob) = await plant.WriteAsync(async db =>
        {
            var vendor = new Vendor("Filters Inc.");
            db.Add(vendor);
            await db.SaveChangesAsync();
            var ann = await db.AddContact(vendor, "Ann", isPrimary: false, default);
            await db.SaveChangesAsync();
            var bob = await db.AddContact(vendor, "Bob", isPrimary: true, default);
            await db.SaveChangesAsync();
            return (ann.Id, bob.Id);
        });
        Assert.Equal("Bob", await Primary());
        await plant.WriteAsync(async db => await db.MakePrimary(await db.Find<VendorContact>(ann, default), default));
        Assert.Equal("Ann", await Primary());
        await plant.WriteAsync(async db => await db.RemoveContact(await db.Find<VendorContact>(ann, default), default));
        Assert.Equal("Bob", await Primary());
        await plant.WriteAsync(async db => await db.RemoveContact(await db.Find<VendorContact>(bob, default), default));
        Assert.Equal(0, await plant.ReadAsync(db => db.VendorContacts.CountAsync()));

        Task<string> Primary() => plant.ReadAsync(db => db.VendorContacts.Where(c => c.IsPrimary).Select(c => c.Name).SingleAsync());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_storeroom_that_the_ledger_names_stays(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (used, unused) = (await plant.AddStoreroom("Annex"), await plant.AddStoreroom("Attic"));
        var id = await plant.AddPart("Air Filter");
        await plant.Move(stock => stock.Restock(id, Q(1), Eur(1), null, used, default));
        Assert.Equal(1, (await Assert.ThrowsAsync<InUse>(() => Remove(used))).Uses);
        await Remove(unused);
        Assert.Equal([used], await plant.ReadAsync(db => db.Storerooms.Select(s => s.Id).ToListAsync()));

        Task Remove(long storeroom) => plant.WriteAsync(async db => await db.RemoveUnused(await db.Find<Storeroom>(storeroom, default), default));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_part_type_and_a_unit_that_parts_have_stay(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.WriteAsync(async db =>
        {
            var (type, unit) = (new PartType("Filters"), new MeasurementUnit("Item", "itm"));
            var part = new Part("Air Filter") { PartType = type, MeasurementUnit = unit };
            db.Add(part);
            await db.SaveChangesAsync();
            await Assert.ThrowsAsync<InUse>(() => db.RemoveUnused(type, default));
            await Assert.ThrowsAsync<InUse>(() => db.RemoveUnused(unit, default));
            (part.PartType, part.MeasurementUnit) = (null, null);
            await db.SaveChangesAsync();
            await db.RemoveUnused(type, default);
            await db.RemoveUnused(unit, default);
        });
        Assert.Equal(0, await plant.ReadAsync(db => db.PartTypes.CountAsync()));
        Assert.Equal("Name", (await Assert.ThrowsAsync<Duplicate>(() => plant.WriteAsync(db =>
        {
            db.AddRange(new Storeroom("Almacén"), new Storeroom("ALMACEN"));
            return Task.CompletedTask;
        }))).Field);
    }
}
