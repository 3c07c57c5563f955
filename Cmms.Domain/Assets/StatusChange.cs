namespace Cmms.Domain.Assets;

/// <summary>One change of an asset's operational status, on record for ever: it is never changed or removed.</summary>
public sealed class StatusChange : SiteEntity
{
    private StatusChange() { } // EF Core

    internal StatusChange(Asset asset, AssetStatus from, AssetStatus to, Reason reason, Actor by, Instant at, StatusChangeDetails details)
    {
        Asset = asset;
        (From, To) = (from, to);
        Reason = reason.Text;
        (ChangedBy, ChangedAt) = (by, at);
        MaintenanceKind = details.MaintenanceKind;
        FailureDescription = Check.OptionalText(details.FailureDescription, 4000, "failureDescription");
        WorkPerformed = Check.OptionalText(details.WorkPerformed, 4000, "workPerformed");
        ExpectedReturnAt = Check.Moment(details.ExpectedReturnAt, "expectedReturnAt");
        WorkOrderId = details.WorkOrderId;
    }

    public long AssetId { get; private set; }

    /// <summary>The asset whose status changed.</summary>
    public Asset Asset { get; private set; } = null!;

    /// <summary>The status before.</summary>
    public AssetStatus From { get; private set; }

    /// <summary>The status since then.</summary>
    public AssetStatus To { get; private set; }

    /// <summary>Why, in the words of who changed it.</summary>
    public string Reason { get; private set; } = "";

    public Actor ChangedBy { get; private set; }

    /// <summary>When it changed.</summary>
    public Instant ChangedAt { get; private set; }

    /// <summary>What kind of maintenance took it out of production.</summary>
    public MaintenanceKind? MaintenanceKind { get; private set; }

    /// <summary>What failed, and how.</summary>
    public string? FailureDescription { get; private set; }

    /// <summary>What was done about it.</summary>
    public string? WorkPerformed { get; private set; }

    /// <summary>When the asset should be operational again.</summary>
    public Instant? ExpectedReturnAt { get; private set; }

    /// <summary>The work order that goes with it.</summary>
    public long? WorkOrderId { get; private set; }
}

/// <summary>What may be said about a status change beside its reason.</summary>
public sealed record StatusChangeDetails(
    MaintenanceKind? MaintenanceKind = null, string? FailureDescription = null, string? WorkPerformed = null,
    Instant? ExpectedReturnAt = null, long? WorkOrderId = null);
