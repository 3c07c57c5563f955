using System.Text.Json;
using System.Text.RegularExpressions;
using Cmms.Tests.Work;
using Engines.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using static Cmms.Tests.Contract.RoleTable;

namespace Cmms.Tests.Contract;

/// <summary>Tells a story as one column of the table: what it may do, it does; what it may not, it tries, and then somebody does it who may.</summary>
internal sealed class RoleTeller
{
    private static readonly RoleTable s_table = RoleTable.Read();
    private readonly TestGraph _graph;
    private readonly string _column;
    private readonly List<string> _surprises;
    private readonly TestCalls _calls;
    private readonly SmallDocuments _documents;
    private readonly string _me;
    private readonly string _site;

    public RoleTeller(TestGraph graph, RoleStaff staff, string column, List<string> surprises)
    {
        (_graph, _column, _surprises, _calls) = (graph, column, surprises, new TestCalls(graph));
        _documents = new SmallDocuments(graph.Services.GetRequiredService<Schema>());
        _me = RoleStaff.Caller(column) ?? RoleStaff.Caller("Requester")!;
        _site = Doors.GlobalId("Site", graph.Plant.SiteId);
        (_calls["me"], _calls["other"], _calls["site"]) = (staff.IdOf(column), staff.Other, _site);
    }

    public async Task TellAsync(IReadOnlyList<Step> story)
    {
        foreach (var step in story)
        {
            if (step.Input is null) _calls.Remember(await _graph.DataAsync(step.Name, _calls.Ids, step.As == "me" ? _me : step.As, _site), step.Remember!);
            else if (!await DoAsync(step)) return;
        }
    }

    /// <summary>False when it did not work, so that nothing can follow.</summary>
    private async Task<bool> DoAsync(Step step)
    {
        var isOwn = step.As == "me";
        string? doer = isOwn ? "admin" : step.As;
        if (step.Events is not null)
        {
            var cell = s_table.Of("Mutations", step.Name, _column);
            if (cell == "no") await IsRefusedAsync(step, RoleStaff.Caller(_column), _site, answer => IsRefusal(answer, _column));
            if (cell == "own only" && isOwn && Regex.IsMatch(step.Input!, "{[a-z]")) await IsForeignAsync(step);
            if (cell == "yes") doer = RoleStaff.Caller(_column);
            else if (cell == "own only" && isOwn) doer = _me;
            // Nobody but its owner does what is one's own; where the role may not, another of the same rights does.
            else if (isOwn && s_table.Of("Mutations", step.Name, "Owner") == "own only") doer = _me;
        }
        var answer = await AskAsync(step, doer, _site);
        if (Payload(answer) is not { } payload || payload.GetProperty("errors").ValueKind is not JsonValueKind.Null)
        {
            _surprises.Add($"{_column}: {step.Name} {_calls.Filled(step.Input!)} as {doer}: {answer}");
            return false;
        }
        if (step.Remember is not null) _calls.Remember(payload, step.Remember);
        return true;
    }

    /// <summary>To a stranger of the same rights it is forbidden, or not there.</summary>
    private Task IsForeignAsync(Step step)
    {
        var (key, isOfSite) = RoleStaff.Stranger(_column);
        return IsRefusedAsync(step, key, isOfSite ? _site : null, answer => IsRefusal(answer, _column)
            || (Payload(answer)?.GetProperty("errors") is { ValueKind: JsonValueKind.Array } errors && errors[0].GetProperty("code").GetString() == "NOT_FOUND"));
    }

    private async Task IsRefusedAsync(Step step, string? caller, string? site, Func<JsonElement, bool> isRefusal)
    {
        if (caller is not null) await _graph.DataAsync("{ me { id } }", @as: caller, site: site);
        var before = await DatabaseImage.TakeAsync(_graph.Plant.Database);
        var answer = await AskAsync(step, caller, site);
        if (!isRefusal(answer)) _surprises.Add($"{_column}: {step.Name} {_calls.Filled(step.Input!)} as {caller} is not refused: {answer}");
        _surprises.AddRange((await ChangedAsync(_graph, before)).Select(t => $"{_column}: {step.Name} as {caller} changed the table {t}"));
    }

    private Task<JsonElement> AskAsync(Step step, string? caller, string? site) =>
        _graph.AskAsync(_documents.Mutation(step.Name), step.Input!.Length == 0 ? null : new { input = JsonElement.Parse(_calls.Filled(step.Input)) }, caller, site);

    private static JsonElement? Payload(JsonElement answer) =>
        !answer.TryGetProperty("errors", out _) && answer.GetProperty("data").EnumerateObject().Single().Value is { ValueKind: JsonValueKind.Object } payload ? payload : null;

    public static string Code(string column) => column is Nobody ? "UNAUTHENTICATED" : "FORBIDDEN";

    /// <summary>Refused as a whole, with the permission that is missing and nothing else.</summary>
    public static bool IsRefusal(JsonElement answer, string column) =>
        answer.TryGetProperty("errors", out var errors) && errors[0].GetProperty("extensions").GetProperty("code").GetString() == Code(column)
        && (column is Nobody || Regex.IsMatch(errors[0].GetProperty("message").GetString()!, "^(Your role in this site lacks the permission [A-Z_]+|Only an owner of the customer may do this)\\.$"));

    public static async Task<IEnumerable<string>> ChangedAsync(TestGraph graph, IReadOnlyDictionary<string, string> before)
    {
        var after = await DatabaseImage.TakeAsync(graph.Plant.Database);
        return before.Keys.Where(t => before[t] != after[t]);
    }
}
