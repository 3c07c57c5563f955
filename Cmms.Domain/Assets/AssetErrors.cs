namespace Cmms.Domain.Assets;

/// <summary>The asset is in that status already.</summary>
public sealed class StatusUnchanged(AssetStatus status) : DomainError("STATUS_UNCHANGED", "The asset has this status already.", "status")
{
    /// <summary>The status it has and keeps.</summary>
    public AssetStatus Status => status;
}

/// <summary>The change needs a reason.</summary>
public sealed class ReasonRequired(string field = "reason") : DomainError("REASON_REQUIRED", "A reason is required.", field);

/// <summary>The reason says too little.</summary>
public sealed class ReasonTooShort(int length, string field = "reason")
    : DomainError("REASON_TOO_SHORT", $"A reason has at least {Reason.Shortest} characters; this one has {length}.", field)
{
    /// <summary>The least number of characters, blanks at the ends not counted.</summary>
    public int Minimum { get; } = Reason.Shortest;

    /// <summary>The number of characters given.</summary>
    public int Length => length;
}

/// <summary>Production needs a machine that is operational.</summary>
public sealed class AssetNotOperational(string asset, AssetStatus status, string field = "assetId")
    : DomainError("ASSET_NOT_OPERATIONAL", $"{asset} is not operational, so production cannot use it.", field)
{
    /// <summary>The status that stands in the way.</summary>
    public AssetStatus Status => status;
}

/// <summary>The asset stood still already at some time of it; downtimes of one asset do not overlap.</summary>
public sealed class OverlappingDowntime(string asset, Instant? startedAt, Instant? endedAt)
    : DomainError("OVERLAPPING_DOWNTIME", $"{asset} stood still already at some time of it.", "startedAt")
{
    /// <summary>When the other downtime began; null where two people recorded theirs at the same moment.</summary>
    public Instant? StartedAt => startedAt;

    /// <summary>When the other one ended; null while it goes on.</summary>
    public Instant? EndedAt => endedAt;
}

/// <summary>An object cannot be inside itself or inside one of its own parts.</summary>
public sealed class TreeCycle(string name) : DomainError("TREE_CYCLE", $"{name} cannot be placed inside itself or one of its descendants.", "parentId");
