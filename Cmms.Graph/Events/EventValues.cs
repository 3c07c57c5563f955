using System.Globalization;
using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Cmms.Graph.Organization;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Events;

/// <summary>The values in events as clients know them: what refers to an object is that object's global id. The log itself keeps numbers.</summary>
internal sealed class EventValues(CmmsDbFactory factory)
{
    /// <summary>Whose type stands in the field beside it.</summary>
    private const string AnyType = "";
    private const string TypeField = "subjectType";

    /// <summary>By the type of subject and its field: the type that the field refers to.</summary>
    private readonly Lazy<Dictionary<(string, string), string>> _targets = new(() => Targets(factory));

    public IReadOnlyList<FieldDifference> Changes(Event happened, SiteCaller caller)
    {
        using var changes = JsonDocument.Parse(happened.Changes);
        return [.. Visible(happened, changes, caller).Select(c => new FieldDifference(c.Name, Value(happened, changes, c, 0), Value(happened, changes, c, 1)))];
    }

    /// <param name="side">0: before; 1: after.</param>
    public JsonElement Side(Event happened, int side, SiteCaller caller)
    {
        using var changes = JsonDocument.Parse(happened.Changes);
        return JsonSerializer.SerializeToElement(Visible(happened, changes, caller).ToDictionary(c => c.Name, c => Value(happened, changes, c, side)));
    }

    /// <summary>All fields of an object.</summary>
    public JsonElement Of(string type, IReadOnlyDictionary<string, JsonElement> fields, SiteCaller caller) => JsonSerializer.SerializeToElement(fields.Where(field => RateHistory.IsShown(type, field.Key, caller)).ToDictionary(
        field => field.Key, field => Shown(type, field.Key, field.Value, () => fields.TryGetValue(TypeField, out var other) ? other : null)));

    private static IEnumerable<JsonProperty> Visible(Event happened, JsonDocument changes, SiteCaller caller) =>
        changes.RootElement.EnumerateObject().Where(change => RateHistory.IsShown(happened.SubjectType, change.Name, caller));

    private JsonElement Value(Event happened, JsonDocument changes, JsonProperty change, int side) => Shown(
        happened.SubjectType, change.Name, change.Value[side], () => changes.RootElement.TryGetProperty(TypeField, out var other) ? other[side] : null).Clone();

    private JsonElement Shown(string type, string field, JsonElement value, Func<JsonElement?> typeBeside)
    {
        if (!_targets.Value.TryGetValue((type, field), out var target)) return value;
        if (target == AnyType) target = typeBeside()?.GetString() ?? type;
        return value.ValueKind switch
        {
            JsonValueKind.Number => JsonSerializer.SerializeToElement(Id(target, value.GetInt64())),
            JsonValueKind.Array => JsonSerializer.SerializeToElement(value.EnumerateArray().Select(item => Id(target, item.GetInt64()))),
            JsonValueKind.String when target == nameof(Actor) => JsonSerializer.SerializeToElement(Id(Actor.Parse(value.GetString()!))),
            _ => value,
        };
    }

    public static string Id(string type, long key) => new GlobalId(type, key).ToString();

    /// <summary>A person or key by its id, else as the log has it, such as <c>policy:low-stock-reorder</c>.</summary>
    public static string Id(Actor actor) => actor.Kind switch
    {
        ActorKind.User => Id(nameof(User), long.Parse(actor.Key!, CultureInfo.InvariantCulture)),
        ActorKind.ApiKey => Id(nameof(ApiKey), long.Parse(actor.Key!, CultureInfo.InvariantCulture)),
        _ => actor.ToString(),
    };

    private static Dictionary<(string, string), string> Targets(CmmsDbFactory factory)
    {
        Dictionary<(string, string), string> targets = [];
        foreach (var type in LoggedType.All(factory.Model).Values)
        {
            foreach (var field in type.Fields)
            {
                if (field.Target is { } target) targets[(type.Name, field.Name)] = target.Name;
                else if (field.Property.Name == nameof(Event.SubjectId)) targets[(type.Name, field.Name)] = AnyType;
                else if ((Nullable.GetUnderlyingType(field.Property.ClrType) ?? field.Property.ClrType) == typeof(Actor)) targets[(type.Name, field.Name)] = nameof(Actor);
            }
            foreach (var link in type.Links) targets[(type.Name, link.Name)] = link.Target.Name;
        }
        return targets;
    }
}
