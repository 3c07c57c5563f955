using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Domain.Planning;
using Cmms.Domain.Policies;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cmms.Tests.Policies;

/// <summary>Short words for what the policy tests do again and again.</summary>
internal static class PolicyDesk
{
    public const string LowStock = "low-stock-reorder", WarrantyExpiry = "warranty-expiry", Pm = "pm-generation", ReleaseCascade = "resource-release-cascade", UnattendedOutage = "unattended-outage";

    public static PolicyRunner Runner(this TestPlant plant) => new(plant.Database.Factory, plant.Clock, NullLogger<PolicyRunner>.Instance);

    /// <summary>One sweep; answers how many decisions it carried out.</summary>
    public static Task<int> Sweep(this TestPlant plant, string key) => plant.Runner().Run(PolicyCatalog.Find(key), plant.Scope, PolicyTrigger.Sweep, null, default);

    public static Task<PolicyEvaluation> Preview(this TestPlant plant, string key, Instant? asOf = null) =>
        plant.ReadAsync(db => PolicyRunner.Evaluate(db, PolicyCatalog.Find(key), asOf ?? plant.Now, null, default));

    /// <summary>Applies a decision as it was made, however old it is; answers whether its reason still stood.</summary>
    public static async Task<bool> Apply(this TestPlant plant, PolicyEvaluation made, Decision decision)
    {
        await using var transaction = await plant.BeginAsync(Actor.Policy(made.Policy.Key));
        var applied = await made.Policy.Apply(transaction.Db, decision, made.Moment, default);
        await transaction.CommitAsync();
        return applied;
    }

    /// <summary>Preview, and that nothing at all was written by it.</summary>
    public static async Task<PolicyEvaluation> PreviewAlone(this TestPlant plant, string key, Instant? asOf = null)
    {
        var before = await plant.LastPosition();
        var preview = await plant.Preview(key, asOf);
        Xunit.Assert.Equal(before, await plant.LastPosition());
        Xunit.Assert.Empty(await plant.Firings(key));
        return preview;
    }

    public static Task<long> LastPosition(this TestPlant plant) =>
        plant.ReadAsync(db => db.Events.Where(e => e.CustomerId == plant.CustomerId).MaxAsync(e => e.Position));

    public static Task<List<PolicyFiring>> Firings(this TestPlant plant, string key) =>
        plant.ReadAsync(db => db.PolicyFirings.Where(f => f.Key == key).OrderBy(f => f.Id).ToListAsync());

    public static Task<List<Notification>> Notifications(this TestPlant plant) => plant.ReadAsync(db => db.Notifications.OrderBy(n => n.Id).ToListAsync());

    public static Task<long> AddUser(this TestPlant plant, string name, Role role) => plant.WriteAsync(async db =>
    {
        var user = new User(name, "Test", $"{name}@acme.example") { CanBeAssignedToWorkOrders = true };
        db.Add(user);
        db.Add(new UserRole(user, await db.Find<Site>(plant.SiteId, default), role));
        await db.SaveChangesAsync();
        return user.Id;
    });

    /// <summary>The statuses that orders need.</summary>
    public static Task AddStatuses(this TestPlant plant) => plant.WriteAsync(async db =>
    {
        if (!await db.WorkOrderStatuses.AnyAsync()) db.AddRange(WorkOrderStatus.Defaults());
    });

    public static Task<long> AddAsset(this TestPlant plant, string name, DateOnly? warrantyUntil = null, int noticeDays = 30) => plant.WriteAsync(async db =>
    {
        var asset = new Asset(name, db.Now) { WarrantyExpirationDate = warrantyUntil, WarrantyNoticeDays = noticeDays };
        db.Add(asset);
        await db.SaveChangesAsync();
        return asset.Id;
    });

    public static Task ChangeStatus(this TestPlant plant, long assetId, AssetStatus to) => plant.WriteAsync(async db =>
        await db.ChangeStatus(await db.Find<Asset>(assetId, default), to, Reason.Of("Checked on the round this morning"), db.Actor, db.Now, null, null, default));

    public static Task<long> AddSchedule(
        this TestPlant plant, string code, PmKind kind, CatchUp catchUp, Recurrence recurrence, IReadOnlyCollection<long>? assetIds = null, long? technicianId = null) =>
        plant.WriteAsync(async db =>
        {
            var schedule = new PmSchedule(code, "Change the filter", kind, recurrence) { CatchUp = catchUp };
            db.Add(schedule);
            await db.SaveChangesAsync();
            await db.SetAssets(schedule, assetIds ?? [], default);
            await db.SetTechnicians(schedule, technicianId is { } id ? [id] : [], default);
            await db.Replan(schedule, default);
            return schedule.Id;
        });

    public static Task<PmSchedule> Schedule(this TestPlant plant, long id) => plant.ReadAsync(db => db.PmSchedules.SingleAsync(s => s.Id == id));

    /// <summary>Each date of a schedule that was dealt with, and how.</summary>
    public static Task<List<(DateOnly Date, OccurrenceOutcome Outcome)>> Dates(this TestPlant plant, long scheduleId) => plant.ReadAsync(async db =>
        (await db.DatedOccurrences.Where(o => o.PmScheduleId == scheduleId).OrderBy(o => o.ScheduledFor).ThenBy(o => o.AssetId)
            .Select(o => new { o.ScheduledFor, o.Outcome }).ToListAsync()).ConvertAll(o => (o.ScheduledFor, o.Outcome)));

    public static Task<List<WorkOrder>> Orders(this TestPlant plant) => plant.ReadAsync(db => db.WorkOrders.Include(o => o.Assets).OrderBy(o => o.Id).ToListAsync());

    public static Task<List<PurchaseRequest>> Purchases(this TestPlant plant) => plant.ReadAsync(db => db.PurchaseRequests.Include(r => r.Lines).OrderBy(r => r.Id).ToListAsync());
}
