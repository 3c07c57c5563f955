using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Events;

public sealed class EventLogTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task A_change_is_on_record_with_who_when_why_and_what_it_was_before(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using (var transaction = await plant.Database.Factory.BeginAsync(plant.Scope, new Change(Actor.User(7), plant.Now, "request-1", CausePosition: 2, KeyId: 5)))
        {
            var site = await transaction.Db.Find<Site>(plant.SiteId, default);
            transaction.Db.Entry(site).Property(s => s.Name).CurrentValue = "Norte «Ñ»";
            await transaction.CommitAsync();
        }

        await using var db = plant.Read();
        var last = await db.Events.OrderByDescending(e => e.Position).FirstAsync();
        Assert.Equal(("SiteChanged", "Site", plant.SiteId, plant.SiteId), (last.Type, last.SubjectType, last.SubjectId, last.SiteId));
        Assert.Equal((Actor.User(7), 5, plant.Now, "request-1", 2), (last.Actor, last.ByKey, last.At, last.RequestId, last.CausePosition));
        Assert.Equal("""{"name":["Acme North","Norte «Ñ»"]}""", last.Changes);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_changed_by_SQL_is_recorded_by_hand_in_the_same_transaction(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.WriteAsync(db =>
        {
            db.Record("StockLevel", 5, "PartIssued", [new("onHand", Quantity.Of(5), Quantity.Of(3.5m))], "Used on WO-1");
            return Task.CompletedTask;
        });

        await using var db = plant.Read();
        var last = await db.Events.OrderByDescending(e => e.Position).FirstAsync();
        Assert.Equal(("PartIssued", 5, plant.SiteId, "Used on WO-1"), (last.Type, last.SubjectId, last.SiteId, last.Reason));
        Assert.Equal("""{"onHand":[5,3.5]}""", last.Changes);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_site_sees_its_own_events_and_its_customers_but_no_neighbours(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var other = await TestPlant.AddCustomerAsync(plant.Database, "Other");
        await plant.WriteAsync(Record("Mine"));
        await plant.Database.WriteAsync(plant.Neighbour, Record("Neighbours"));
        await plant.Database.WriteAsync(Scope.Site(other.CustomerId, other.SiteId), Record("Others"));

        Assert.Equal(["CustomerCreated", "Mine", "SiteCreated"], await TypesAsync(plant.Scope.Knowing([plant.SiteId]))); // its own making, not its neighbour's
        Assert.Equal(["CustomerCreated", "Mine", "SiteCreated", "SiteCreated"], await TypesAsync(plant.Scope)); // for who may know of all sites
        Assert.Equal(["CustomerCreated"], await TypesAsync(Scope.Customer(plant.CustomerId).Knowing([])));
        Assert.Equal(9, (await TypesAsync(Scope.System)).Length);

        static Func<CmmsDb, Task> Record(string type) => db =>
        {
            db.Record("Asset", 1, type, []);
            return Task.CompletedTask;
        };
        Task<string[]> TypesAsync(Scope scope) => plant.Database.ReadAsync(scope, db => db.Events.Select(e => e.Type).OrderBy(type => type).ToArrayAsync());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_log_cannot_be_rewritten_through_the_context(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await using var transaction = await plant.BeginAsync();
        var first = await transaction.Db.Events.OrderBy(e => e.Position).FirstAsync();
        transaction.Db.Entry(first).Property(e => e.Type).CurrentValue = "Nothing";
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());
    }

    [Fact]
    public void Values_stand_in_the_log_as_clients_know_them()
    {
        var json = ChangesJson.Of(
        [
            new("status", null, DatabaseProvider.PostgreSql), new("at", null, Instant.FromMicroseconds(1_500_000)), new("cost", Money.Zero, Money.Cost(1.5m)),
            new("day", null, new DateOnly(2026, 3, 2)), new("time", null, new TimeOnly(8, 30)), new("duration", null, TimeSpan.FromMinutes(90)),
            new("by", null, Actor.User(3)), new("tags", new[] { "a" }, new List<string> { "a", "b" }), new("flag", false, true),
        ]);
        Assert.Equal("""
            {"status":[null,"POSTGRE_SQL"],"at":[null,"1970-01-01T00:00:01.5Z"],"cost":[0,1.5],"day":[null,"2026-03-02"],"time":[null,"08:30:00"],"duration":[null,"PT1H30M"],"by":[null,"user:3"],"tags":[["a"],["a","b"]],"flag":[false,true]}
            """, json);
    }
}
