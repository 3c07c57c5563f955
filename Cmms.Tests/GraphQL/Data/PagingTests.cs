using Cmms.Domain.Persistence;
using Engines.GraphQL;
using Engines.GraphQL.Data;
using Xunit;

namespace Cmms.Tests.GraphQL.Data;

public sealed class PagingTests
{
    private const string Everything = "edges { cursor node } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

    /// <summary>What can be sorted by, and what decides the order in memory.</summary>
    private static readonly (string Field, Func<Machine, IComparable?> Key)[] s_keys =
    [
        ("name", m => new Bytes(Workshop.Fold(m.Name))), ("note", m => m.Note is null ? null : new Bytes(Workshop.Fold(m.Note))), ("code", m => m.Code is null ? null : new Bytes(m.Code)),
        ("number", m => m.Number), ("rank", m => m.Rank), ("weight", m => m.Weight.Value), ("load", m => m.Load?.Value), ("built", m => m.Built),
        ("grade", m => m.Grade.ToString()), ("wear", m => m.Wear is { } wear ? (int)wear : null), ("active", m => m.Active), ("rented", m => m.Rented), ("id", m => m.Id),
        ("plant.name", m => m.Plant is null ? null : new Bytes(Workshop.Fold(m.Plant.Name))), ("plant.floors", m => m.Plant?.Floors),
        ("parent.plant.name", m => m.Parent?.Plant is null ? null : new Bytes(Workshop.Fold(m.Parent.Plant.Name))), ("parent.number", m => m.Parent?.Number),
        ("parent.id", m => m.Parent?.Id),
    ];

