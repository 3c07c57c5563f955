namespace Cmms.Tests.Isolation;

/// <summary>What the isolation test leaves out, each with its reason. There are exactly so many as the trial counts.</summary>
internal static class Exemptions
{
    /// <summary>A table that SQLite does without.</summary>
    public const string OnPostgreSqlAlone = "RateBucket";

    /// <summary>Shown in every site of a customer.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfTheCustomer = new Dictionary<string, string>
    {
        ["Customer"] = "Whoever works at a site knows for whom.",
        ["User"] = "People belong to the customer and may work on any of its sites: who they are is shared, what they are on a site that one does not know is not.",
        ["ApiKey"] = "Keys stand for people, and go with them; one's own are listed, an owner's list has all.",
    };

    /// <summary>Entities that no query shows as objects of their own: nothing has their id.</summary>
    public static readonly IReadOnlyDictionary<string, string> Unshown = new Dictionary<string, string>
    {
        ["Counter"] = "The last number given out; that codes begin anew in each site is tried.",
        ["EventHead"] = "The length of a customer's log; no answer has it.",
        ["KeptAnswer"] = "The answer that a key of a caller's own brings again; it is found by who asks and nothing else.",
        ["LoginSession"] = "That a login was counted; a person's activity shows how many.",
        ["MovedOccurrence"] = "Shown only as the date of an occurrence of its schedule.",
        ["NotificationPreference"] = "Shown only as the caller's wishes, which are compared before and after the victim's.",
        ["PolicySetting"] = "Shown only as the site's policies, which are compared before and after the victim's.",
        [OnPostgreSqlAlone] = "How often a caller or an address has asked of late, found by who asks and nothing else.",
        ["StoredFile"] = "What a file is called in its folder; no answer has it.",
        ["UserAvatar"] = "A person's picture; its address, which cannot be guessed, is shown with the person.",
        ["UserIdentity"] = "How a provider calls a person; no answer has it.",
    };

    /// <summary>Conditions of filters that no row of a story meets.</summary>
    public static readonly IReadOnlyDictionary<string, string> Unmet = new Dictionary<string, string>
    {
        ["Event.actor"] = "No value to be equal to; DoorCases ask by it.",
        ["Event.occurredAt"] = "No value to be equal to; DoorCases ask by it.",
        ["Event.reason"] = "No value to be equal to; DoorCases ask by it.",
        ["Resource.archivedAt"] = "Nothing puts a resource away yet.",
    };

    /// <summary>Addresses of the server beside GraphQL.</summary>
    public static readonly IReadOnlyDictionary<string, string> Addresses = new Dictionary<string, string>
    {
        ["/files/avatars/{userId:long}"] = "Whoever has a picture's address, which cannot be guessed, may see it; AvatarTests try that.",
        ["/files/qr/{text}"] = "Draws what stands in the address itself.",
        ["/files/{id:long}/{what?}"] = "Whoever has a file's address, which cannot be guessed, may see it; AttachmentTests try that.",
        ["/health/live"] = "One word, the same for everybody.",
        ["/health/ready"] = "Whether the database answers and has room; nothing that is in it.",
    };

    public static int Count => OfTheCustomer.Count + Unshown.Count + Unmet.Count + Addresses.Count;
}
