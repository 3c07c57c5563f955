using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Cmms.Domain.Production;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Demo;

/// <summary>What the plant makes: its nine processes (seed 001), its shifts, and the orders of the last days.</summary>
internal static class DemoProduction
{
    private static readonly string[] s_processes = ["Extrusion", "Weaving", "Lamination", "Printing", "Converting", "Sewing", "Lining", "Baling", "Recycling"];

    private static readonly Dictionary<string, string> s_processOf = new() { ["EXT"] = "Extrusion", ["TEL"] = "Weaving", ["PRN"] = "Printing", ["CONV"] = "Converting" };

    private static readonly (string Product, int Quantity, string Unit, string Process, string? Machine)[] s_orders =
    [
        ("Polypropylene tape 3 mm", 60_000, "kg", "Extrusion", "EXT-01"),
        ("Fabric 80 g, 65 cm", 12_000, "m", "Weaving", "TEL-01"),
        ("Fabric 60 g, 55 cm", 9_000, "m", "Weaving", "TEL-02"),
        ("Sugar bag 50 kg, two colours", 250_000, "m", "Printing", "PRN-01"),
        ("Sugar bag 50 kg", 400_000, "unidades", "Converting", "CONV-01"),
        ("Rice bag 25 kg", 80_000, "unidades", "Converting", null),
    ];

    /// <summary>The processes, by their names.</summary>
    public static Dictionary<string, Process> AddProcesses(this CmmsDb db)
    {
        var made = s_processes.Select((name, i) => new Process(name) { Code = $"P{i + 1}", Position = i + 1 }).ToDictionary(p => p.Name);
        db.AddRange(made.Values);
        return made;
    }

    public static Process? Of(this Dictionary<string, Process> processes, string machineKind) => s_processOf.TryGetValue(machineKind, out var name) ? processes.GetValueOrDefault(name) : null;

    /// <summary>Three shifts, and a week of work on the orders; the last order waits for a machine.</summary>
    public static async Task AddProduction(this CmmsDb db, DemoSite site, Instant now, CancellationToken cancel)
    {
        foreach (var (name, from, to) in new[] { ("Early", 6, 14), ("Late", 14, 22), ("Night", 22, 6) })
        {
            Shift shift = new(name, new TimeOnly(from, 0), new TimeOnly(to, 0));
            shift.RunOn([1, 2, 3, 4, 5, 6]);
            db.Add(shift);
        }

        var processes = await db.Processes.ToDictionaryAsync(p => p.Name, cancel);
        foreach (var (product, quantity, unit, process, machine) in s_orders)
        {
            ProductionOrder order = new($"PO-{await db.NextNumber("production_order", cancel):D6}", product, Quantity.Of(quantity), unit);
            order.Describe(product, Quantity.Of(quantity), unit, now + TimeSpan.FromDays(site.Dice.Between(2, 9)), null);
            order.GoThrough(processes[process]);
            db.Add(order);
            await db.SaveChangesAsync(cancel);
            if (machine is null) continue;
            var asset = await db.Find<Asset>(site.AssetsByCode[machine], cancel);
            if (!asset.IsOperational) continue;
            order.AssignTo(asset);
            await Work(db, site, asset, order, now, cancel);
        }
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What early and late shifts of the last seven days made; a shift in which the machine stood made nothing.</summary>
    private static async Task Work(CmmsDb db, DemoSite site, Asset asset, ProductionOrder order, Instant now, CancellationToken cancel)
    {
        var today = site.Zone.Today(now);
        for (var day = -7; day <= 0; day++)
        {
            foreach (var hour in (int[])[6, 14])
            {
                var (from, to) = Span.Of(today.AddDays(day), new TimeOnly(hour, 0), new TimeOnly(hour + 8, 0), site.Zone);
                if (to > now || today.AddDays(day).DayOfWeek is DayOfWeek.Sunday) continue;
                var quantity = decimal.Truncate(asset.TheoreticalCapacity!.Value.Value * 8 * site.Dice.Between(62, 96) / 100);
                try
                {
                    await db.RecordProduction(asset, order, new Output(Quantity.Of(quantity), Quantity.Of(decimal.Truncate(quantity * site.Dice.Between(0, 3) / 100)), null, from, to, null), cancel);
                }
                catch (AssetNotOperational)
                {
                    // It stood in that shift.
                }
            }
        }
    }
}
