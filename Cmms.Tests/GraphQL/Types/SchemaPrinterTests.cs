using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Types;

public sealed class SchemaPrinterTests
{
    internal const string Sdl = """"
        directive @cost(weight: Int! = 1) repeatable on FIELD_DEFINITION | OBJECT

        """
        A machine, vehicle or installation.

          It is "maintained".
        """
        type Asset implements Named & Node @cost @cost(weight: 3) {
          id: ID!
          """Its name"""
          name: String!
          oldName: String @deprecated(reason: "Use `name`.")
          parts(
            """How many"""
            first: Int! = 10
            filter: PartFilter = { kinds: [SPARE], min: 1.5 }
            after: ID @deprecated
          ): [Part!]! @cost(weight: 2)
        }

        scalar Date @specifiedBy(url: "https://example.org/date")

        interface Named implements Node {
          id: ID!
          name: String!
        }

        interface Node {
          id: ID!
        }

        type Part implements Node {
          id: ID!
          kind: PartKind
        }

        input PartFilter {
          kinds: [PartKind!] = [SPARE]
          min: Float
          text: String = "a\"b" @deprecated(reason: "no")
        }

        enum PartKind {
          """For repair"""
          SPARE
          CONSUMABLE @deprecated
        }

        type Query {
          node(by: NodeBy!): Node
          search: [SearchResult!]
          today: Date
        }

        input NodeBy @oneOf {
          id: ID
          name: String
        }

        union SearchResult = Asset | Part

        """";

    [Fact]
    public void A_schema_is_printed_sorted_by_name_without_built_ins()
    {
        var printed = SchemaPrinter.Print(SdlSchema.Build(Sdl));

        Assert.Equal(SchemaPrinter.Print(SdlSchema.Build(printed)), printed);
        var names = Parser.Parse(printed).Definitions.OfType<TypeDefinitionNode>().Select(d => d.Name).ToList();
        Assert.Equal(10, names.Count);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal(Definitions(Sdl), Definitions(printed));
        Assert.StartsWith("directive @cost", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("schema {", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Unusual_root_names_and_a_description_need_a_schema_definition()
    {
        var printed = SchemaPrinter.Print(SdlSchema.Build("\"The CMMS\" schema { query: Reads mutation: Writes } type Reads { a: Int } type Writes { b: Int }"));
        Assert.StartsWith("\"\"\"The CMMS\"\"\"\nschema {\n  query: Reads\n  mutation: Writes\n}\n", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_only_looks_like_a_root_does_not_become_one()
    {
        var printed = SchemaPrinter.Print(SdlSchema.Build("schema { query: Query } type Query { m: Mutation } type Mutation { b: Int }"));
        Assert.Null(SdlSchema.Build(printed).Mutation);
    }

    private static IEnumerable<string> Definitions(string sdl) => Parser.Parse(sdl).Definitions.Select(SyntaxPrinter.Print).Order(StringComparer.Ordinal);
}
