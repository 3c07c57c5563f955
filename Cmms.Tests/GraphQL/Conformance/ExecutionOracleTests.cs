using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cmms.Tests.Demo;
using Cmms.Tests.GraphQL.Execution;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>The same requests on the same data: byte-equal data and the same error paths as the reference implementation.</summary>
[Collection("Oracle")]
public sealed class ExecutionOracleTests(ITestOutputHelper output)
{
    private const int Requests = 2_500;

    private static readonly ExecutionOptions s_unlimited = new()
    {
        Parser = ParserOptions.Trusted,
        Validation = Unlimited.Validation,
        MaxPlanFields = 10_000_000,
        MaxCost = double.MaxValue,
        MaxVariableErrors = int.MaxValue,
    };

    private sealed record Case(string World, RequestExecutor Executor, string Document, string? Operation, string Variables, double Trouble, string Seed);

    [NodeFact]
    public async Task Random_requests_over_random_nulls_and_errors_are_answered_as_graphql_js_answers_them()
    {
        var random = OracleSeed.Next(output);
        await using var oracle = await Oracle.StartAsync();
        List<Case> cases = [];
        foreach (var (name, sdl, share) in new[] { ("zoo", Zoo.Sdl, 0.8), ("cmms", await File.ReadAllTextAsync(Repository.File("schema", "cmms.graphql")), 0.2) })
        {
            await oracle.AskAsync(new { kind = "schema", name, sdl });
            cases.AddRange(Cases(name, SdlSchema.Build(sdl, (_, _) => SeededAnswers.Resolver), random, (int)(Requests * share)));
        }

        var answers = await oracle.AskAsync([.. cases.Select(object (c) => new
        {
            kind = "executedSeeded", schema = c.World, document = c.Document, operationName = c.Operation, variables = JsonNode.Parse(c.Variables), seed = c.Seed, trouble = c.Trouble,
        })]);
        List<string> different = [];
        int refused = 0, troubled = 0, excluded = 0;
        for (var i = 0; i < cases.Count; i++)
        {
            var (ours, messages) = await AskAsync(cases[i]);
            var theirs = Shown((string?)answers[i]["data"], [.. answers[i]["errors"]!.AsArray().Select(e => new Failure(e!["path"], [.. e["at"]!.AsArray().Select(a => (string)a!)], (string)e["message"]!))]);
            if (answers[i]["data"] is null) refused++;
            else if (answers[i]["errors"]!.AsArray().Count > 0) troubled++;
            if (ours == theirs) continue;
            if (Exclusions.OfExecution(ours, theirs, messages) is not null) excluded++;
            else different.Add($"{cases[i].World} {cases[i].Variables}\n{cases[i].Document}\n--- ours\n{ours}\n{string.Join('\n', messages)}\n--- theirs\n{theirs}\n{string.Join('\n', answers[i]["errors"]!.AsArray().Select(e => (string)e!["message"]!))}\n");
        }

        output.WriteLine($"{cases.Count} requests: {refused} refused for their variables, {troubled} answered with errors, {excluded} excluded.");
        Assert.True(different.Count == 0, $"{different.Count} requests are answered differently, such as:\n\n{string.Join("\n\n", different.OrderBy(d => d.Length).Take(5))}");
        Assert.True(cases.Count - excluded >= 2_000 && refused > 50 && troubled > 500);
    }

    private static IEnumerable<Case> Cases(string world, Schema schema, Random random, int count)
    {
        var documents = new RandomDocuments(schema, random) { Introspects = false };
        var executor = new RequestExecutor(schema, s_unlimited);
        for (var i = 0; i < count;)
        {
            var document = documents.Next(random.Next(4, 40));
            if (document.Text.Contains("subscription", StringComparison.Ordinal) || Verdict.Ours(schema, document.Text).Count > 0) continue;
            yield return new Case(world, executor, document.Text, document.Operation, documents.Variables(document, mayBeWrong: i % 4 == 0), (i % 5) switch { 0 => 0, 1 or 2 => 0.02, 3 => 0.08, _ => 0.25 },
                random.Next().ToString(CultureInfo.InvariantCulture));
            i++;
        }
    }

    private static async Task<(string Answer, IReadOnlyList<string> Messages)> AskAsync(Case asked)
    {
        var scope = Kit.Scope() with
        {
            Prepare = context =>
            {
                context.Items[SeededAnswers.Seed] = asked.Seed;
                context.Items[SeededAnswers.Trouble] = asked.Trouble;
            },
        };
        using var result = (SingleResult)await asked.Executor.ExecuteAsync(Kit.Request(asked.Document, asked.Variables, asked.Operation), scope);
        using var json = JsonDocument.Parse(result.Json, new JsonDocumentOptions { MaxDepth = 1000 });
        var data = json.RootElement.TryGetProperty("data", out var found) ? found.GetRawText() : null;
        return (Shown(data, [.. result.Errors.Select(e => new Failure(JsonSerializer.SerializeToNode(e.Path), [.. e.Locations?.Select(l => $"{l.Line}:{l.Column}") ?? []], e.Message))]), [.. result.Errors.Select(e => e.Message)]);
    }

    private sealed record Failure(JsonNode? Path, IReadOnlyList<string> Places, string Message)
    {
        // An argument that cannot be coerced is placed at its field here and at its value there.
        public override string ToString() => $"{Path?.ToJsonString() ?? "no path"} {(Message.StartsWith("Argument \"", StringComparison.Ordinal) ? "" : string.Join(',', Places))}";
    }

    private static string Shown(string? data, List<Failure> errors) =>
        // Of a variable graphql-js tells everything that is wrong, this engine the first.
        string.Join('\n', [data ?? "no data", .. errors.Select(e => e.ToString()).Distinct().Order(StringComparer.Ordinal)]);
}
