using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Inventory;

/// <summary>Removing what parts refer to: only as long as nothing does.</summary>
public static class StockReference
{
    /// <exception cref="InUse"/>
    public static async Task RemoveUnused(this CmmsDb db, PartType type, CancellationToken cancel) =>
        Remove(db, type, $"Part type {type.Name}", await db.Parts.CountAsync(p => p.PartTypeId == type.Id, cancel));

    /// <exception cref="InUse"/>
    public static async Task RemoveUnused(this CmmsDb db, MeasurementUnit unit, CancellationToken cancel) =>
        Remove(db, unit, $"Measurement unit {unit.Name}", await db.Parts.CountAsync(p => p.MeasurementUnitId == unit.Id, cancel));

    /// <summary>A storeroom that has a history stays: the ledger names it.</summary>
    /// <exception cref="InUse"/>
    public static async Task RemoveUnused(this CmmsDb db, Storeroom storeroom, CancellationToken cancel)
    {
        var parts = await db.Parts.CountAsync(p => p.StoreroomId == storeroom.Id, cancel);
        var lines = await db.StockTransactions.CountAsync(t => t.StoreroomId == storeroom.Id, cancel);
        Remove(db, storeroom, $"Storeroom {storeroom.Name}", parts + lines);
    }

    private static void Remove(CmmsDb db, SiteEntity entity, string what, int uses)
    {
        if (uses > 0) throw new InUse(what, uses);
        db.Remove(entity);
    }
}
