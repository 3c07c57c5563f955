using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Engines.GraphQL;
using Engines.GraphQL.Language;
using Engines.GraphQL.Validation;
using Xunit;

namespace Cmms.Tests.Contract;

/// <summary>The guides for front-end teams say what is true.</summary>
[Collection(DemoGraph.Shared)]
public sealed partial class GuideTests(DemoGraph graph)
{
    [Fact]
    public async Task The_examples_of_the_guide_run()
    {
        var examples = Examples().Matches(File.ReadAllText(Repository.File("docs", "guides", "frontend.md"))).Select(m => m.Groups[1].Value).ToList();
        Assert.True(examples.Count >= 5, "The examples were not found.");
        foreach (var example in examples)
        {
            var operation = Parser.Parse(System.Text.Encoding.UTF8.GetBytes(example)).Definitions.OfType<OperationDefinitionNode>().Single();
            if (operation.Operation is OperationType.Subscription) Assert.Empty(DocumentValidator.Validate(graph.Schema, Parser.Parse(System.Text.Encoding.UTF8.GetBytes(example))).Select(e => e.Message));
            else foreach (var field in (await graph.DataAsync(example)).EnumerateObject()) Assert.True(field.Value.ValueKind is not JsonValueKind.Null, $"{field.Name} of {example}");
        }
    }

    [Theory]
    [InlineData("people.md")]
    [InlineData("files.md")]
    public void The_documents_of_a_guide_are_valid(string guide)
    {
        var examples = Examples().Matches(File.ReadAllText(Repository.File("docs", "guides", guide))).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(examples);
        foreach (var example in examples) Assert.Empty(DocumentValidator.Validate(graph.Schema, Parser.Parse(System.Text.Encoding.UTF8.GetBytes(example))).Select(e => $"{e.Message} {example}"));
    }

    [Fact]
    public void Every_code_is_on_the_page_and_every_code_of_the_page_exists()
    {
        var thrown = new[] { "Cmms.Domain", "Cmms.Graph" }.SelectMany(p => Directory.EnumerateFiles(Repository.File(p), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Thrown().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value))
            .Concat(typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)).ToHashSet();
        var told = Told().Matches(File.ReadAllText(Repository.File("docs", "guides", "errors.md"))).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.True(thrown.Count > 30, "The codes were not found.");
        Assert.Equal(thrown.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("```graphql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();

    [GeneratedRegex("(?:DomainError\\(|GraphQLException\\([^;]*?|GraphQLError\\([^;]*?|ExpiredCode = )\"([A-Z]+(?:_[A-Z]+)*)\"")]
    private static partial Regex Thrown();

    [GeneratedRegex("^\\| `([A-Z_]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Told();
}
