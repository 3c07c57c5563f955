using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Cmms.Tests;

/// <summary>
/// The body of a request. A text of the variables that begins with <c>csv:</c> stands for a file of the rest of it, and makes the body a form, as a browser would send it.
/// </summary>
internal static class TestContent
{
    private const string File = "csv:";

    public static HttpRequestMessage Request(string json)
    {
        if (!json.Contains($"\"{File}", StringComparison.Ordinal) || JsonNode.Parse(json) is not JsonObject request)
            return new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        List<(string Place, string Content)> files = [];
        Take(request["variables"], "variables", files);
        MultipartFormDataContent form = new()
        {
            { Json(request.ToJsonString()), "operations" },
            { Json(new JsonObject(files.Select((f, i) => KeyValuePair.Create<string, JsonNode?>($"{i}", new JsonArray(f.Place)))).ToJsonString()), "map" },
        };
        foreach (var (i, file) in files.Index())
        {
            ByteArrayContent content = new(Encoding.UTF8.GetBytes(file.Content));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            form.Add(content, $"{i}", "table.csv");
        }
        return new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = form, Headers = { { "GraphQL-Preflight", "1" } } };
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static void Take(JsonNode? at, string place, List<(string, string)> files)
    {
        if (at is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToList())
                if (IsFile(value, out var content)) { files.Add(($"{place}.{name}", content)); fields[name] = null; }
                else Take(value, $"{place}.{name}", files);
        }
        else if (at is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
                if (IsFile(items[i], out var content)) { files.Add(($"{place}.{i}", content)); items[i] = null; }
                else Take(items[i], $"{place}.{i}", files);
        }
    }

    private static bool IsFile(JsonNode? value, out string content)
    {
        content = value is JsonValue text && text.TryGetValue<string>(out var given) && given.StartsWith(File, StringComparison.Ordinal) ? given[File.Length..] : "";
        return value is JsonValue v && v.TryGetValue<string>(out var whole) && whole.StartsWith(File, StringComparison.Ordinal);
    }
}
