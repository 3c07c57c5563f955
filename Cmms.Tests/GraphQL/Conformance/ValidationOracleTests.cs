using System.Text;
using Cmms.Tests.Demo;
using Cmms.Tests.GraphQL.Validation;
using Engines.GraphQL.Types;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>The same documents, the same verdict and the same places as the reference implementation.</summary>
[Collection("Oracle")]
public sealed class ValidationOracleTests(ITestOutputHelper output)
{
    private const int Documents = 6_000;
    private const int LeastPerRule = 50;

    [NodeFact]
    public async Task Every_document_is_found_as_valid_or_as_wrong_as_graphql_js_finds_it()
    {
        var random = OracleSeed.Next(output);
        (string Name, string Sdl, int Share)[] worlds =
        [
            ("zoo", Zoo.Sdl, 11), ("corpus", ValidationCorpus.Sdl, 3), ("cmms", await File.ReadAllTextAsync(Repository.File("schema", "cmms.graphql")), 5), ("bare", Zoo.Bare, 1),
        ];
        await using var oracle = await Oracle.StartAsync();
        List<(string World, Schema Schema, string Document)> documents = [];
        foreach (var (name, sdl, share) in worlds)
        {
            var schema = SdlSchema.Build(sdl);
            Assert.Empty((await oracle.AskAsync(new { kind = "schema", name, sdl }))["problems"]!.AsArray());
            documents.AddRange(Random(schema, random, Documents * share / worlds.Sum(w => w.Share)).Select(d => (name, schema, d)));
            if (name == "corpus") documents.AddRange(ValidationCorpus.Cases.Select(c => (name, schema, (string)c[1])));
            if (name == "cmms") documents.AddRange(Directory.GetFiles(Repository.File("schema", "operations"), "*.graphql").Select(f => (name, schema, File.ReadAllText(f))));
        }

        var answers = await oracle.AskAsync([.. documents.Select(object (d) => new { kind = "validated", schema = d.World, document = d.Document })]);
        var (rules, excluded, different, invalid) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new SortedDictionary<string, int>(StringComparer.Ordinal), new List<string>(), 0);
        for (var i = 0; i < documents.Count; i++)
        {
            var (ours, theirs) = (Verdict.Ours(documents[i].Schema, documents[i].Document), Verdict.Theirs(answers[i]));
            if (theirs.Count > 0) invalid++;
            foreach (var rule in theirs.Select(e => e.Rule).Distinct()) Count(rules, rule);
            if (Exclusions.OfDocument(documents[i].Document, ours) is { } reason)
            {
                Count(excluded, reason);
                continue;
            }
            var (onlyOurs, onlyTheirs) = (Unexplained(ours, theirs, true, excluded), Unexplained(theirs, ours, false, excluded));
            if (onlyOurs.Count + onlyTheirs.Count > 0)
                different.Add($"{documents[i].World}\n{documents[i].Document}\n  only ours:   {string.Join("; ", onlyOurs)}\n  only theirs: {string.Join("; ", onlyTheirs)}");
        }

        output.WriteLine($"{documents.Count} documents, {invalid} of them invalid. By rule:");
        foreach (var (rule, count) in rules) output.WriteLine($"{count,6} {rule}");
        foreach (var (reason, count) in excluded) output.WriteLine($"{count,6} excluded: {reason}");
        Assert.True(different.Count == 0, Report(different));
        Assert.True(documents.Count >= 5_000 && invalid >= documents.Count * 0.6, $"{invalid} of {documents.Count} are invalid.");
        foreach (var rule in Rules()) Assert.True(rules.GetValueOrDefault(rule) >= LeastPerRule, $"{rule} was broken {rules.GetValueOrDefault(rule)} times only.");
    }

    private static IEnumerable<string> Random(Schema schema, Random random, int count)
    {
        var documents = new RandomDocuments(schema, random);
        var faults = Enum.GetValues<Fault>();
        for (var i = 0; i < count; i++)
            yield return documents.Next(random.Next(4, 30), Enumerable.Range(0, i % 5 == 0 ? 0 : random.Next(1, 4)).Select(_ => schema.Mutation is null ? Fault.WrongOperation : faults[random.Next(faults.Length)])).Text;
    }

    /// <summary>What one has found and the other has not, as often, for no known reason.</summary>
    private static List<Finding> Unexplained(IReadOnlyList<Finding> found, IReadOnlyList<Finding> others, bool isOurs, SortedDictionary<string, int> excluded)
    {
        var left = others.ToList();
        List<Finding> alone = [.. found.Where(f => !left.Remove(f))];
        alone.RemoveAll(finding =>
        {
            if (Exclusions.Of(finding, isOurs, [.. found, .. others]) is not { } reason) return false;
            Count(excluded, reason);
            return true;
        });
        return alone;
    }

    private static IEnumerable<string> Rules() => ValidationCorpus.Cases.Select(c => (string)c[0]).Distinct().Append("Syntax");

    private static void Count(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    private static string Report(List<string> different)
    {
        var text = new StringBuilder($"{different.Count} documents are judged differently, such as:\n\n");
        foreach (var document in different.OrderBy(d => d.Length).Take(12)) text.Append(document).Append("\n\n");
        return text.ToString();
    }
}
