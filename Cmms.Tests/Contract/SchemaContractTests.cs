using Cmms.Domain.Persistence;
using Cmms.Graph;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Engines.GraphQL.Validation;
using Xunit;

namespace Cmms.Tests.Contract;

public sealed class SchemaContractTests
{
    private static readonly Schema s_schema = Build();

    [Fact]
    public void The_exported_schema_is_current() =>
        Assert.True(SchemaPrinter.Print(s_schema) == File.ReadAllText(Repository.File("schema", "cmms.graphql")),
            "schema/cmms.graphql is not what the program's classes say: run 'dotnet run --project Cmms.Graph schema export schema/cmms.graphql' and read the difference.");

    [Fact]
    public void The_exported_schema_reads_back_as_it_is_printed() =>
        Assert.Equal(SchemaPrinter.Print(s_schema), SchemaPrinter.Print(SdlSchema.Build(SchemaPrinter.Print(s_schema))));

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_of_the_operations_folder_is_valid_and_bears_its_name(string name)
    {
        var document = Read(name);
        Assert.Empty(DocumentValidator.Validate(s_schema, document).Select(e => e.Message));
        Assert.Equal(name, document.Definitions.OfType<OperationDefinitionNode>().Single().Name);
    }

    [Fact]
    public void Every_mutation_has_its_document()
    {
        var documented = Names().SelectMany(d => Read(d).Definitions.OfType<OperationDefinitionNode>())
            .Where(o => o.Operation is OperationType.Mutation)
            .SelectMany(o => o.SelectionSet.Selections.OfType<FieldNode>()).Select(f => f.Name).ToHashSet();
        Assert.Equal([], s_schema.Mutation!.Fields.Select(f => f.Name).Except(documented));
    }

    [Fact]
    public void No_type_shows_a_key_beside_its_object_or_the_workings_of_the_database()
    {
        var objects = s_schema.Types.Values.OfType<ObjectType>().Where(t => !t.Name.StartsWith("__", StringComparison.Ordinal)).ToList();
        Assert.Empty(objects.SelectMany(t => t.Fields.Where(f => f.Name.EndsWith("Id", StringComparison.Ordinal) && t.Find(f.Name[..^2]) is not null).Select(f => $"{t.Name}.{f.Name}")));
        Assert.Empty(objects.SelectMany(t => t.Fields.Where(f => f.Name.EndsWith("Folded", StringComparison.Ordinal) || f.Name is "siteId" or "customerId").Select(f => $"{t.Name}.{f.Name}")));
    }

    [Fact]
    public void Every_payload_has_its_errors_and_the_query()
    {
        foreach (var mutation in s_schema.Mutation!.Fields)
        {
            var payload = Assert.IsType<ObjectType>(mutation.Type.Named);
            Assert.EndsWith("Payload", payload.Name, StringComparison.Ordinal);
            Assert.NotNull(payload.Find("errors"));
            Assert.NotNull(payload.Find("query"));
        }
    }

    public static TheoryData<string> Documents() => [.. Names()];

    private static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Repository.File("schema", "operations"), "*.graphql").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    private static DocumentNode Read(string name) => Parser.Parse(File.ReadAllBytes(Repository.File("schema", "operations", name + ".graphql")));

    private static Schema Build()
    {
        using var factory = new CmmsDbFactory(new DatabaseOptions { ConnectionString = "Data Source=:memory:" });
        return CmmsSchema.Build(factory.Model);
    }
}
