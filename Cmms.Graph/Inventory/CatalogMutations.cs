using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Inventory;

/// <summary>What parts are sorted into and counted in.</summary>
[MutationType, Authorize(Permission.ManageInventory)]
internal static class CatalogMutations
{
    /// <summary>Adds a type that parts can be of.</summary>
    [Error<Duplicate>]
    public static async Task<PartType> CreatePartType(string name, string? description, CmmsDb db, CancellationToken cancel)
    {
        var type = new PartType(name, description);
        db.PartTypes.Add(type);
        await db.SaveChangesAsync(cancel);
        return type;
    }

    /// <summary>Renames or describes a type of parts.</summary>
    /// <param name="version">The version that was read: the change is refused if the type has changed since.</param>
    [Error<NotFound, Duplicate, Conflict>]
    public static async Task<PartType> UpdatePartType(
        [ID<PartType>] long id, int? version, Optional<string> name, Optional<string?> description, CmmsDb db, CancellationToken cancel)
    {
        var type = await db.FindVersion<PartType>(id, version, cancel);
        type.Name = name.Or(type.Name);
        type.Description = description.Or(type.Description);
        await db.SaveChangesAsync(cancel);
        return type;
    }

    /// <summary>Removes a type that no part is of; the answer shows it as it was.</summary>
    [Error<NotFound, InUse>]
    public static async Task<PartType> DeletePartType([ID<PartType>] long id, CmmsDb db, CancellationToken cancel)
    {
        var type = await db.Find<PartType>(id, cancel);
        await db.RemoveUnused(type, cancel);
        await db.SaveChangesAsync(cancel);
        return type;
    }

    /// <summary>Adds a unit that parts can be counted in.</summary>
    /// <param name="shortName">What stands behind a figure: itm, kg, l.</param>
    [Error<Duplicate>]
    public static async Task<MeasurementUnit> CreateMeasurementUnit(string name, string shortName, CmmsDb db, CancellationToken cancel)
    {
        var unit = new MeasurementUnit(name, shortName);
        db.MeasurementUnits.Add(unit);
        await db.SaveChangesAsync(cancel);
        return unit;
    }

    /// <summary>Renames a unit; quantities stay what they are.</summary>
    /// <param name="version">The version that was read: the change is refused if the unit has changed since.</param>
    /// <param name="shortName">What stands behind a figure: itm, kg, l.</param>
    [Error<NotFound, Duplicate, Conflict>]
    public static async Task<MeasurementUnit> UpdateMeasurementUnit(
        [ID<MeasurementUnit>] long id, int? version, Optional<string> name, Optional<string> shortName, CmmsDb db, CancellationToken cancel)
    {
        var unit = await db.FindVersion<MeasurementUnit>(id, version, cancel);
        unit.Name = name.Or(unit.Name);
        unit.ShortName = shortName.Or(unit.ShortName);
        await db.SaveChangesAsync(cancel);
        return unit;
    }

    /// <summary>Removes a unit that no part is counted in; the answer shows it as it was.</summary>
    [Error<NotFound, InUse>]
    public static async Task<MeasurementUnit> DeleteMeasurementUnit([ID<MeasurementUnit>] long id, CmmsDb db, CancellationToken cancel)
    {
        var unit = await db.Find<MeasurementUnit>(id, cancel);
        await db.RemoveUnused(unit, cancel);
        await db.SaveChangesAsync(cancel);
        return unit;
    }
}