    [Theory, Sqlite, PostgreSql]
    public async Task Paging_by_every_key_gives_the_whole_list_in_order_both_ways(DatabaseProvider provider)
    {
        var random = new Random(3);
        var machines = RandomWorkshop.Machines(random, 20);
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(machines);
        var fields = new WorkshopFields(database);
        for (var round = 0; round < (s_keys.Length * 2) + 6; round++)
        {
            var single = round < s_keys.Length * 2;
            var order = single ? [(s_keys[round / 2], round % 2 == 0)] : Enumerable.Range(0, 3).Select(_ => (s_keys[random.Next(s_keys.Length)], random.Next(2) == 0)).ToList();
            var expected = Sorted(machines, order);
            var input = Order(order);
            // Each shape of a query is compiled once and so costs most of the time: the single keys go one way each.
            if (round % 2 == 0 || !single) Assert.Equal(expected, await Forward(fields, input, random.Next(3, 8)));
            if (round % 2 == 1 || !single) Assert.Equal(expected, await Backward(fields, input, random.Next(3, 8)));
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Rows_inserted_between_pages_neither_hide_nor_repeat_those_that_were_there(DatabaseProvider provider)
    {
        var random = new Random(5);
        foreach (var (key, descending) in s_keys.Where(k => k.Field is "name" or "plant.floors").SelectMany(k => new[] { (k, false), (k, true) }))
        {
            var machines = RandomWorkshop.Machines(random, 30);
            var database = await WorkshopDatabase.CreateAsync(provider);
            await database.SaveAsync(machines);
            var fields = new WorkshopFields(database);
            var expected = Sorted(machines, [(key, descending)]);
            foreach (var forward in new[] { true, false })
            {
                var seen = await Walk(fields, Order([(key, descending)]), 4, forward, between: () => database.SaveAsync(RandomWorkshop.Machines(random, 3)));
                Assert.Equal(seen.Count, seen.Distinct().Count());
                Assert.Equal(expected, seen.Where(expected.Contains));
            }
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Every_page_says_what_is_before_and_after_it(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(Enumerable.Range(0, 10).Select(i => new Machine { Name = $"m{i}" }));
        var fields = new WorkshopFields(database);
        var all = (await fields.Page(Everything)).Edges.Select(e => e.Cursor).ToList();
        await Says(next: true, previous: false, ("first", 9));
        await Says(next: false, previous: false, ("first", 10));
        await Says(next: false, previous: true, ("first", 9), ("after", all[0]));
        await Says(next: true, previous: true, ("first", 8), ("after", all[0]));
        await Says(next: false, previous: true, ("first", 3), ("after", all[9]));
        await Says(next: false, previous: true, ("last", 9));
        await Says(next: false, previous: false, ("last", 10));
        await Says(next: true, previous: false, ("last", 9), ("before", all[9]));
        await Says(next: true, previous: true, ("last", 8), ("before", all[9]));
        await Says(next: true, previous: false, ("last", 3), ("before", all[0]));
        await Says(next: true, previous: true, ("after", all[0]), ("before", all[9]));
        await Says(next: true, previous: true, ("first", 4), ("offset", 3));
        await Says(next: false, previous: true, ("first", 4), ("offset", 6));
        await Says(next: false, previous: true, ("first", 4), ("offset", 50));
        await Says(next: false, previous: false, ("first", 4), ("offset", 5), ("where", Input.Of(("name", Input.Of(("eq", "none"))))));

        async Task Says(bool next, bool previous, params (string, object?)[] arguments)
        {
            var page = await fields.Page(Everything, Input.Of(arguments));
            Assert.Equal((next, previous), (page.PageInfo.HasNextPage, page.PageInfo.HasPreviousPage));
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Offset_serves_tables_with_page_numbers(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(Enumerable.Range(0, 10).Select(i => new Machine { Name = $"m{i}" }));
        var page = await new WorkshopFields(database).Page("nodes totalCount", Input.Of(("first", 3), ("offset", 6), ("order", Input.List(Input.Of(("name", SortDirection.Descending))))));
        Assert.Equal(["m3", "m2", "m1"], page.Nodes.Cast<Machine>().Select(m => m.Name));
        Assert.Equal(10, page.TotalCount);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Only_what_is_selected_is_asked_of_the_database(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(RandomWorkshop.Machines(new Random(2), 70));
        var fields = new WorkshopFields(database);
        var (_, first) = await Statements("nodes { id }");
        Assert.DoesNotContain("COUNT", Assert.Single(first), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("COUNT", Assert.Single((await Statements("totalCount")).Sent), StringComparison.OrdinalIgnoreCase);
        Assert.Single((await Statements("nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor }")).Sent);
        Assert.Equal(2, (await Statements("nodes { id } totalCount")).Sent.Count);
        var (page, _) = await Statements("edges { cursor }");
        Assert.Equal(50, page.Edges.Count);
        Assert.Single((await Statements("nodes { id }", ("after", page.Edges[9].Cursor))).Sent);
        Assert.Equal(2, (await Statements("nodes { id } pageInfo { hasPreviousPage }", ("after", page.Edges[9].Cursor))).Sent.Count);

        async Task<(Connection Page, List<string> Sent)> Statements(string selection, params (string, object?)[] arguments)
        {
            database.Statements.Clear();
            return (await fields.Page(selection, Input.Of(arguments)), [.. database.Statements]);
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_default_order_is_used_until_another_is_asked_for(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(new Machine { Name = "b", Number = 1 }, new Machine { Name = "Á", Number = 2 }, new Machine { Name = "c", Number = 2 });
        var fields = new WorkshopFields(database);
        var options = ListOptions.Everything with { Order = [new OrderByAttribute("Number") { Descending = true }, new OrderByAttribute("Name")] };
        Assert.Equal("Ácb", await Names());
        Assert.Equal("bÁc", await Names(("order", Input.List(Input.Of(("number", SortDirection.Ascending)), Input.Of(("name", SortDirection.Ascending))))));

        async Task<string> Names(params (string, object?)[] arguments) =>
            string.Concat((await fields.Page("nodes", Input.Of(arguments), options)).Nodes.Cast<Machine>().Select(m => m.Name));
    }

    [Fact]
    public async Task Pages_and_cursors_that_make_no_sense_are_refused_by_name()
    {
        var database = await WorkshopDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await database.SaveAsync(RandomWorkshop.Machines(new Random(2), 5));
        var fields = new WorkshopFields(database);
        var cursor = (await fields.Page("edges { cursor }")).Edges[0].Cursor;
        await Refused("first", ("first", 0));
        await Refused("first", ("first", -1));
        await Refused("first", ("first", 101));
        await Refused("last", ("last", 101));
        await Refused("last", ("first", 3), ("last", 3));
        await Refused("offset", ("offset", -1));
        await Refused("offset", ("last", 2), ("offset", 1));
        await Refused("after", ("after", "garbage"));
        await Refused("after", ("after", ""));
        await Refused("before", ("before", "äöü%$"));
        await Refused("after", ("after", cursor), ("order", Input.List(Input.Of(("rank", SortDirection.Ascending)))));
        var deep = Enumerable.Range(0, 5).Aggregate<int, object>(SortDirection.Ascending, (inner, i) => Input.Of((i == 0 ? "name" : "parent", inner)));
        await fields.Page(Everything, Input.Of(("order", Input.List(deep))));
        await Refused("order", ("order", Input.List(Input.Of(("parent", deep)))));
        for (var length = 1; length < cursor.Length; length++) await Refused("after", ("after", cursor[..length]));

        async Task Refused(string argument, params (string, object?)[] arguments)
        {
            var refused = await Assert.ThrowsAsync<GraphQLException>(() => fields.Page(Everything, Input.Of(arguments)));
            Assert.Equal(ErrorCodes.BadUserInput, refused.Error.Code);
            Assert.StartsWith(argument, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cursor_changed_at_any_byte_is_refused_or_harmless()
    {
        var database = await WorkshopDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await database.SaveAsync(new Machine { Name = "a", Rank = 1, Load = new Grams(3), Built = new DateOnly(2024, 1, 1), Rented = true, Wear = Grade.Good });
        var fields = new WorkshopFields(database);
        var order = Order([.. s_keys.Where(k => k.Field is "load" or "built" or "rented" or "wear" or "grade" or "plant.name").Select(k => (k, false))]);
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars((await fields.Page("edges { cursor }", Input.Of(("order", order)))).Edges[0].Cursor);
        var random = new Random(11);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] = (byte)random.Next(256);
            try
            {
                await fields.Page("nodes", Input.Of(("order", order), ("after", System.Buffers.Text.Base64Url.EncodeToString(changed))));
            }
            catch (GraphQLException refused)
            {
                Assert.Equal(ErrorCodes.BadUserInput, refused.Error.Code);
            }
        }
    }

    private static List<object?> Order(List<((string Field, Func<Machine, IComparable?> Key) By, bool Descending)> order) =>
        [.. order.Select(o => o.By.Field.Split('.').Reverse().Aggregate<string, object>(o.Descending ? SortDirection.Descending : SortDirection.Ascending, (inner, name) => Input.Of((name, inner))))];

    /// <summary>Nulls first ascending and last descending; then the id, in the direction of the last key.</summary>
    private static List<long> Sorted(List<Machine> machines, List<((string Field, Func<Machine, IComparable?> Key) By, bool Descending)> order)
    {
        var sorted = machines.OrderBy(_ => 0);
        foreach (var (by, descending) in order.DistinctBy(o => o.By.Field))
            sorted = descending ? sorted.ThenByDescending(by.Key, Comparer<IComparable?>.Default) : sorted.ThenBy(by.Key, Comparer<IComparable?>.Default);
        return [.. (order.DistinctBy(o => o.By.Field).Last().Descending ? sorted.ThenByDescending(m => m.Id) : sorted.ThenBy(m => m.Id)).Select(m => m.Id)];
    }

    private static Task<List<long>> Forward(WorkshopFields fields, List<object?> order, int size) => Walk(fields, order, size, forward: true, () => Task.CompletedTask);
    private static Task<List<long>> Backward(WorkshopFields fields, List<object?> order, int size) => Walk(fields, order, size, forward: false, () => Task.CompletedTask);

    private static async Task<List<long>> Walk(WorkshopFields fields, List<object?> order, int size, bool forward, Func<Task> between)
    {
        var (ids, more, cursor) = (new List<long>(), true, (string?)null);
        for (var pages = 0; more && pages < 100; pages++)
        {
            var arguments = Input.Of((forward ? "first" : "last", size), (forward ? "after" : "before", cursor), ("order", order));
            var page = await fields.Page(Everything, arguments);
            var found = page.Edges.Select(e => ((Machine)e.Node).Id);
            ids = forward ? [.. ids, .. found] : [.. found, .. ids];
            Assert.Equal(cursor is not null, forward ? page.PageInfo.HasPreviousPage : page.PageInfo.HasNextPage);
            (more, cursor) = forward ? (page.PageInfo.HasNextPage, page.PageInfo.EndCursor) : (page.PageInfo.HasPreviousPage, page.PageInfo.StartCursor);
            if (pages < 10) await between();
        }
        return ids;
    }

    /// <summary>Text as both databases compare it: by its bytes.</summary>
    private sealed class Bytes(string text) : IComparable
    {
        private readonly byte[] _bytes = System.Text.Encoding.UTF8.GetBytes(text);

        public int CompareTo(object? obj) => obj is Bytes other ? _bytes.AsSpan().SequenceCompareTo(other._bytes) : 1;
    }
}
