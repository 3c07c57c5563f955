namespace Cmms.Domain.Events;

/// <summary>How the types of events end that every entity has: <c>AssetCreated</c>, <c>AssetChanged</c>, <c>AssetDeleted</c>.</summary>
public static class EventTypes
{
    public const string Created = "Created";
    public const string Changed = "Changed";
    public const string Deleted = "Deleted";
}
