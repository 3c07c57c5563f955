using System.Globalization;

namespace Cmms.Domain;

public enum ActorKind { System, User, ApiKey, Policy, RequestPortal }

/// <summary>Who did something. Kept as one text: <c>system</c>, <c>user:12</c>, <c>policy:low-stock-reorder</c>.</summary>
public readonly record struct Actor
{
    private Actor(ActorKind kind, string? key) => (Kind, Key) = (kind, key);

    public ActorKind Kind { get; }
    /// <summary>The id of a user, key or portal; the key of a policy; null for the system.</summary>
    public string? Key { get; }

    public static Actor System => default;
    public static Actor User(long id) => new(ActorKind.User, id.ToString(CultureInfo.InvariantCulture));
    public static Actor ApiKey(long id) => new(ActorKind.ApiKey, id.ToString(CultureInfo.InvariantCulture));
    public static Actor Policy(string key) => new(ActorKind.Policy, key);
    public static Actor RequestPortal(long id) => new(ActorKind.RequestPortal, id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The id of the user, or null for any other actor.</summary>
    public long? UserId => Kind is ActorKind.User ? long.Parse(Key!, CultureInfo.InvariantCulture) : null;

    /// <summary>The id of the API key, or null for any other actor.</summary>
    public long? KeyId => Kind is ActorKind.ApiKey ? long.Parse(Key!, CultureInfo.InvariantCulture) : null;

    public override string ToString() => Kind switch
    {
        ActorKind.User => $"user:{Key}",
        ActorKind.ApiKey => $"key:{Key}",
        ActorKind.Policy => $"policy:{Key}",
        ActorKind.RequestPortal => $"portal:{Key}",
        _ => "system",
    };

    public static Actor Parse(string text) => text.Split(':', 2) switch
    {
        ["user", var key] => new Actor(ActorKind.User, key),
        ["key", var key] => new Actor(ActorKind.ApiKey, key),
        ["policy", var key] => new Actor(ActorKind.Policy, key),
        ["portal", var key] => new Actor(ActorKind.RequestPortal, key),
        _ => default,
    };
}
