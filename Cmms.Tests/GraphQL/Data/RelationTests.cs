using Cmms.Domain.Persistence;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.GraphQL.Data;

public sealed class RelationTests
{
    private static readonly ListOptions s_plain = new() { Order = [new OrderByAttribute("Name")] };

    [Theory, Sqlite, PostgreSql]
    public async Task References_come_in_one_statement_in_the_order_of_the_parents(DatabaseProvider provider)
    {
        var (database, fields, machines) = await Workshop(provider, 60);
        var plants = await fields.Call(fields.Relation<Machine>("plant"), "name", null, machines);
        Assert.Single(database.Statements);
        Assert.Equal(machines.Select(m => m.PlantId), plants.Select(p => ((Plant?)p)?.Id));
        foreach (var same in plants.OfType<Plant>().GroupBy(p => p.Id)) Assert.Single(same.Distinct(ReferenceEqualityComparer.Instance));

        database.Statements.Clear();
        Assert.All(await fields.Call(fields.Relation<Machine>("plant"), "name", null, [new Machine(), new Machine()]), Assert.Null);
        Assert.Empty(database.Statements);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_reference_that_is_loaded_already_is_not_read_again(DatabaseProvider provider)
    {
        var (database, fields, _) = await Workshop(provider, 5);
        var plant = new Plant { Id = 1 };
        Assert.Same(plant, Assert.Single(await fields.Call(fields.Relation<Machine>("plant"), "name", null, [new Machine { Plant = plant, PlantId = 1 }])));
        Assert.Empty(database.Statements);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_reference_without_a_key_on_the_parent_is_read_through_the_parent(DatabaseProvider provider)
    {
        var (database, fields, machines) = await Workshop(provider, 40);
        await using var db = database.Open();
        var expected = await db.Machines.AsNoTracking().OrderBy(m => m.Id).Select(m => m.Manual == null ? null : m.Manual.Title).ToListAsync();
        database.Statements.Clear();
        var manuals = await fields.Call(fields.Relation<Machine>("manual"), "title", null, machines);
        Assert.Equal(expected, manuals.Select(m => ((Manual?)m)?.Title));
        var back = await fields.Call(fields.Relation<Manual>("machine"), "name", null, [.. manuals.OfType<Manual>()]);
        Assert.Equal(machines.Zip(expected).Where(m => m.Second is not null).Select(m => m.First.Id), back.Select(m => ((Machine?)m)!.Id));
        Assert.Equal(2, database.Statements.Count);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Plain_lists_come_in_one_statement_also_many_to_many(DatabaseProvider provider)
    {
        var (database, fields, machines) = await Workshop(provider, 40);
        await using var db = database.Open();
        var parts = (await db.Parts.AsNoTracking().ToListAsync()).ToLookup(p => p.MachineId);
        var tags = await db.Machines.OrderBy(m => m.Id).Select(m => m.Tags.OrderBy(t => t.Name).Select(t => t.Id).ToList()).ToListAsync();
        database.Statements.Clear();
        var found = await fields.Call(fields.Relation<Machine>("parts", s_plain), "name", null, machines);
        Assert.Equal(machines.Select(m => parts[m.Id].Select(p => p.Id).Order()), found.Select(l => Items<Part>(l).Select(p => p.Id).Order()));
        Assert.All(found, list => Assert.Equal(Items<Part>(list).Select(p => Tests.GraphQL.Data.Workshop.Fold(p.Name)).Order(StringComparer.Ordinal), Items<Part>(list).Select(p => Tests.GraphQL.Data.Workshop.Fold(p.Name))));
        var linked = await fields.Call(fields.Relation<Machine>("tags", s_plain), "name", null, machines);
        Assert.Equal(tags, linked.Select(l => Items<Tag>(l).Select(t => t.Id)));
        Assert.Equal(2, database.Statements.Count);

        static IEnumerable<T> Items<T>(object? list) => ((IReadOnlyList<object>)list!).Cast<T>();
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Each_parent_gets_the_page_that_it_would_get_alone(DatabaseProvider provider)
    {
        var (database, fields, machines) = await Workshop(provider, 60);
        await using var db = database.Open();
        var plants = await db.Plants.AsNoTracking().OrderBy(p => p.Id).ToListAsync();
        var all = await fields.Page("edges { cursor }", Input.Of(("order", ByName())));
        foreach (var (relation, parents) in new (string, IReadOnlyList<object>)[] { ("machines", plants), ("children", machines), ("parts", machines), ("tags", machines) })
        {
            var field = relation is "machines" ? fields.Relation<Plant>(relation) : fields.Relation<Machine>(relation);
            List<(string, object?)[]> calls =
            [
                [("first", 2)], [("last", 2), ("order", ByName())], [("first", 2), ("offset", 1), ("order", ByName())],
                [("first", 3), ("order", ByName()), ("where", Input.Of(("name", Input.Of(("contains", "a")))))],
            ];
            if (relation is "machines" or "children")
            {
                calls.Add([("first", 2), ("after", all.Edges[20].Cursor), ("order", ByName())]);
                calls.Add([("last", 2), ("before", all.Edges[40].Cursor), ("order", ByName())]);
                calls.Add([("last", 2), ("order", Input.List(Input.Of(("plant", Input.Of(("floors", SortDirection.Descending))))))]);
            }
            foreach (var arguments in calls)
            {
                const string selection = "edges { cursor node } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount";
                database.Statements.Clear();
                var together = (await fields.Call(field, selection, Input.Of(arguments), parents)).Cast<Connection>().ToList();
                Assert.InRange(database.Statements.Count, 2, 4);
                for (var i = 0; i < parents.Count; i += 7)
                {
                    var alone = (Connection)(await fields.Call(field, selection, Input.Of(arguments), [parents[i]]))[0]!;
                    Assert.Equal(Shown(alone), Shown(together[i]));
                }
            }
        }

        static List<object?> ByName() => Input.List(Input.Of(("name", SortDirection.Ascending)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Pages_of_children_follow_their_order_and_filter(DatabaseProvider provider)
    {
        var (database, fields, machines) = await Workshop(provider, 60);
        await using var db = database.Open();
        var plants = await db.Plants.AsNoTracking().OrderBy(p => p.Id).ToListAsync();
        var field = fields.Relation<Plant>("machines");
        var order = Input.List(Input.Of(("rank", SortDirection.Descending)), Input.Of(("note", SortDirection.Ascending)));
        var expected = plants.Select(p => machines.Where(m => m.PlantId == p.Id && m.Number >= 1).OrderByDescending(m => m.Rank)
            .ThenBy(m => m.Note is null ? null : Tests.GraphQL.Data.Workshop.Fold(m.Note), StringComparer.Ordinal).ThenBy(m => m.Id).ToList()).ToList();
        var where = Input.Of(("number", Input.Of(("gte", 1))));
        var pages = (await fields.Call(field, "nodes { id } totalCount", Input.Of(("first", 4), ("order", order), ("where", where)), plants)).Cast<Connection>().ToList();
        Assert.Equal(expected.Select(e => e.Take(4).Select(m => m.Id)), pages.Select(p => p.Nodes.Select(m => ((Machine)m).Id)));
        Assert.Equal(expected.Select(e => e.Count), pages.Select(p => p.TotalCount));
        pages = [.. (await fields.Call(field, "nodes { id } totalCount", Input.Of(("last", 3), ("order", order), ("where", where)), plants)).Cast<Connection>()];
        Assert.Equal(expected.Select(e => e.TakeLast(3).Select(m => m.Id)), pages.Select(p => p.Nodes.Select(m => ((Machine)m).Id)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_number_of_statements_does_not_depend_on_the_number_of_parents(DatabaseProvider provider)
    {
        var (database, fields, machines) = await Workshop(provider, 100);
        var texts = new List<List<string>>();
        foreach (var count in new[] { 1, 50, 100 })
        {
            database.Statements.Clear();
            List<object> parents = [.. machines.Where(m => m.PlantId is not null).Take(1), .. machines.Take(count - 1)];
            await fields.Call(fields.Relation<Machine>("plant"), "name", null, parents);
            await fields.Call(fields.Relation<Machine>("tags", s_plain), "name", null, parents);
            await fields.Call(fields.Relation<Machine>("parts"), "nodes totalCount", Input.Of(("first", 3)), parents);
            await fields.Call(fields.Relation<Machine>("children"), "edges { cursor } pageInfo { hasNextPage }", Input.Of(("first", 3)), parents);
            texts.Add([.. database.Statements]);
        }
        Assert.Equal(5, texts[0].Count);
        Assert.All(texts, sent => Assert.Equal(5, sent.Count));
        if (provider is DatabaseProvider.PostgreSql || WorkshopDatabase.HasOneParameterForAList) Assert.All(texts, sent => Assert.Equal(texts[0], sent));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_page_for_each_parent_reads_no_more_rows_than_it_gives(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        var machines = Enumerable.Range(0, 60).Select(i => new Machine { Name = $"m{i}" }).ToList();
        foreach (var machine in machines) machine.Parts.AddRange(Enumerable.Range(0, 100).Select(i => new Part { Name = $"p{i}", Machine = machine }));
        await database.SaveAsync(machines);
        var fields = new WorkshopFields(database);
        await fields.Call(fields.Relation<Machine>("parts"), "nodes { id }", Input.Of(("first", 3)), [.. machines.Take(50)]);
        var statement = Assert.Single(database.Statements);
        Assert.DoesNotContain("ROW_NUMBER", statement, StringComparison.OrdinalIgnoreCase);
        var plan = await database.PlanOfLastAsync();
        if (provider is DatabaseProvider.Sqlite)
        {
            // Parents first, then each child by its own id, out of a limited search by the parent's key.
            Assert.DoesNotMatch(@"SCAN (TABLE Parts AS )?p\d?\b", plan);
            Assert.Matches(@"SEARCH (TABLE Parts AS )?p USING (INTEGER PRIMARY KEY|INDEX)", plan);
            Assert.Matches(@"SEARCH (TABLE Parts AS )?p0 USING (COVERING )?INDEX IX_Part", plan);
        }
        else
        {
            Assert.Contains("LATERAL", statement, StringComparison.Ordinal);
            Assert.Contains("Limit", plan, StringComparison.Ordinal);
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Entities_are_loaded_by_their_keys_for_node_and_nodes(DatabaseProvider provider)
    {
        var (database, fields, machines) = await Workshop(provider, 10);
        var request = await fields.Load(typeof(Machine), [1L, 3L, 999L]);
        Assert.Equal([1L, 3L], request.Keys.Cast<long>().Order());
        Assert.Single(database.Statements);
        Assert.Equal(machines[2].Name, ((Machine)request[3L]).Name);
    }

    private static async Task<(WorkshopDatabase Database, WorkshopFields Fields, List<Machine> Machines)> Workshop(DatabaseProvider provider, int count)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(RandomWorkshop.Machines(new Random(count), count));
        await using var db = database.Open();
        var machines = await db.Machines.AsNoTracking().OrderBy(m => m.Id).ToListAsync();
        database.Statements.Clear();
        return (database, new WorkshopFields(database), machines);
    }

    private static string Shown(Connection page) =>
        $"{string.Join(' ', page.Edges.Select(e => e.Cursor))} {page.PageInfo.HasNextPage} {page.PageInfo.HasPreviousPage} {page.TotalCount}";
}
