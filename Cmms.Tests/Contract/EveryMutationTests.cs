using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cmms.Domain.Persistence;
using Cmms.Tests.Persistence;
using Cmms.Tests.Work;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cmms.Tests.Contract;

/// <summary>
/// No mutation can be forgotten: each has a call that works, by its document and with its events; and from what its input type says follows all that
/// must be refused, with the field named and nothing changed.
/// </summary>
public sealed class EveryMutationTests
{
    private const string Organization = "Organization", Assets = "Assets", Inventory = "Inventory", Work = "Work", Requests = "Requests", Production = "Production", Planning = "Planning", Projects = "Projects", Policies = "Policies";

    [Theory]
    [Sqlite(Organization), Sqlite(Assets), Sqlite(Inventory), Sqlite(Work), Sqlite(Requests), Sqlite(Production), Sqlite(Planning), Sqlite(Projects), Sqlite(Policies)]
    [PostgreSql(Organization), PostgreSql(Assets), PostgreSql(Inventory), PostgreSql(Work), PostgreSql(Requests), PostgreSql(Production), PostgreSql(Planning), PostgreSql(Projects), PostgreSql(Policies)]
    public async Task What_is_wrong_is_refused_by_name_and_what_is_right_leaves_its_events(DatabaseProvider provider, string story)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await new Teller(graph, await StrangersAsync(graph.Plant)).TellAsync(MutationStories.All[story]);
    }

    [Fact]
    public void Every_mutation_is_called_in_a_story_that_is_told()
    {
        var told = typeof(EveryMutationTests).GetMethod(nameof(What_is_wrong_is_refused_by_name_and_what_is_right_leaves_its_events))!
            .GetCustomAttributesData().Where(a => a.AttributeType == typeof(SqliteAttribute))
            .SelectMany(a => (IReadOnlyCollection<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!).Select(a => (string)a.Value!).ToList();
        Assert.Equal(MutationStories.All.Keys.Order(), told.Order());
        var called = MutationStories.All.Values.SelectMany(s => s).Where(s => s.Events is not null).Select(s => s.Name).ToHashSet();
        var schema = SdlSchema.Build(File.ReadAllText(Repository.File("schema", "cmms.graphql")));
        Assert.Equal([], schema.Mutation!.Fields.Select(f => f.Name).Except(called));
    }

    /// <summary>Each is then held to leave its reason in the log.</summary>
    [Fact]
    public void Every_mutation_that_takes_a_reason_gives_one_in_a_story()
    {
        var schema = SdlSchema.Build(File.ReadAllText(Repository.File("schema", "cmms.graphql")));
        var given = MutationStories.All.Values.SelectMany(s => s).Where(s => s.Input?.Length > 0 && ReasonInputs.In(JsonElement.Parse(s.Input)).Any()).Select(s => s.Name).ToHashSet();
        var taking = schema.Mutation!.Fields.Where(f => f.Arguments.Any(a => a.Type.Named is InputObjectType input && ReasonInputs.Takes(input))).Select(f => f.Name).ToList();
        Assert.Empty(taking.Except(given));
        Assert.Empty(ReasonInputs.Others.Keys.Except(taking));
        Assert.True(taking.Count > 15, $"only {taking.Count}");
    }

    /// <summary>By type, an object of the neighbouring site and one of another customer; of what belongs to the customer, the latter alone.</summary>
    private static async Task<ILookup<string, string>> StrangersAsync(TestPlant plant)
    {
        var other = await TestPlant.AddCustomerAsync(plant.Database, "Other");
        await using var connection = await DatabaseImage.OpenAsync(plant.Database.Options);
        Rows rows = new(connection);
        List<(string Type, string Id)> ids = [];
        foreach (var table in plant.Database.Factory.Model.GetRelationalModel().Tables)
        {
            var type = Rows.Type(table);
            if (type.HasSharedClrType || type.FindAnnotation("WrittenBySql") is not null || type.FindProperty("Id") is null) continue;
            if (Rows.IsSiteOwned(table)) await AddAsync(table, new Rows.Owner(plant.CustomerId, plant.NeighbourId));
            if (type.FindProperty("CustomerId") is not null || Rows.IsSiteOwned(table)) await AddAsync(table, new Rows.Owner(other.CustomerId, other.SiteId));
        }
        return ids.ToLookup(i => i.Type, i => i.Id);

        async Task AddAsync(ITable table, Rows.Owner owner) =>
            ids.Add((Rows.Type(table).ClrType.Name, new GlobalId(Rows.Type(table).ClrType.Name, (long)(await rows.GetAsync(table, owner)).Values["id"]!).ToString()));
    }

    /// <summary>Tells a story: before each call that is proved, all that must be refused in its place.</summary>
    private sealed class Teller(TestGraph graph, ILookup<string, string> strangers)
    {
        private readonly Schema _schema = graph.Services.GetRequiredService<Schema>();
        private readonly TestCalls _calls = new(graph);
        private readonly ConcurrentQueue<string> _surprises = new();
        private int _refused;

        public async Task TellAsync(IReadOnlyList<Step> story)
        {
            var site = (await graph.DataAsync("""{ site(code: "NORTH") { id } }""")).GetProperty("site").GetProperty("id").GetString()!;
            _calls.Site = site;
            foreach (var step in story)
                if (!await TellAsync(story, step)) break;
            Assert.True(_surprises.IsEmpty && _calls.Surprises.Count == 0, $"{_surprises.Count} of {_refused} bad inputs:\n" + string.Join('\n', _surprises.Order(StringComparer.Ordinal).Concat(_calls.Surprises)));
        }

        /// <summary>False when it did not work, so that nothing can follow.</summary>
        private async Task<bool> TellAsync(IReadOnlyList<Step> story, Step step)
        {
            if (step.Input is null)
            {
                _calls.Remember(await graph.DataAsync(step.Name, _calls.Ids, step.As, _calls.Site), step.Remember!);
                return true;
            }
            if (step.Events is not null && step.Input.Length > 0) await RefuseAllWithoutTraceAsync(story, step);
            var before = await LastAsync();
            var does = (await _calls.DoesAsync(step.Name, step.Input, step.Events, step.Remember, step.As)).ValueKind is JsonValueKind.Object;
            if (does && step.Input.Length > 0) await RequireReasonsAsync(step, before);
            return does;
        }

        /// <summary>Why something was done, where the input says so, is on record with what was done.</summary>
        private async Task RequireReasonsAsync(Step step, long before)
        {
            var reasons = await graph.Plant.Database.ReadAsync(Scope.System, db => db.Events.Where(e => e.Position > before && e.CustomerId == graph.Plant.CustomerId).Select(e => e.Reason).ToListAsync());
            foreach (var why in ReasonInputs.In(JsonElement.Parse(_calls.Filled(step.Input!))).Where(_ => !ReasonInputs.Others.ContainsKey(step.Name)))
                if (!reasons.Contains(why)) _surprises.Enqueue($"{step.Name}: its reason '{why}' is on no event");
        }

        private Task<long> LastAsync() => graph.Plant.Database.ReadAsync(Scope.System, db => db.Events.Where(e => e.CustomerId == graph.Plant.CustomerId).MaxAsync(e => e.Position));

        private async Task RefuseAllWithoutTraceAsync(IReadOnlyList<Step> story, Step step)
        {
            var before = await DatabaseImage.TakeAsync(graph.Plant.Database);
            await RefuseAllAsync(story, step);
            var after = await DatabaseImage.TakeAsync(graph.Plant.Database);
            foreach (var table in before.Keys.Where(t => before[t] != after[t])) _surprises.Enqueue($"{step.Name}: refused inputs changed the table {table}");
        }

        private async Task RefuseAllAsync(IReadOnlyList<Step> story, Step step)
        {
            var input = (JsonObject)JsonNode.Parse(_calls.Filled(step.Input!))!;
            var type = (InputObjectType)_schema.Mutation!.Find(step.Name)!.Arguments.Single().Type.Named;
            var bad = new BadInputs(_schema, type, input, path => IsMine(story, step, path), strangers).All();
            _refused += bad.Count;
            foreach (var none in (string[])["{}", """{"input":null}""", """{"input":7}""", """{"input":[]}"""]) await RefuseAsync(step, none, "no input", ["input"]);
            await Parallel.ForEachAsync(bad, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (one, _) =>
            {
                var answer = await RefuseAsync(step, Variables(one.Input), one.Why, one.Path, one.Strangers is null ? null : "NOT_FOUND");
                foreach (var stranger in one.Strangers ?? [])
                {
                    var (_, other) = await AskAsync(step, Variables(stranger));
                    if (Anonymous(other) != Anonymous(answer)) _surprises.Enqueue($"{step.Name} {string.Join('.', one.Path)}: a stranger's is told apart: {Shorten(other)} instead of {Shorten(answer)}");
                }
            });
        }

        /// <summary>A field is proved where it is first given; one that is never given, where the object around it first is.</summary>
        private static bool IsMine(IReadOnlyList<Step> story, Step step, string path)
        {
            var calls = story.Where(s => s.Events is not null && s.Name == step.Name).ToList();
            var first = calls.Find(s => Gives(s, path)) ?? calls.Find(s => !path.Contains('.', StringComparison.Ordinal) || Gives(s, path[..path.LastIndexOf('.')]));
            return first == step;
        }

        private static bool Gives(Step step, string path)
        {
            JsonNode? at = JsonNode.Parse(step.Input!);
            foreach (var part in path.Split('.')) at = at is JsonArray items ? items.ElementAtOrDefault(0) : (at as JsonObject)?[part];
            return at is not null;
        }

        private async Task<string> RefuseAsync(Step step, string variables, string why, IReadOnlyList<string> path, string? code = null)
        {
            var (status, text) = await AskAsync(step, variables);
            if (status is not (200 or 400) || !IsRefusal(text, path, code)) _surprises.Enqueue($"{step.Name} {string.Join('.', path)} {why}: {status} {Shorten(text)}");
            return text;
        }

        private static bool IsRefusal(string text, IReadOnlyList<string> path, string? code)
        {
            var answer = JsonElement.Parse(text);
            var name = path.Last(p => !char.IsAsciiDigit(p[0]));
            // JSON that is no Unicode is refused before anybody knows of fields.
            if (text.Contains("The JSON has a string with a lone surrogate.", StringComparison.Ordinal)) return code is null;
            if (answer.TryGetProperty("errors", out var errors))
                return code is null && errors[0].GetProperty("extensions").GetProperty("code").GetString() == "BAD_USER_INPUT" && errors[0].GetProperty("message").GetString()!.Contains(name, StringComparison.Ordinal);
            var payload = answer.GetProperty("data").EnumerateObject().Single().Value;
            if (payload.GetProperty("errors") is { ValueKind: JsonValueKind.Array } typed)
                return (code is null || typed[0].GetProperty("code").GetString() == code) && typed[0].GetProperty("path") is { ValueKind: JsonValueKind.Array } at && IsAt([.. at.EnumerateArray().Skip(1).Select(p => p.GetString()!)], path);
            // One of many: its own error names the field of the item.
            return payload.TryGetProperty("results", out var results) && results[0].GetProperty("error") is { ValueKind: JsonValueKind.Object } item
                && (code is null || item.GetProperty("code").GetString() == code) && item.GetProperty("field").GetString() is { } field && (field == name || field + "s" == name);
        }

        /// <summary>The field itself; of a list of plain values, the list will do.</summary>
        private static bool IsAt(string[] named, IReadOnlyList<string> path) => named.SequenceEqual(path) || (char.IsAsciiDigit(path[^1][0]) && named.SequenceEqual(path.SkipLast(1)));

        private async Task<(int Status, string Text)> AskAsync(Step step, string variables) =>
            await graph.PostAsync($$"""{"query":{{JsonSerializer.Serialize(TestCalls.Document(step.Name))}},"variables":{{variables}}}""", step.As, _calls.Site);

        private static string Variables(JsonObject input) =>
            $$"""{"input":{{input.ToJsonString().Replace(BadInputs.LoneSurrogate, "\\ud800", StringComparison.Ordinal)}}}""";

        /// <summary>What was asked for is repeated in some answers; beyond that a stranger's object leaves no trace.</summary>
        private static string Anonymous(string answer) => string.Join('"', answer.Split('"').Select(t => GlobalId.TryParse(t, out var id) && id.Type.All(char.IsAsciiLetter) ? "ID" : t));

        private static string Shorten(string text) => text.Length <= 400 ? text : text[..400] + "…";
    }
}
