using System.Text.Json;

namespace Engines.GraphQL.Types;

/// <summary>Names of directive locations as SDL writes them.</summary>
public static class DirectiveLocations
{
    private static readonly Dictionary<DirectiveLocation, string> Names =
        Enum.GetValues<DirectiveLocation>().ToDictionary(l => l, l => JsonNamingPolicy.SnakeCaseUpper.ConvertName(l.ToString()));
    private static readonly Dictionary<string, DirectiveLocation> ByName = Names.ToDictionary(n => n.Value, n => n.Key);

    public static string NameOf(DirectiveLocation location) => Names[location];

    public static DirectiveLocation? Find(string name) => ByName.TryGetValue(name, out var location) ? location : null;
}
