using System.Text.Json;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests;

/// <summary>
/// Calls of mutations by their documents in schema/operations, one line a call. Ids go by name: what a call makes is remembered as it is told,
/// and <c>{pump}</c> in a later input stands for it.
/// </summary>
internal sealed class TestCalls(TestGraph graph)
{
    private readonly Dictionary<string, string> _ids = [];
    private readonly List<string> _surprises = [];

    public string this[string name]
    {
        get => _ids[name];
        set => _ids[name] = value;
    }

    public IReadOnlyDictionary<string, string> Ids => _ids;

    /// <summary>The site that calls name; without one, the caller's only one.</summary>
    public string? Site { get; set; }

    /// <summary>A call that succeeds and leaves exactly these events, in their order.</summary>
    /// <param name="input">Empty for a mutation that takes none.</param>
    /// <param name="events">Null where others prove them.</param>
    /// <param name="remember">What the made object is called from now on, such as <c>asset.id as pump</c>.</param>
    public async Task<JsonElement> DoesAsync(string mutation, string input, string? events, string? remember = null, string? @as = "admin")
    {
        var before = await LastAsync();
        var answer = await CallAsync(mutation, input, @as);
        if (answer.TryGetProperty("errors", out _) || Payload(answer) is not { } payload || payload.GetProperty("errors").ValueKind is not JsonValueKind.Null)
        {
            _surprises.Add($"{mutation} {input}: {answer}");
            return default;
        }
        var left = string.Join(' ', (await SinceAsync(before)).Select(e => e.Type));
        if (events is not null && left != events) _surprises.Add($"{mutation} {input}: left '{left}', not '{events}'");
        if (remember is not null) Remember(payload, remember);
        return payload;
    }

    /// <summary>Remembers an id that stands in an answer, such as <c>created.0.id as other</c>.</summary>
    public void Remember(JsonElement answer, string what)
    {
        var (path, name) = what.Split(" as ") is [var left, var right] ? (left, right) : throw new ArgumentException(what);
        _ids[name] = path.Split('.').Aggregate(answer, (at, part) => int.TryParse(part, out var index) ? at[index] : at.GetProperty(part)).GetString()!;
    }

    /// <summary>A text with ids in the place of their names.</summary>
    public string Filled(string text) => _ids.Aggregate(text, (at, id) => at.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    /// <summary>The document of a mutation in schema/operations.</summary>
    public static string Document(string mutation) => File.ReadAllText(Repository.File("schema", "operations", char.ToUpperInvariant(mutation[0]) + mutation[1..] + ".graphql"));

    /// <summary>A call that is refused and leaves nothing at all.</summary>
    /// <param name="refusal">
    /// A typed error as <c>CODE path.below.input</c>, or for an input that is no input of that type <c>BAD_USER_INPUT word</c>, the word being what the message names.
    /// </param>
    public async Task RefusesAsync(string mutation, string input, string refusal, string? @as = "admin")
    {
        var before = await LastAsync();
        var answer = await CallAsync(mutation, input, @as);
        var (code, field) = refusal.Split(' ') is [var first, var second] ? (first, second) : (refusal, "");
        var isRefused = answer.TryGetProperty("errors", out var errors)
            ? errors[0].GetProperty("extensions").GetProperty("code").GetString() == code && errors[0].GetProperty("message").GetString()!.Contains(field, StringComparison.Ordinal)
            : Payload(answer)!.Value.GetProperty("errors") is { ValueKind: JsonValueKind.Array } typed && typed[0].GetProperty("code").GetString() == code
                && string.Join('.', Path(typed[0])) == field;
        if (!isRefused) _surprises.Add($"{mutation} {input}: not '{refusal}' but {answer}");
        if ((await SinceAsync(before)).Count > 0) _surprises.Add($"{mutation} {input}: left an event");
    }

    public IReadOnlyList<string> Surprises => _surprises;

    /// <summary>Fails with every call that went otherwise.</summary>
    public void Verify() => Assert.True(_surprises.Count == 0, string.Join('\n', _surprises));

    /// <summary>An answer as a reviewer reads it: indented, with the names of ids in their place.</summary>
    public string Readable(JsonElement answer)
    {
        var text = JsonSerializer.Serialize(answer, s_indented);
        return _ids.OrderByDescending(id => id.Value.Length).Aggregate(text, (at, id) => at.Replace(id.Value, $"<{id.Key}>", StringComparison.Ordinal));
    }

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Task<JsonElement> CallAsync(string mutation, string input, string? caller) =>
        graph.AskAsync(Document(mutation), input.Length == 0 ? null : new { input = JsonElement.Parse(Filled(input)) }, caller, Site);

    private async Task<long> LastAsync() =>
        await graph.Plant.Database.ReadAsync(Scope.Customer(graph.Plant.CustomerId), db => All(db).MaxAsync(e => (long?)e.Position)) ?? 0;

    private Task<List<Domain.Events.Event>> SinceAsync(long position) => graph.Plant.Database.ReadAsync(
        Scope.Customer(graph.Plant.CustomerId), db => All(db).Where(e => e.Position > position).OrderBy(e => e.Position).ToListAsync());

    private static IQueryable<Domain.Events.Event> All(CmmsDb db) => db.Events.IgnoreQueryFilters();

    private static JsonElement? Payload(JsonElement answer) =>
        answer.GetProperty("data").ValueKind is JsonValueKind.Object ? answer.GetProperty("data").EnumerateObject().Single().Value : null;

    private static IEnumerable<string> Path(JsonElement error) =>
        error.GetProperty("path") is { ValueKind: JsonValueKind.Array } path ? path.EnumerateArray().Select(p => p.GetString()!).Skip(1) : [];
}
