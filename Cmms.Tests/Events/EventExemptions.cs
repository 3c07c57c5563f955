namespace Cmms.Tests.Events;

/// <summary>What the event log leaves out, or names otherwise than the schema does, each with its reason. A line that no longer applies fails a test.</summary>
internal static class EventExemptions
{
    /// <summary>Entities without events.</summary>
    public static readonly IReadOnlyDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["StatusChange"] = "is the history of an asset's status, never changed; AssetStatusChanged has the same",
        ["StockLevel"] = "moves with its part, whose StockChanged the ledger records",
        ["StockTransaction"] = "is a line of the ledger, never changed; StockChanged has the same",
    };

    /// <summary>Properties that are in no event.</summary>
    public static readonly IReadOnlyDictionary<string, string> Properties = new Dictionary<string, string>
    {
        ["ApiKey.Hash"] = "a secret",
        ["ApiKey.LastUsedAt"] = "changes with every request",
        ["Part.LowStockEpoch"] = "counts crossings for the claims of a policy; isLow tells of each",
        ["PurchaseRequest.ClaimKey"] = "keeps two open requests of a policy apart, and means nothing to anybody",
    };

    /// <summary>Fields that the log keeps in another form than queries show them.</summary>
    public static readonly IReadOnlyDictionary<string, string> Values = new Dictionary<string, string>
    {
    };

    /// <summary>Fields of events that the schema does not show.</summary>
    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>
    {
    };
}
