using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Demo;

/// <summary>Vendors, storerooms and parts, with what lay on the shelves when the history begins.</summary>
internal static class DemoStock
{
    /// <summary>What the story of the demo begins with: taking six leaves four, which is low, and eight are ordered.</summary>
    public static readonly Quantity FiltersOnShelf = Quantity.Of(10), FilterMinimum = Quantity.Of(5), FiltersDesired = Quantity.Of(12);

    private static readonly Dictionary<string, string> s_units = new() { ["Item"] = "itm", ["Litre"] = "l", ["Metre"] = "m" };

    public static async Task AddStock(this CmmsDb db, DemoSite site, Quantity filters, CancellationToken cancel)
    {
        var vendors = AddVendors(db, site);
        Storeroom main = new(DemoCatalog.MainWarehouse, isDefault: true), crib = new(site.IsPlant ? "Tool Crib" : "Pañol");
        var units = s_units.ToDictionary(u => u.Key, u => new MeasurementUnit(u.Key, u.Value));
        var types = DemoCatalog.Parts.Select(p => p.Type).Distinct().ToDictionary(name => name, name => new PartType(name));
        db.AddRange(main, crib);
        db.AddRange(units.Values);
        db.AddRange(types.Values);
        await db.SaveChangesAsync(cancel);
        site.Summit = vendors[0].Id;

        var assets = await db.Assets.OrderBy(a => a.Id).ToDictionaryAsync(a => a.Id, cancel);
        List<(Part Part, Trade Trade, Quantity First)> made = [];
        if (site.IsPlant) made.Add((AirFilter(), Trade.Air, filters));
        foreach (var (i, (kind, n)) in Sizes().Take(site.Plan.Parts - made.Count).Index())
        {
            var nonStock = i % 31 == 30;
            Part part = new($"{kind.Name} {kind.Sizes[n]}", nonStock, Money.Cost(Price(kind, site.Dice)))
            {
                Number = $"{kind.Code}-{n + 1:D2}",
                Area = $"{(char)('A' + (i / 40))}{(i % 40) + 1:D2}",
                LeadTime = site.Dice.Between(2, 30),
                PartType = types[kind.Type],
                MeasurementUnit = units[kind.Unit],
                Storeroom = i % 9 == 8 ? crib : main,
            };
            var minimum = site.Dice.Between(2, 6);
            if (!nonStock) part.SetLevels(Quantity.Of(minimum), Quantity.Of(minimum * 3));
            part.Fit([.. site.Machines.Where(m => m.Trade == kind.Trade).Where(_ => site.Dice.Chance(12)).Take(4).Select(m => assets[m.Id])]);
            Sell(db, part, site.Dice.Pick(vendors), $"{kind.Code}{site.Dice.Between(10_000, 99_999)}");
            db.Add(part);
            made.Add((part, kind.Trade, nonStock ? Quantity.Zero : Quantity.Of(minimum + site.Dice.Between(2, 2 * minimum))));
        }
        await db.SaveChangesAsync(cancel);
        foreach (var (part, trade, _) in made)
        {
            if (part.Number == "FL_A") site.AirFilter = part.Id;
            else if (part.Number != DemoCatalog.DriveBelt) site.Parts.Add((part.Id, trade)); // the story's own parts stay out of the history
        }
        // The first line of each part's ledger looks at all that is tracked: let that be little.
        foreach (var some in made.Where(m => m.First > Quantity.Zero).Select(m => (m.Part.Id, m.First)).Chunk(10).ToList())
        {
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
            foreach (var (id, first) in some) await db.Stock.Initial(await db.Find<Part>(id, cancel), first, null, cancel);
        }

        Part AirFilter()
        {
            Part filter = new("Air Filter", unitCost: Money.Cost(26.15m))
            {
                Number = "FL_A", Description = "Fiberglass panel filter", Area = "Filters bin", LeadTime = 7,
                PartType = types["Filters"], MeasurementUnit = units["Item"], Storeroom = main,
            };
            filter.SetLevels(FilterMinimum, FiltersDesired);
            filter.Fit([assets[site.AssetsByCode["AST-001"]], assets[site.AssetsByCode["AHU-01"]], assets[site.AssetsByCode["AHU-02"]]]);
            Sell(db, filter, vendors[0], "ABC-12345");
            db.Add(filter);
            return filter;
        }
    }

    private static List<Vendor> AddVendors(CmmsDb db, DemoSite site)
    {
        List<Vendor> vendors = [];
        List<Category> categories = [.. (site.IsPlant ? (string[])["Refrigeration", "Electrical", "Mechanical", "Cleaning"] : ["Refrigeración", "Eléctrica", "Mecánica", "Limpieza"]).Select(name => new Category(name))];
        db.AddRange(categories);
        foreach (var (i, name) in site.Plan.Vendors.Index())
        {
            var isSummit = name == DemoCatalog.Summit;
            Vendor vendor = new(name)
            {
                Description = isSummit ? "Commercial HVAC and refrigeration installation, maintenance, and repair services" : null,
                PartsSupplier = true,
                AssignToWorkOrders = i % 3 == 0,
                TaxId = isSummit ? "12-3456789" : $"{site.Dice.Between(10, 99)}-{site.Dice.Between(1_000_000, 9_999_999)}",
                Address = isSummit ? "123 Example St" : null,
                Rating = isSummit ? 5 : site.Dice.Between(2, 5),
                HourlyRate = Money.Cost(isSummit ? 32.5m : site.Dice.Between(28, 70)),
            };
            db.Add(vendor);
            db.Add(isSummit
                ? new VendorContact(vendor, "Robert Smith") { Role = "HVAC Technician", Email = "robert_smith@example.com", Phone = "1-493-480-9163", Extension = "989", IsPrimary = true }
                : new VendorContact(vendor, site.IsPlant ? "Sales desk" : "Oficina comercial") { Role = "Sales", Email = $"sales{i}@vendor.example", IsPrimary = true });
            vendor.BeFor(isSummit ? [categories[0]] : [categories[1 + (i % 3)]]);
            vendors.Add(vendor);
        }
        return vendors;
    }

    private static void Sell(CmmsDb db, Part part, Vendor vendor, string number) => db.Add(new VendorPart(part, vendor) { VendorPartNumber = number, IsPreferred = true });

    /// <summary>The first size of every kind, then the second: a small store has something of everything.</summary>
    private static IEnumerable<(PartKind Kind, int Size)> Sizes() => Enumerable.Range(0, 10).SelectMany(n => DemoCatalog.Parts.Select(kind => (kind, n)));

    private static decimal Price(PartKind kind, Dice dice) => decimal.Round(kind.Cost * dice.Between(70, 140) / 100m, 2);
}
