using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Demo;

/// <summary>What the generator knows of a site while it builds it: ids by the names that it goes by.</summary>
internal sealed class DemoSite(SitePlan plan, DemoPeople people, ulong seed)
{
    public SitePlan Plan => plan;
    public DemoPeople People => people;
    public Dice Dice { get; } = new(seed);
    public Scope Scope { get; } = Scope.Site(people.CustomerId, people.Sites[plan.Code]);
    public SiteZone Zone { get; } = SiteZone.Of(plan.Zone);
    public bool IsPlant => plan.Code == DemoCatalog.Plant.Code;
    public List<(long Id, Trade Trade)> Machines { get; } = [];
    public Dictionary<string, long> AssetsByCode { get; } = [];
    public List<(long Id, Trade Trade)> Parts { get; } = [];

    /// <summary>What the orders of a schedule need.</summary>
    public Dictionary<long, (long PartId, int Quantity)> RoundParts { get; } = [];
    public long AirFilter { get; set; }
    public long Summit { get; set; }

    /// <summary>Statuses, working hours, locations and assets.</summary>
    public async Task Build(CmmsDb db, Instant now, CancellationToken cancel)
    {
        db.AddRange(WorkOrderStatus.Defaults());
        db.Add(new WorkOrderStatus("Waiting for parts", WorkOrderPhase.OnHold));
        for (var weekday = 1; weekday <= 6; weekday++) db.Add(new WorkingHours(weekday, new TimeOnly(6, 0), new TimeOnly(22, 0)));
        var places = await AddPlaces(db, cancel);
        await AddAssets(db, places, now, cancel);
    }

    private async Task<Dictionary<string, Location>> AddPlaces(CmmsDb db, CancellationToken cancel)
    {
        Dictionary<string, Location> places = [];
        foreach (var level in plan.Places.GroupBy(path => path.Count(c => c == '>')).OrderBy(level => level.Key))
        {
            foreach (var path in level)
            {
                var cut = path.LastIndexOf(" > ", StringComparison.Ordinal);
                Location place = new(cut < 0 ? path : path[(cut + 3)..], cut < 0 ? null : places[path[..cut]]) { Code = $"{plan.Code[..1]}-{places.Count + 1:D2}" };
                places.Add(path, place);
                db.Add(place);
            }
            await db.SaveChangesAsync(cancel);
        }
        return places;
    }

    private async Task AddAssets(CmmsDb db, Dictionary<string, Location> places, Instant now, CancellationToken cancel)
    {
        var types = plan.Machines.Select(m => m.Type).Distinct().ToDictionary(name => name, name => new AssetType(name));
        db.AddRange(types.Values);
        var processes = IsPlant ? db.AddProcesses() : [];
        var technicians = await db.Users.Where(u => people.Technicians.Contains(u.Id)).OrderBy(u => u.Id).ToListAsync(cancel);
        List<(Asset Asset, Trade Trade)> made = [];
        foreach (var kind in plan.Machines.OrderBy(m => m.Code == "MTR"))
        {
            for (var n = 1; n <= kind.Count; n++)
            {
                // A drive motor is a part of its loom; the looms come first and have their ids by then.
                var parent = kind.Code == "MTR" ? made.First(m => m.Asset.Code == $"TEL-{n:D2}").Asset : null;
                if (parent is { Id: 0 }) await db.SaveChangesAsync(cancel);
                made.Add((Machine(kind, n, parent, now), kind.Trade));
                var asset = made[^1].Asset;
                asset.StandAt(places[kind.Place]);
                asset.RunIn(processes.Of(kind.Code));
                asset.Classify([types[kind.Type]]);
                asset.Assign([Dice.Pick(technicians)]);
                db.Add(asset);
            }
        }
        if (IsPlant) made.AddRange(await AddPurifier(db, places["Building A > Main Conference Room"], types["HVAC"], technicians[0], now, cancel));
        await db.SaveChangesAsync(cancel);
        foreach (var (asset, trade) in made)
        {
            Machines.Add((asset.Id, trade));
            AssetsByCode.Add(asset.Code!, asset.Id);
        }
    }

    private Asset Machine(MachineKind kind, int number, Asset? parent, Instant now)
    {
        var bought = Zone.Today(now).AddDays(-Dice.Between(100, 3000));
        return new Asset(kind.Name + (kind.Count == 1 || (number == 1 && kind.Code is "FRZ" or "BS") ? "" : $" {number}"), now, parent)
        {
            Code = kind.Code == "BS" ? $"BS-{number:D3}" : $"{kind.Code}-{number:D2}",
            Model = kind.Model,
            Manufacturer = kind.Maker,
            SerialNumber = $"{kind.Maker[..2].ToUpperInvariant()}{Dice.Between(100_000, 999_999)}",
            PurchaseDate = bought,
            WarrantyExpirationDate = bought.AddYears(Dice.Between(2, 5)),
            LifeExpectancyMonths = 12 * Dice.Between(6, 15),
            PurchaseCost = Money.Cost(kind.Cost),
            ReplacementCost = Money.Cost(decimal.Round(kind.Cost * 1.15m, 2)),
            TheoreticalCapacity = kind.Capacity > 0 ? Quantity.Of(kind.Capacity) : null,
            CapacityUnit = kind.Unit,
        };
    }

    private static async Task<IReadOnlyList<(Asset, Trade)>> AddPurifier(CmmsDb db, Location room, AssetType hvac, User technician, Instant now, CancellationToken cancel)
    {
        Asset conditioner = new("Air Conditioner", now) { Code = "AHU-BLD1-01", Manufacturer = "Nordwind", Model = "VRF 8" };
        conditioner.StandAt(room);
        conditioner.Classify([hvac]);
        db.Add(conditioner);
        await db.SaveChangesAsync(cancel);
        Asset purifier = new("Air Purifier", now, conditioner)
        {
            Code = "AST-001",
            Description = "Machine used to purify the air in a shop by removing particles, allergens, and contaminants",
            Model = "Dyson Pure Cool Link Tower",
            Manufacturer = "Dyson",
            SerialNumber = "H8tG5nWp",
            PurchaseDate = new DateOnly(2023, 8, 24),
            WarrantyExpirationDate = new DateOnly(2026, 8, 24),
            LifeExpectancyMonths = 36,
            PurchaseCost = Money.Cost(549.99m),
            ReplacementCost = Money.Cost(599.99m),
            SalvageValue = Money.Cost(150m),
            QrCode = "guVT5ngMeZ9xPBIk8db4dCGXVU",
        };
        purifier.StandAt(room);
        purifier.Classify([hvac]);
        purifier.Assign([technician]);
        db.Add(purifier);
        return [(conditioner, Trade.Air), (purifier, Trade.Air)];
    }
}
