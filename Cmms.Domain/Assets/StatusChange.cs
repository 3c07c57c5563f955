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
    public Asset Asset { get; private set; } = null!;
    public AssetStatus From { get; private set; }
    public AssetStatus To { get; private set; }
    public string Reason { get; private set; } = "";
    public Actor ChangedBy { get; private set; }
    public Instant ChangedAt { get; private set; }
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
