using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Binding;

public sealed class EntityTests
{
    [Fact]
    public async Task An_entity_shows_relations_in_place_of_keys_and_no_secrets()
    {
        var depot = await DepotKit.CreateAsync();
        Assert.Equal(["id: ID!", "name: String!", "value: Decimal!", "shelf: Shelf", "marks: [Mark!]!"], Fields(depot, "Box"));
        Assert.Equal("Node", Assert.Single(((ObjectType)depot.Schema.Types["Box"]).Interfaces).Name);
        Assert.Empty(((ObjectType)depot.Schema.Types["Mark"]).Interfaces);
        Assert.NotNull(((ObjectType)depot.Schema.Types["Shelf"]).Find("boxes")!.FindArgument("where"));
        Assert.Equal("atLeast first after last before offset search where order", string.Join(' ', depot.Schema.Query.Find("boxes")!.Arguments.Select(a => a.Name)));
        Assert.Equal(["Mark.id"], depot.Schema.Undescribed());
    }

    [Fact]
    public async Task Lists_relations_and_computed_fields_read_together()
    {
        var depot = await DepotKit.CreateAsync();
        Assert.Equal(
            """{"data":{"boxes":{"totalCount":3,"nodes":[{"name":"Nails","value":10.5,"shelf":{"name":"left","boxCount":2},"marks":[{"text":"sharp"},{"text":"steel"}]},{"name":"Screws","value":20,"shelf":{"name":"left","boxCount":2},"marks":[]},{"name":"Tape","value":0,"shelf":null,"marks":[]}]},"shelves":[{"name":"left","boxes":{"nodes":[{"name":"Nails"}]}},{"name":"right","boxes":{"nodes":[]}}]}}""",
            await depot.Ask("{ boxes { totalCount nodes { name value shelf { name boxCount } marks { text } } } shelves { name boxes(first: 1) { nodes { name } } } }"));
    }

    [Fact]
    public async Task Filters_take_mapped_values_and_global_ids()
    {
        var depot = await DepotKit.CreateAsync();
        const string Found = """{"data":{"boxes":{"nodes":[{"name":"Screws"}]}}}""";
        Assert.Equal(Found, await depot.Ask("{ boxes(where: { value: { eq: 20 } }) { nodes { name } } }"));
        Assert.Equal(Found, await depot.Ask("{ boxes(atLeast: 20.00) { nodes { name } } }"));
        Assert.Equal(Found, await depot.Ask($$"""{ boxes(where: { id: { eq: "{{GarageKit.Id("Box", 2)}}" } }) { nodes { name } } }"""));
        Assert.Equal(Found, await depot.Ask($$"""{ boxes(search: "SCR", where: { shelf: { id: { in: ["{{GarageKit.Id("Shelf", 1)}}"] } } }) { nodes { name } } }"""));
        Assert.Contains("is not the id of a Box", await depot.Ask($$"""{ boxes(where: { id: { eq: "{{GarageKit.Id("Shelf", 1)}}" } }) { nodes { name } } }"""), StringComparison.Ordinal);
        Assert.Contains("It cannot be paid", await depot.Ask("{ boxes(where: { value: { eq: 20.001 } }) { nodes { name } } }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_models_own_filter_hides_does_not_exist_for_node_either()
    {
        var depot = await DepotKit.CreateAsync();
        Assert.Equal(
            """{"data":{"nodes":[{"name":"Tape"},null,{"name":"left"}],"box":null}}""",
            await depot.Ask($$"""
                { nodes(ids: ["{{GarageKit.Id("Box", 3)}}", "{{GarageKit.Id("Box", 4)}}", "{{GarageKit.Id("Shelf", 1)}}"]) { ... on Box { name } ... on Shelf { name } }
                  box(id: "{{GarageKit.Id("Box", 4)}}") { name } }
                """));
    }

    [Fact]
    public async Task A_mutation_reads_its_relations_from_what_it_saved_and_every_context_comes_back()
    {
        var depot = await DepotKit.CreateAsync();
        Assert.Equal(
            """{"data":{"addBox":{"box":{"name":"Glue","shelf":{"boxCount":1}},"errors":null}}}""",
            await depot.Ask($$"""mutation { addBox(input: { name: "Glue", shelfId: "{{GarageKit.Id("Shelf", 2)}}" }) { box { name shelf { boxCount } } errors { __typename } } }"""));
        Assert.Contains("\"path\":[\"input\",\"shelfId\"]", await depot.Ask(
            $$"""mutation { addBox(input: { name: "Glue", shelfId: "{{GarageKit.Id("Shelf", 9)}}" }) { errors { ... on Error { path } } } }"""), StringComparison.Ordinal);
        // The model was read from one that a using gave back synchronously.
        Assert.Equal(1, depot.Lent);
    }

    [Fact]
    public async Task Records_of_a_query_and_pages_of_ones_own_are_read_while_the_context_is_lent()
    {
        var depot = await DepotKit.CreateAsync();
        Assert.Equal(
            """{"data":{"totals":[{"shelf":"left","boxes":2},{"shelf":"right","boxes":0}],"walk":{"edges":[{"cursor":"at right","node":{"name":"right"}}]}}}""",
            await depot.Ask("{ totals { shelf boxes } walk(first: 1) { edges { cursor node { name } } } }"));
        Assert.Equal(1, depot.Lent);
    }

    [Fact]
    public async Task A_guard_on_a_property_says_so_and_keeps_it_from_filters_too()
    {
        var depot = await DepotKit.CreateAsync();
        var rent = ((ObjectType)depot.Schema.Types["Shelf"]).Find("rent")!;
        Assert.Equal(("What it costs. Requires BOSS.", "BOSS"), (rent.Description, Assert.Single(rent.Guards).Requirement));
        Assert.Empty(((ObjectType)depot.Schema.Types["Shelf"]).Find("name")!.Guards);
        Assert.Contains("FORBIDDEN", await depot.Ask("{ boxes(where: { shelf: { rent: { gt: 1 } } }) { nodes { name } } }"), StringComparison.Ordinal);
        Assert.Contains("FORBIDDEN", await depot.Ask("{ boxes(order: [{ shelf: { rent: ASC } }]) { nodes { name } } }"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Fields(DepotKit depot, string type) => ((ObjectType)depot.Schema.Types[type]).Fields.Select(f => $"{f.Name}: {f.Type}");
}
