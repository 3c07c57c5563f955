using Cmms.Domain.Events;
using Cmms.Domain.Organization;

namespace Cmms.Graph.Access;

/// <summary>The entities whose types no permission guards. Every other entity's <c>[ObjectType]</c> class names the permission by which it is seen; a test holds that.</summary>
internal static class OpenTypes
{
    /// <summary>Each with the reason.</summary>
    public static IReadOnlyDictionary<Type, string> All { get; } = new Dictionary<Type, string>
    {
        [typeof(Customer)] = "it is the caller's own, and needs no chosen site",
        [typeof(Site)] = "who has a role on it sees it, as the rule about sites says, and needs no chosen site",
        [typeof(User)] = "colleagues see each other's names, as those of who is assigned and who changed what, also across sites",
        [typeof(UserRole)] = "it is part of its user",
        [typeof(ApiKey)] = "it is its user's own, as the rule about keys says, and needs no chosen site",
        [typeof(Event)] = "whoever sees an object sees its history; the log as a whole, and an event by its id, need VIEW_EVENTS",
    };
}
