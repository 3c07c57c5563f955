using System.Text.Json;
using Engines.GraphQL.Types;

namespace Cmms.Tests.Contract;

/// <summary>The inputs by which clients say why they do something.</summary>
internal static class ReasonInputs
{
    private static readonly HashSet<string> s_names = ["reason", "note", "statusNote"];

    /// <summary>Mutations whose input of such a name says something else.</summary>
    public static readonly IReadOnlyDictionary<string, string> Others = new Dictionary<string, string>
    {
        ["createPurchaseRequest"] = "its note is for whoever buys, and a field of the request",
    };

    /// <summary>What is given, at any depth.</summary>
    public static IEnumerable<string> In(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.Object => input.EnumerateObject().SelectMany(p => s_names.Contains(p.Name) && p.Value.ValueKind is JsonValueKind.String ? [p.Value.GetString()!.Trim()] : In(p.Value)),
        JsonValueKind.Array => input.EnumerateArray().SelectMany(In),
        _ => [],
    };

    public static bool Takes(InputObjectType input) => Takes(input, []);

    private static bool Takes(InputObjectType input, HashSet<InputObjectType> seen) =>
        seen.Add(input) && input.Fields.Any(f => s_names.Contains(f.Name) || (f.Type.Named is InputObjectType inner && Takes(inner, seen)));
}
