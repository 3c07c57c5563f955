using System.Text.Json;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Data;

public sealed class WorkshopGraphTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Two_nested_levels_cost_one_statement_a_relation(DatabaseProvider provider)
    {
        var (database, graph) = await Started(provider);
        var answer = Data(await graph.Ask(
            """
            {
              machines(first: 20, where: { grade: { neq: POOR } }, order: [{ plant: { name: DESC } }, { number: ASC }]) {
                totalCount
                pageInfo { hasNextPage endCursor }
                nodes {
                  id name weight built
                  plant { name machines(first: 2, order: { name: ASC }) { totalCount nodes { name parent { name } } } }
                  parts(where: { quantity: { gt: 0 } }) { edges { cursor node { name } } }
                }
              }
            }
            """));
        // Machines with their plants, and their count; machines of plants and their count; parents; parts.
        Assert.Equal(6, database.Statements.Count);
        Assert.Equal(20, answer.GetProperty("machines").GetProperty("nodes").GetArrayLength());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_client_pages_through_a_list_with_its_cursor(DatabaseProvider provider)
    {
        var (_, graph) = await Started(provider);
        var (names, after) = (new List<string>(), "null");
        for (var pages = 0; pages < 6; pages++)
        {
            var page = Data(await graph.Ask($"{{ machines(first: 10, after: {after}, order: {{ note: DESC }}) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}")).GetProperty("machines");
            names.AddRange(page.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("id").GetString()!));
            after = page.GetProperty("pageInfo").GetProperty("endCursor").GetRawText();
            Assert.Equal(pages < 5, page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        }
        Assert.Equal(60, names.Distinct().Count());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_resolver_has_arguments_limits_and_search_of_its_own(DatabaseProvider provider)
    {
        var (database, graph) = await Started(provider);
        await database.SaveAsync(new Machine { Name = "Torno", Active = true, Plant = new Plant { Name = "Córdoba" } });
        Assert.Equal(2, Data(await graph.Ask("{ activeMachines(active: true) { nodes { active } } }")).GetProperty("activeMachines").GetProperty("nodes").GetArrayLength());
        Assert.Contains("first: must be between 1 and 5", await graph.Ask("{ activeMachines(active: true, first: 6) { nodes { name } } }"), StringComparison.Ordinal);
        Assert.Equal("""{"machines":{"nodes":[{"name":"Torno"}]}}""", Data(await graph.Ask("{ machines(search: \"cordoba torno\") { nodes { name } } }")).GetRawText());
        Assert.Equal("""{"plants":[{"name":"Córdoba"}]}""", Data(await graph.Ask("{ plants(where: { name: { startsWith: \"CORD\" } }) { name } }")).GetRawText());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Ids_filter_what_node_gave(DatabaseProvider provider)
    {
        var (_, graph) = await Started(provider);
        var plant = Data(await graph.Ask("{ plants { id name } }")).GetProperty("plants")[0];
        var id = plant.GetProperty("id").GetString();
        var machines = Data(await graph.Ask($"{{ machines(where: {{ plant: {{ id: {{ eq: \"{id}\" }} }} }}) {{ nodes {{ plant {{ id }} }} }} node(id: \"{id}\") {{ id ... on Plant {{ name }} }} }}"));
        Assert.All(machines.GetProperty("machines").GetProperty("nodes").EnumerateArray(), m => Assert.Equal(id, m.GetProperty("plant").GetProperty("id").GetString()));
        Assert.Equal(plant.GetProperty("name").GetString(), machines.GetProperty("node").GetProperty("name").GetString());
        Assert.Contains("BAD_USER_INPUT", await graph.Ask($"{{ machines(where: {{ id: {{ eq: \"{id}\" }} }}) {{ nodes {{ name }} }} }}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_caller_may_not_read_cannot_be_filtered_or_sorted_by()
    {
        var (database, graph) = await Started(DatabaseProvider.Sqlite);
        foreach (var arguments in new[] { "where: { floors: { gt: 1 } }", "where: { or: [{ machines: { some: { plant: { floors: { eq: 1 } } } } }] }", "order: { floors: ASC }" })
        {
            Assert.Contains("FORBIDDEN", await graph.Ask($"{{ plants({arguments}) {{ name }} }}"), StringComparison.Ordinal);
            Assert.Empty(database.Statements);
        }
        Assert.Contains("FORBIDDEN", await graph.Ask("{ machines(order: { plant: { floors: ASC } }) { nodes { name } } }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_caller_may_not_see_cannot_be_reached_by_filter_order_search_or_id()
    {
        var database = await WorkshopDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await database.SaveAsync(new Machine { Name = "Torno", Plant = new Plant { Name = "Córdoba" } });
        var (open, graph) = (new WorkshopGraph(database), new WorkshopGraph(database, typeof(HiddenPlantFields)));
        var id = Data(await open.Ask("{ plants { id } }")).GetProperty("plants")[0].GetProperty("id").GetString();
        Assert.Equal("""{"machines":{"nodes":[{"name":"Torno"}]}}""", Data(await open.Ask("{ machines(search: \"cordoba\") { nodes { name } } }")).GetRawText());

        string[] ways =
        [
            "where: { plant: { name: { eq: \"x\" } } }", "where: { plant: null }", "where: { plant: { machines: { any: true } } }",
            "where: { or: [{ parent: { plant: { name: { eq: \"x\" } } } }] }", "where: { children: { none: { plant: { name: { eq: \"x\" } } } } }",
            "order: { plant: { name: ASC } }", "order: [{ parent: { plant: { name: ASC } } }]",
        ];
        foreach (var way in ways) Assert.Contains("\"code\":\"FORBIDDEN\"", await graph.Ask($"{{ machines({way}) {{ nodes {{ name }} totalCount }} }}"), StringComparison.Ordinal);
        Assert.Equal("""{"machines":{"nodes":[],"totalCount":0}}""", Data(await graph.Ask("{ machines(search: \"cordoba\") { nodes { name } totalCount } }")).GetRawText());
        Assert.Equal("""{"machines":{"nodes":[{"name":"Torno","plant":null}]}}""", Data(await graph.Ask("{ machines(search: \"torno\") { nodes { name plant { name } } } }")).GetRawText());
        database.Statements.Clear();
        Assert.Equal("""{"node":null}""", Data(await graph.Ask($"{{ node(id: \"{id}\") {{ __typename }} }}")).GetRawText());
        Assert.Empty(database.Statements);
        Assert.EndsWith("Requires NOBODY.", graph.Schema.Types["Plant"].Description, StringComparison.Ordinal);
        Assert.Empty(((ObjectType)graph.Schema.Types["Plant"]).Find("name")!.Guards);
    }

    [Fact]
    public async Task The_input_types_have_the_names_and_operators_that_clients_know()
    {
        var (_, graph) = await Started(DatabaseProvider.Sqlite);
        Assert.Equal("eq neq in nin contains ncontains startsWith nstartsWith endsWith nendsWith", Fields("StringOperationFilterInput"));
        Assert.Equal("eq neq in nin", Fields("ExactStringOperationFilterInput"));
        Assert.Equal("eq neq in nin gt ngt gte ngte lt nlt lte nlte", Fields("IntOperationFilterInput"));
        Assert.Equal(Fields("IntOperationFilterInput"), Fields("LongOperationFilterInput"));
        Assert.Equal(Fields("IntOperationFilterInput"), Fields("DateOperationFilterInput"));
        Assert.Equal("eq neq", Fields("BooleanOperationFilterInput"));
        Assert.Equal("eq neq in nin", Fields("GradeOperationFilterInput"));
        Assert.Equal("eq neq in nin", Fields("IdOperationFilterInput"));
        Assert.Equal("all none some any", Fields("PartListFilterInput"));
        Assert.StartsWith("and or id name note code", Fields("MachineFilterInput"), StringComparison.Ordinal);
        Assert.Equal("id name floors", Fields("PlantSortInput"));
        Assert.DoesNotContain("isHeavy", Fields("MachineFilterInput"), StringComparison.Ordinal);
        var machines = graph.Schema.Query.Find("machines")!;
        Assert.Equal("first after last before offset search where order", string.Join(' ', machines.Arguments.Select(a => a.Name)));
        Assert.Equal("MachinesConnection", machines.Type.ToString());
        Assert.All(graph.Schema.Types.Values.OfType<InputObjectType>(), type => Assert.NotNull(type.Description));

        string Fields(string input) => string.Join(' ', ((InputObjectType)graph.Schema.FindType(input)!).Fields.Select(f => f.Name));
    }

    private static async Task<(WorkshopDatabase, WorkshopGraph)> Started(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(RandomWorkshop.Machines(new Random(9), 60));
        return (database, new WorkshopGraph(database));
    }

    private static JsonElement Data(string answer)
    {
        var root = JsonDocument.Parse(answer).RootElement;
        Assert.False(root.TryGetProperty("errors", out _), answer);
        return root.GetProperty("data");
    }
}
