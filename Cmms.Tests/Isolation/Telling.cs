using System.Text.Json;
using System.Text.Json.Nodes;
using Cmms.Tests.Contract;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.Isolation;

/// <summary>The stories of all mutations, told at one place: every text bears the place's marker, while codes are the same everywhere.</summary>
/// <param name="round">Told again at the same place, codes need to differ.</param>
internal sealed class Telling(World world, Place place, string marker, string round)
{
    /// <summary>What has a form of its own, or a length that leaves no room.</summary>
    private static readonly HashSet<string> s_formal =
        ["timeZone", "currency", "dateTimeFormat", "language", "schedule", "key", "cardinalPoint", "phone", "phoneNumber", "contactPhone", "extension", "capacityUnit"];

    /// <summary>Unique within a site, where they are unique at all.</summary>
    private static readonly HashSet<string> s_codes = ["code", "number", "qrCode", "taxId", "shortName", "vendorPartNumber"];

    private readonly TestCalls _calls = new(world.Graph);

    /// <summary>Told before a call that is proved.</summary>
    public Func<Step, JsonObject, Task>? Before { get; init; }

    /// <summary>Mutations that were called.</summary>
    public HashSet<string> Called { get; } = [];

    public string this[string name]
    {
        get => _calls[name];
        set => _calls[name] = value;
    }

    public async Task TellAsync(IEnumerable<Step> story)
    {
        foreach (var step in story)
        {
            var key = step.As == "admin" ? place.Owner : place.Technician;
            if (step.Input is null)
            {
                _calls.Remember(await world.Graph.DataAsync(step.Name, _calls.Ids, key, place.Header), step.Remember!);
                continue;
            }
            var type = world.Schema.Mutation!.Find(step.Name)!.Arguments;
            var input = step.Input.Length == 0 ? null : Marked((JsonObject)JsonNode.Parse(_calls.Filled(step.Input))!, (InputObjectType)type.Single().Type.Named, step.Name);
            if (Before is not null && step.Events is not null && input is not null) await Before(step, input);
            var answer = await world.Graph.AskAsync(TestCalls.Document(step.Name), input is null ? null : new { input }, key, place.Header);
            Assert.True(!answer.TryGetProperty("errors", out _) && answer.GetProperty("data").EnumerateObject().Single().Value.GetProperty("errors").ValueKind is JsonValueKind.Null,
                $"{place.Name}: {step.Name} {input}: {answer}");
            if (step.Remember is not null) _calls.Remember(answer.GetProperty("data").EnumerateObject().Single().Value, step.Remember);
            Called.Add(step.Name);
        }
    }

    private JsonObject Marked(JsonObject given, InputObjectType type, string mutation)
    {
        foreach (var field in type.Fields)
        {
            if (given[field.Name] is not { } value) continue;
            switch (value)
            {
                case JsonObject inner:
                    if (field.Type.Named is InputObjectType at) Marked(inner, at, mutation);
                    break;
                case JsonArray items:
                    for (var i = 0; i < items.Count; i++)
                        if (field.Type.Named is InputObjectType item) Marked((JsonObject)items[i]!, item, mutation);
                        else if (field.Type.Named.Name == "String") items[i] = Marked(field.Name, (string)items[i]!, mutation);
                    break;
                default:
                    if (field.Type.Named.Name == "String") given[field.Name] = Marked(field.Name, (string)value!, mutation);
                    break;
            }
        }
        return given;
    }

    private string Marked(string field, string text, string mutation) => field switch
    {
        "token" => text,
        "email" => text.Replace("@", $".{marker}{round}@", StringComparison.Ordinal),
        "code" when mutation.EndsWith("Site", StringComparison.Ordinal) => $"{text}-{place.Name}{round}",
        _ when s_formal.Contains(field) => text,
        _ when s_codes.Contains(field) => text + round,
        _ => $"{text} {marker}{round}",
    };
}
