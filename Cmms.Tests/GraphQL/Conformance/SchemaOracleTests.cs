using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cmms.Tests.Demo;
using Cmms.Tests.GraphQL.Execution;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>Schemas as graphql-js reads them: printed, asked for by introspection, and executed with fixed answers through the host for outside suites.</summary>
[Collection("Oracle")]
public sealed class SchemaOracleTests(ITestOutputHelper output)
{
    private const int Schemas = 300;
    private const int DocumentsEach = 8;

    [NodeFact]
    public async Task Printed_schemas_are_read_back_as_equal_ones()
    {
        var sources = Sources(OracleSeed.Next(output));
        await using var oracle = await Oracle.StartAsync();
        var printed = sources.ConvertAll(s => SchemaPrinter.Print(SdlSchema.Build(s)));
        Assert.All(printed, p => Assert.Equal(p, SchemaPrinter.Print(SdlSchema.Build(p))));
        var answers = await oracle.AskAsync([.. sources.Zip(printed, object (original, p) => new { kind = "sameSdl", original, printed = p })]);
        for (var i = 0; i < sources.Count; i++) AssertEqual(answers[i], sources[i]);
    }

    [NodeFact]
    public async Task Introspection_tells_what_graphql_js_tells()
    {
        var sources = Sources(OracleSeed.Next(output));
        await using var oracle = await Oracle.StartAsync();
        var query = (string)(await oracle.AskAsync(new { kind = "introspectionQuery" }))["query"]!;
        var options = new ExecutionOptions { MaxCost = double.MaxValue, Validation = Unlimited.Validation };
        List<object> questions = [];
        foreach (var sdl in sources)
        {
            var answer = JsonNode.Parse(await Kit.Executor(SdlSchema.Build(sdl), options).Ask(query))!;
            Assert.Null(answer["errors"]);
            questions.Add(new { kind = "sameIntrospection", sdl, introspection = answer["data"] });
        }
        var answers = await oracle.AskAsync(questions);
        for (var i = 0; i < sources.Count; i++)
        {
            AssertEqual(answers[i], sources[i]);
            Assert.Equal((string)answers[i]["expectedSdl"]!, (string)answers[i]["actualSdl"]!);
        }
    }

    [NodeFact]
    public async Task Printed_documents_are_read_back_as_the_same_tree()
    {
        var random = OracleSeed.Next(output);
        await using var oracle = await Oracle.StartAsync();
        var texts = Sources(random);
        var documents = new RandomDocuments(SdlSchema.Build(Zoo.Sdl), random);
        texts.AddRange(Enumerable.Range(0, 1_500).Select(_ => documents.Next(random.Next(4, 40)).Text));
        var printed = texts.ConvertAll(t => SyntaxPrinter.Print(Parser.Parse(t, ParserOptions.Trusted)));
        Assert.All(printed, p => Assert.Equal(p, SyntaxPrinter.Print(Parser.Parse(p, ParserOptions.Trusted))));
        var answers = await oracle.AskAsync([.. texts.Zip(printed, object (original, p) => new { kind = "sameTree", original, printed = p })]);
        for (var i = 0; i < texts.Count; i++) Assert.True((bool)answers[i]["same"]!, $"{texts[i]}\n--- printed\n{printed[i]}\n--- theirs\n{answers[i]["expected"]}");
    }

    [NodeFact]
    public async Task The_host_answers_random_requests_to_random_schemas_as_graphql_js_does()
    {
        var random = OracleSeed.Next(output);
        var schemas = new RandomSchemas(random);
        await using var oracle = await Oracle.StartAsync();
        await using var host = await ConformanceHost.StartAsync(0);
        using var http = new HttpClient();
        List<(string Sdl, RandomDocument Document, JsonNode? Variables)> cases = [];
        for (var i = 0; i < Schemas; i++)
        {
            var sdl = schemas.Next();
            var schema = SdlSchema.Build(sdl);
            var documents = new RandomDocuments(schema, random) { Introspects = false };
            for (var d = 0; d < DocumentsEach; d++)
            {
                var document = documents.Next(random.Next(4, 30));
                if (Verdict.Ours(schema, document.Text).Count == 0) cases.Add((sdl, document, JsonNode.Parse(documents.Variables(document, mayBeWrong: false))));
            }
        }
        Assert.True(cases.Count > Schemas * DocumentsEach / 2, $"Only {cases.Count} documents are valid.");
        var answers = await oracle.AskAsync([.. cases.Select(object (c) => new { kind = "executedFixed", sdl = c.Sdl, document = c.Document.Text, variables = c.Variables, operationName = c.Document.Operation })]);
        var told = 0;
        for (var i = 0; i < cases.Count; i++)
        {
            var (sdl, document, variables) = cases[i];
            using var answer = await http.PostAsJsonAsync(new Uri(host.Address, "execute"), new { schema = sdl, query = document.Text, variables, operationName = document.Operation });
            var body = await answer.Content.ReadAsStringAsync();
            if (answers[i]["errors"]!.AsArray().Count > 0)
            {
                // Such as a null that a variable brings where none may stand: how it is told is each one's own.
                told++;
                Assert.Contains("\"errors\":", body, StringComparison.Ordinal);
            }
            else if (Exclusions.OfExecution(body, "", [body]) is null)
            {
                Assert.True($"{{\"data\":{answers[i]["data"]}}}" == body, $"{sdl}\n\n{document.Text}\n{variables}\n--- ours\n{body}\n--- theirs\n{answers[i]["data"]}");
            }
        }
        output.WriteLine($"{cases.Count} requests to {Schemas} schemas, {told} answered with errors.");
        Assert.True(told < cases.Count / 20);
    }

    private static List<string> Sources(Random random)
    {
        var schemas = new RandomSchemas(random);
        return [.. Enumerable.Range(0, Schemas).Select(_ => schemas.Next()), Zoo.Sdl, Zoo.Bare, File.ReadAllText(Repository.File("schema", "cmms.graphql"))];
    }

    private static void AssertEqual(JsonNode answer, string source)
    {
        Assert.True(answer["problems"]!.AsArray().Count == 0, $"{answer["problems"]}\n\n{source}");
        Assert.Equal((string)answer["expected"]!, (string)answer["actual"]!);
    }
}
