namespace Cmms.Domain.Assets;

/// <summary>Whether production may use a machine (seed 001). Maintenance work is accepted in every status.</summary>
public enum AssetStatus
{
    /// <summary>Running or ready to run; production can be assigned and logged (seed: Operativa, online).</summary>
    Operational,
    /// <summary>Under maintenance; takes no new production, what it had may be paused or moved (seed: Mantenimiento).</summary>
    Maintenance,
    /// <summary>Retired or broken; no production at all (seed: Fuera de servicio, offline).</summary>
    OutOfService,
}

/// <summary>In what shape an asset is, whatever its operational status (seed 004).</summary>
public enum AssetCondition
{
    /// <summary>It works (seed: FUNCIONANDO).</summary>
    Working,
    /// <summary>It is damaged (seed: DAÑADO).</summary>
    Damaged,
    /// <summary>Parts of it are missing (seed: INCOMPLETO).</summary>
    Incomplete,
    /// <summary>It is being repaired (seed: EN REPARACION).</summary>
    InRepair,
}

/// <summary>Whether an asset is out on a project (seed 004).</summary>
public enum RentalStatus
{
    /// <summary>Free for a project (seed: DISPONIBLE).</summary>
    Available,
    /// <summary>Assigned to a project (seed: RENTADO).</summary>
    Rented,
}

/// <summary>What kind of maintenance a status change is about.</summary>
public enum MaintenanceKind
{
    /// <summary>After a failure.</summary>
    Corrective,
    /// <summary>After a failure that could not wait.</summary>
    Emergency,
    /// <summary>Before a failure, as planned.</summary>
    Preventive,
    /// <summary>To find out.</summary>
    Inspection,
    /// <summary>To make it better than it was.</summary>
    Improvement,
}
