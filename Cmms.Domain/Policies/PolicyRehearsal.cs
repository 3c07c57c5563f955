using Cmms.Domain.Assets;
using Cmms.Domain.Events;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Policies;

/// <summary>
/// Lets every policy that watches events decide about a plant that is there for that alone, so that a process that has just begun has its code
/// and statements ready. Nothing of it stays.
/// </summary>
public sealed class PolicyRehearsal(DatabaseOptions database, CmmsDbFactory factory, TimeProvider clock)
{
    /// <summary>How many of each: what runs often is compiled better.</summary>
    private const int Scenes = 3;

    /// <summary>On SQLite in a database in memory, since it takes the one write lock; on PostgreSQL in a transaction that is rolled back.</summary>
    public async Task PlayAsync(CancellationToken cancel)
    {
        if (database.Provider is not DatabaseProvider.Sqlite)
        {
            await PlayAsync(factory, cancel);
            return;
        }
        DatabaseOptions memory = new() { ConnectionString = $"Data Source=rehearsal-{Guid.NewGuid():N};Mode=Memory;Cache=Shared" };
        await using SqliteConnection keep = new(memory.ConnectionString);
        await keep.OpenAsync(cancel);
        await MigrationRunner.MigrateAsync(memory, cancel);
        await using CmmsDbFactory stage = new(memory);
        await PlayAsync(stage, cancel);
    }

    private async Task PlayAsync(CmmsDbFactory stage, CancellationToken cancel)
    {
        await using var transaction = await stage.BeginAsync(Scope.System, new Change(Actor.System, clock.Now), cancel);
        await SetAsync(transaction, cancel);
        var (db, site) = (transaction.Db, transaction.Db.Scope);
        for (var scene = 1; scene <= Scenes; scene++)
        {
            var (assetId, partId) = await FillAsync(db, scene, cancel);
            foreach (var policy in PolicyCatalog.All.Where(p => p.Watches is not null))
            {
                // Writes the events as a commit does.
                await transaction.TurnAsync(site, new Change(Actor.Policy(policy.Key), clock.Now), cancel);
                var decisions = await PolicyRunner.RehearseWithin(db, policy, [policy.Watches == nameof(Asset) ? assetId : partId], cancel);
                if (decisions != 1) throw new InvalidOperationException($"The rehearsal knows nothing for {policy.Key} to decide.");
            }
        }
        await transaction.TurnAsync(site, transaction.Change, cancel);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        await EventTail.ReadAsync(db, site.CustomerId!.Value, 0, cancel);
    }

    /// <summary>A site with somebody who is told, in its scope.</summary>
    private static async Task SetAsync(WriteTransaction transaction, CancellationToken cancel)
    {
        var db = transaction.Db;
        Customer customer = new("Rehearsal", $"rehearsal-{Guid.NewGuid():N}");
        db.Customers.Add(customer);
        await transaction.NarrowAsync(Scope.System, cancel);
        await transaction.NarrowAsync(Scope.Customer(customer.Id), cancel);
        User user = new("Rehearsal", "Rehearsal", $"{customer.Slug}@example.invalid");
        db.Users.Add(user);
        await transaction.OpenSite(new Site("Rehearsal", "REHEARSAL", "Etc/UTC", "USD"), user, cancel);
    }

    /// <summary>A part that has become low and dear, and a warranty that expires.</summary>
    private static async Task<(long AssetId, long PartId)> FillAsync(CmmsDb db, int number, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(db.Now.ToDateTimeOffset().UtcDateTime);
        Asset asset = new($"Asset {number}", db.Now) { WarrantyExpirationDate = today };
        Vendor vendor = new($"Vendor {number}");
        Part part = new($"Part {number}", unitCost: Money.Cost(1));
        part.SetLevels(Quantity.Of(5), Quantity.Of(8));
        db.AddRange(asset, vendor, part);
        await db.SaveChangesAsync(cancel);
        await db.SetVendorParts(part, [new VendorOffer(vendor.Id, IsPreferred: true)], cancel);
        await db.Stock.Initial(part, Quantity.Of(3), null, cancel);
        await db.Stock.Restock(part.Id, Quantity.Of(1), Money.Cost(2), null, null, cancel);
        await db.SaveChangesAsync(cancel);
        return (asset.Id, part.Id);
    }
}
