using System.Linq.Expressions;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Data;
using Xunit;

namespace Cmms.Tests.GraphQL.Data;

public sealed class QueryCacheTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Other_values_in_the_same_shape_are_the_same_statement_and_the_same_plan(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(RandomWorkshop.Machines(new Random(4), 60));
        var fields = new WorkshopFields(database);
        var cursors = (await fields.Page("edges { cursor }", Input.Of(("order", ByWeight())))).Edges;

        var (first, _) = await Run("pump", "a", 1, [1, 2], 3L, cursors[5].Cursor, 7);
        var (second, compiled) = await Run("bomba", "zz", 777_777, [5, 6, 7, 8, 888_888], 999_999L, cursors[9].Cursor, 11);
        if (provider is DatabaseProvider.PostgreSql || WorkshopDatabase.HasOneParameterForAList) Assert.Equal(first, second);
        Assert.Equal(0, compiled);
        Assert.DoesNotContain("777777", string.Concat(second), StringComparison.Ordinal);
        Assert.DoesNotContain("bomba", string.Concat(second), StringComparison.Ordinal);

        static List<object?> ByWeight() => Input.List(Input.Of(("weight", SortDirection.Descending)));

        async Task<(List<string> Statements, int Compiled)> Run(string text, string name, int number, List<object?> ranks, long weight, string after, int size)
        {
            database.Statements.Clear();
            database.Compiled = 0;
            var where = Input.Of(
                ("name", Input.Of(("contains", text), ("neq", name))), ("number", Input.Of(("lt", number))), ("rank", Input.Of(("nin", ranks))),
                ("weight", Input.Of(("ngt", weight))), ("plant", Input.Of(("name", Input.Of(("startsWith", text))))), ("parts", Input.Of(("some", Input.Of(("quantity", Input.Of(("gte", number))))))));
            var arguments = Input.Of(("first", size), ("after", after), ("search", $"{text} {name}"), ("where", where), ("order", ByWeight()));
            await fields.Page("edges { cursor } pageInfo { hasNextPage hasPreviousPage } totalCount", arguments);
            await fields.Call(fields.Relation<Machine>("children"), "nodes { id } pageInfo { hasNextPage hasPreviousPage } totalCount", Input.Of(("first", size), ("after", after), ("order", ByWeight()), ("where", where)),
                [.. Enumerable.Range(1, size).Select(i => new Machine { Id = i })]);
            return ([.. database.Statements], database.Compiled);
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_value_is_never_the_first_callers(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(Enumerable.Range(0, 5).Select(i => new Machine { Name = $"m{i}", Number = i }));
        var fields = new WorkshopFields(database);
        for (var i = 0; i < 5; i++)
        {
            var found = await fields.Page("nodes", Input.Of(("where", Input.Of(("number", Input.Of(("eq", i)))))));
            Assert.Equal($"m{i}", ((Machine)Assert.Single(found.Nodes)).Name);
            Assert.Equal(i + 1, (await fields.Page("nodes", Input.Of(("first", i + 1)))).Nodes.Count);
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_filter_of_the_context_is_never_the_first_callers(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        var sites = new[] { 1L, 2L }.Select(site => new Machine { SiteId = site, Name = "m", Plant = new Plant { SiteId = site, Name = "p" } }).ToList();
        foreach (var machine in sites) machine.Parts.Add(new Part { SiteId = machine.SiteId, Name = "x" });
        await database.SaveAsync(sites);
        var fields = new WorkshopFields(database);
        for (var i = 0; i < 4; i++)
        {
            var mine = sites[i % 2];
            database.Site = mine.SiteId;
            Assert.Equal(mine.Id, ((Machine)Assert.Single((await fields.Page("nodes")).Nodes)).Id);
            Assert.Equal([mine.Id], (await fields.Load(typeof(Machine), [sites[0].Id, sites[1].Id])).Keys.Cast<long>());
            List<Machine> parents = [.. sites.Select(m => new Machine { Id = m.Id, PlantId = m.PlantId })];
            Assert.Equal(sites.Select(m => m == mine ? m.PlantId : null), (await fields.Call(fields.Relation<Machine>("plant"), "name", null, parents)).Select(p => ((Plant?)p)?.Id));
            var parts = await fields.Call(fields.Relation<Machine>("parts"), "nodes totalCount", null, parents);
            Assert.Equal(sites.Select(m => m == mine ? 1 : 0), parts.Select(p => ((Engines.GraphQL.Data.Connection)p!).TotalCount));
            Assert.Equal(sites.Select(m => m == mine ? 1 : 0), parts.Select(p => ((Engines.GraphQL.Data.Connection)p!).Nodes.Count));
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Rows_carry_no_more_columns_than_the_selection_reads(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(RandomWorkshop.Machines(new Random(5), 20));
        var graph = new WorkshopGraph(database);

        var narrow = await Statements("{ machines { nodes { name plant { name } } } }");
        Assert.All(narrow, sql => Assert.DoesNotContain("Weight", sql, StringComparison.Ordinal));
        Assert.All(narrow, sql => Assert.DoesNotContain("Floors", sql, StringComparison.Ordinal));
        Assert.Contains("Weight", (await Statements("{ machines { edges { node { weight } } } }"))[0], StringComparison.Ordinal);
        // The plan is the same for every request: a field that this one leaves out is read all the same.
        Assert.Contains("Weight", (await Statements("query ($wide: Boolean = false) { machines { nodes { name weight @include(if: $wide) } } }"))[0], StringComparison.Ordinal);
        // Floors is computed from its parent, of which it might read anything.
        Assert.Contains("Floors", (await Statements("{ plants { name floors } }"))[0], StringComparison.Ordinal);

        async Task<List<string>> Statements(string document)
        {
            database.Statements.Clear();
            await graph.Ask(document);
            return [.. database.Statements];
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_narrow_row_answers_what_a_whole_one_does(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(RandomWorkshop.Machines(new Random(6), 40));
        var graph = new WorkshopGraph(database);
        foreach (var field in (string[])["name", "number", "weight", "built", "grade", "note", "rank", "active", "plant { name }", "parent { name number }", "parts { nodes { name quantity } }"])
        {
            var narrow = await graph.Ask($"{{ machines(first: 40, order: {{ number: ASC }}) {{ edges {{ cursor node {{ {field} }} }} }} }}");
            // Whether it is heavy is computed, so these rows are whole.
            var whole = await graph.Ask($"{{ machines(first: 40, order: {{ number: ASC }}) {{ edges {{ cursor node {{ {field} isHeavy }} }} }} }}");
            Assert.DoesNotContain("\"errors\"", narrow, StringComparison.Ordinal);
            Assert.Equal(narrow, whole.Replace(",\"isHeavy\":true", "", StringComparison.Ordinal).Replace(",\"isHeavy\":false", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_captured_value_becomes_a_parameter()
    {
        var (number, name) = (7, "pump");
        Expression<Func<Machine, bool>> condition = m => m.Number == number && m.Name == name && m.Active;
        var lifting = new Lifting();
        var lifted = lifting.Visit(condition);
        Assert.Equal([7, "pump"], lifting.Values);
        Assert.Empty(Constants.In(lifted));
    }

    [Fact]
    public void A_captured_value_that_cannot_become_a_parameter_fails_the_plan()
    {
        var machine = Expression.Parameter(typeof(Machine), "m");
        var condition = Expression.Lambda<Func<Machine, bool>>(Expression.Equal(machine, Expression.Constant(new Machine { Name = "the first caller's" })), machine);
        Assert.Throws<InvalidOperationException>(() => new Lifting().Visit(condition));
    }

    private sealed class Constants : ExpressionVisitor
    {
        private readonly List<object?> _found = [];

        public static List<object?> In(Expression expression)
        {
            var constants = new Constants();
            constants.Visit(expression);
            return constants._found;
        }

        protected override Expression VisitConstant(ConstantExpression node)
        {
            _found.Add(node.Value);
            return node;
        }
    }
}
