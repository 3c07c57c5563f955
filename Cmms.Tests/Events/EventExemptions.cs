namespace Cmms.Tests.Events;

/// <summary>What the event log leaves out, or names otherwise than the schema does, each with its reason. A line that no longer applies fails a test.</summary>
internal static class EventExemptions
{
    /// <summary>Entities without events.</summary>
    public static readonly IReadOnlyDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["LoginSession"] = "says that a login was counted; User.activity has the count",
        ["StatusChange"] = "is the history of an asset's status, never changed; AssetStatusChanged has the same",
        ["StockLevel"] = "moves with its part, whose StockChanged the ledger records",
        ["StockTransaction"] = "is a line of the ledger, never changed; StockChanged has the same",
        ["UserIdentity"] = "is how a provider calls a person; UserIdentified tells that it was learned",
    };

    /// <summary>Properties that are in no event.</summary>
    public static readonly IReadOnlyDictionary<string, string> Properties = new Dictionary<string, string>
    {
        ["ApiKey.Hash"] = "a secret",
        ["ApiKey.LastUsedAt"] = "changes with every request",
        ["Attachment.FileName"] = "a secret: it signs the addresses of the file",
        ["DatedOccurrence.AssetKey"] = "the asset once more, for a key without nulls",
        ["Part.LowStockEpoch"] = "counts crossings for the claims of a policy; isLow tells of each",
        ["PurchaseLine.ClaimKey"] = "keeps two open lines of a policy apart, and means nothing to anybody",
        ["User.EmailConfirmationHash"] = "a secret",
        ["User.EmailConfirmationSentAt"] = "is the moment of EmailConfirmationSent",
        ["User.InvitationHash"] = "a secret",
        ["User.LastLoginAt"] = "changes with every login",
        ["User.LoginCount"] = "changes with every login",
    };

    /// <summary>Fields that the log keeps in another form than queries show them.</summary>
    public static readonly IReadOnlyDictionary<string, string> Values = new Dictionary<string, string>
    {
        ["PolicyFiring.facts"] = "kept as the text that the schema shows as JSON",
    };

    /// <summary>Fields of events that the schema does not show.</summary>
    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["Attachment.asset"] = "the schema shows what it belongs to as its subject",
        ["Attachment.location"] = "the schema shows what it belongs to as its subject",
        ["Attachment.part"] = "the schema shows what it belongs to as its subject",
        ["Attachment.stockTransaction"] = "the schema shows what it belongs to as its subject",
        ["Attachment.vendor"] = "the schema shows what it belongs to as its subject",
        ["Attachment.workRequest"] = "the schema shows what it belongs to as its subject",
        ["Attachment.workOrder"] = "the schema shows what it belongs to as its subject",
        ["MovedOccurrence.date"] = "the schema shows it as a date of its schedule",
        ["MovedOccurrence.pmSchedule"] = "the schema shows it as a date of its schedule",
        ["MovedOccurrence.reason"] = "the schema shows it as a date of its schedule",
        ["MovedOccurrence.scheduledFor"] = "the schema shows it as a date of its schedule",
        ["Notification.key"] = "by it nobody is told twice",
        ["Notification.subjectType"] = "the type of its subject",
        ["Notification.user"] = "whose it is; the schema shows people their own alone",
        ["NotificationPreference.channel"] = "the schema shows people their own alone, as settings",
        ["NotificationPreference.enabled"] = "the schema shows people their own alone, as settings",
        ["NotificationPreference.event"] = "the schema shows people their own alone, as settings",
        ["NotificationPreference.user"] = "whose it is; the schema shows people their own alone",
        ["PolicyFiring.subjectType"] = "the type of its subject",
        ["PolicySetting.enabled"] = "the schema shows it as a field of Policy",
        ["PolicySetting.key"] = "the schema shows it as a field of Policy",
        ["PolicySetting.schedule"] = "the schema shows it as a field of Policy",
        ["PolicySetting.settings"] = "the schema shows it as a field of Policy",
    };
}
