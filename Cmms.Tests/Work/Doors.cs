using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Cmms.Tests.Work;

/// <summary>Runs the documents of schema/operations, as clients do.</summary>
internal static class Doors
{
    public static string GlobalId(string type, long id) => new Engines.GraphQL.Binding.GlobalId(type, id).ToString();

    public static string Document(string operation) => File.ReadAllText(Path.Combine(Folder(), operation + ".graphql"));

    public static Task<JsonElement> RunAsync(this TestGraph graph, string operation, object input, string @as = "manager") =>
        graph.PayloadAsync(Document(operation), new { input }, @as);

    public static string Errors(JsonElement payload) => payload.GetProperty("errors") is { ValueKind: JsonValueKind.Array } errors ? errors.GetRawText() : "[]";

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "schema", "operations");
}
