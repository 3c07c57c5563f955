using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cmms.Tests;

/// <summary>
/// The body of a request. A text of the variables that begins with <c>csv:</c> stands for a file of the rest of it, one with <c>png:</c> for a picture of the rest in
/// base64; either makes the body a form, as a browser would send it.
/// </summary>
internal static partial class TestContent
{
    public static HttpRequestMessage Request(string json)
    {
        if (!File().IsMatch(json)) return new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = Json(json) };
        List<(string Place, string Text)> files = [];
        Find(JsonElement.Parse(json), "", files);
        MultipartFormDataContent form = new()
        {
            // As it is: what is wrong with it is wrong on purpose.
            { Json(File().Replace(json, "null")), "operations" },
            { Json(JsonSerializer.Serialize(files.Index().ToDictionary(f => $"{f.Index}", f => new[] { f.Item.Place }))), "map" },
        };
        foreach (var (i, (_, text)) in files.Index())
        {
            var isTable = text.StartsWith("csv:", StringComparison.Ordinal);
            ByteArrayContent content = new(isTable ? Encoding.UTF8.GetBytes(text[4..]) : Convert.FromBase64String(text[4..]));
            content.Headers.ContentType = new MediaTypeHeaderValue(isTable ? "text/csv" : "image/png");
            form.Add(content, $"{i}", isTable ? "table.csv" : "picture.png");
        }
        return new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = form, Headers = { { "GraphQL-Preflight", "1" } } };
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static void Find(JsonElement at, string place, List<(string, string)> files)
    {
        if (at.ValueKind is JsonValueKind.Object)
            foreach (var field in at.EnumerateObject()) Find(field.Value, place.Length == 0 ? field.Name : $"{place}.{field.Name}", files);
        else if (at.ValueKind is JsonValueKind.Array)
            foreach (var (i, item) in at.EnumerateArray().Index()) Find(item, $"{place}.{i}", files);
        else if (at.ValueKind is JsonValueKind.String && File().IsMatch(at.GetRawText()))
            files.Add((place, at.GetString()!));
    }

    [GeneratedRegex(@"(?<!\\)""(csv|png):(?:[^""\\]|\\.)*""")]
    private static partial Regex File();
}
