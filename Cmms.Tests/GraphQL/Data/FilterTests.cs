using Cmms.Domain.Persistence;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Data;

public sealed class FilterTests
{
    /// <summary>The same condition as input and as C#, which is what the answer is held against.</summary>
    private sealed record Condition<T>(InputFields Input, Func<T, bool> Holds);

    [Theory, Sqlite, PostgreSql]
    public async Task Random_filters_find_what_the_same_conditions_find_in_memory(DatabaseProvider provider)
    {
        var random = new Random(7);
        var machines = RandomWorkshop.Machines(random, 80);
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(machines);
        var fields = new WorkshopFields(database);
        for (var i = 0; i < 250; i++)
        {
            var condition = OfMachine(random, depth: 3, machines);
            var found = await fields.Where(condition.Input);
            Assert.True(
                machines.Where(condition.Holds).Select(m => m.Id).Order().SequenceEqual(found.Select(m => m.Id).Order()),
                $"{Show(condition.Input)}: expected {machines.Count(condition.Holds)}, found {found.Count} by {database.Statements.Last()}");
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Each_operator_and_its_negation_divide_all_rows(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(RandomWorkshop.Machines(new Random(1), 60));
        var fields = new WorkshopFields(database);
        foreach (var (field, value) in new (string, object)[]
        {
            ("name", "pump"), ("note", "a%b"), ("rank", 1), ("load", 0L), ("built", new DateOnly(2024, 1, 2)), ("number", 2), ("wear", Grade.Fair), ("rented", true),
        })
        {
            var operations = ((InputObjectType)fields.Entities.FilterInput(typeof(Machine)).Find(field)!.Type).Fields.Where(o => !o.Name.StartsWith('n'));
            foreach (var operation in operations)
                foreach (var given in new[] { value, null })
                {
                    object? operand = operation.Name is "in" ? new List<object?> { given } : given;
                    var holds = await fields.Where(Input.Of((field, Input.Of((operation.Name, operand)))));
                    var fails = await fields.Where(Input.Of((field, Input.Of((operation.Name is "eq" ? "neq" : $"n{operation.Name}", operand)))));
                    Assert.Equal(60, holds.Count + fails.Count);
                    Assert.Empty(holds.Select(m => m.Id).Intersect(fails.Select(m => m.Id)));
                }
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Percent_underscore_and_backslash_are_only_themselves(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(new[] { "a%b", "aXb", "a_b", "a\\b", "100%", "\\%" }.Select(name => new Machine { Name = name }));
        var fields = new WorkshopFields(database);
        Assert.Equal(["100%", "\\%", "a%b"], await Names("contains", "%"));
        Assert.Equal(["a_b"], await Names("contains", "_"));
        Assert.Equal(["\\%", "a\\b"], await Names("contains", "\\"));
        Assert.Equal(["a%b"], await Names("startsWith", "A%"));
        Assert.Equal(["100%", "\\%"], await Names("endsWith", "%"));
        Assert.Equal(["\\%"], await Names("startsWith", "\\"));
        Assert.Equal(["a_b"], await Names("endsWith", "_b"));

        async Task<List<string>> Names(string operation, string text) =>
            [.. (await fields.Where(Input.Of(("name", Input.Of((operation, text)))))).Select(m => m.Name).Order(StringComparer.Ordinal)];
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Text_is_found_whatever_the_case_and_accents_and_search_needs_every_word(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(new Machine { Name = "Bomba Ñandú", Note = "río" }, new Machine { Name = "bomba", Note = null }, new Machine { Name = "ÁRBOL" });
        var fields = new WorkshopFields(database);
        Assert.Single(await fields.Where(Input.Of(("name", Input.Of(("contains", "NANDU"))))));
        Assert.Single(await fields.Where(Input.Of(("name", Input.Of(("startsWith", "árb"))))));
        Assert.Equal(2, (await fields.Page("nodes", Input.Of(("search", "BOMBA")))).Nodes.Count);
        Assert.Single((await fields.Page("nodes", Input.Of(("search", " rio  bómba ")))).Nodes);
        Assert.Empty((await fields.Page("nodes", Input.Of(("search", "bomba %")))).Nodes);
        Assert.Equal(3, (await fields.Page("nodes", Input.Of(("search", "  ")))).Nodes.Count);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Empty_lists_and_objects_and_nulls_have_their_meaning(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        await database.SaveAsync(new Machine { Name = "a", Rank = 1, Plant = new Plant { Name = "north" } }, new Machine { Name = "b" });
        var fields = new WorkshopFields(database);
        await Finds("ab", ("and", Input.List()));
        await Finds("ab", ("or", Input.List()));
        await Finds("ab", ("rank", Input.Of()));
        await Finds("", ("rank", Input.Of(("in", Input.List()))));
        await Finds("ab", ("rank", Input.Of(("nin", Input.List()))));
        await Finds("b", ("rank", Input.Of(("in", Input.List([null])))));
        await Finds("a", ("rank", Input.Of(("nin", Input.List([null])))));
        await Finds("b", ("rank", null));
        await Finds("b", ("plant", null));
        await Finds("a", ("plant", Input.Of()));
        await Finds("", ("number", Input.Of(("eq", null))));
        await Finds("ab", ("or", Input.List(Input.Of(("name", Input.Of(("eq", "a")))), Input.Of())));

        async Task Finds(string names, params (string, object?)[] where) =>
            Assert.Equal(names, string.Concat((await fields.Where(Input.Of(where))).Select(m => m.Name).Order(StringComparer.Ordinal)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Ids_are_global_and_of_the_right_type(DatabaseProvider provider)
    {
        var database = await WorkshopDatabase.CreateAsync(provider);
        var machine = new Machine { Name = "a", Plant = new Plant { Name = "north" } };
        await database.SaveAsync(machine, new Machine { Name = "b" });
        var fields = new WorkshopFields(database);
        var plant = new GlobalId("Plant", machine.Plant.Id).ToString();
        var found = await fields.Where(Input.Of(("plant", Input.Of(("id", Input.Of(("in", Input.List(plant))))))));
        Assert.Equal("a", Assert.Single(found).Name);
        var refused = await Assert.ThrowsAsync<GraphQLException>(() => fields.Where(Input.Of(("id", Input.Of(("eq", plant))))));
        Assert.Equal(ErrorCodes.BadUserInput, refused.Error.Code);
        Assert.StartsWith("where.id.eq", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_no_database_takes_and_too_many_conditions_are_refused()
    {
        var database = await WorkshopDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var fields = new WorkshopFields(database);
        await Refused(Input.Of(("name", Input.Of(("eq", "a\0b")))));
        await Refused(Input.Of(("name", Input.Of(("contains", "\ud800")))));
        await Refused(Input.Of(("name", Input.Of(("contains", new string('a', 5000))))));
        await Refused(Input.Of(("or", Enumerable.Range(0, 10_000).Select(object? (i) => Input.Of(("number", Input.Of(("eq", i))))).ToList())));
        await Refused(Input.Of(("number", Input.Of(("nin", Enumerable.Range(0, 1001).Select(object? (i) => i).ToList())))));
        await Refused(Enumerable.Range(0, 5).Aggregate(Input.Of(), (inner, _) => Input.Of(("children", Input.Of(("some", inner))))));
        await Refused(Enumerable.Range(0, 21).Aggregate(Input.Of(), (inner, _) => Input.Of(("parent", inner))));
        Assert.Empty(await fields.Where(Enumerable.Range(0, 20).Aggregate(Input.Of(), (inner, _) => Input.Of(("parent", inner)))));
        Assert.Empty(await fields.Where(Enumerable.Range(0, 4).Aggregate(Input.Of(), (inner, _) => Input.Of(("children", Input.Of(("some", inner)))))));
        Assert.Empty(await fields.Where(Input.Of(("or", Enumerable.Range(0, 200).Select(object? (i) => Input.Of(("number", Input.Of(("eq", i))))).ToList()))));

        async Task Refused(InputFields where) => Assert.Equal(ErrorCodes.BadUserInput, (await Assert.ThrowsAsync<GraphQLException>(() => fields.Where(where))).Error.Code);
    }

    private static Condition<Machine> OfMachine(Random random, int depth, List<Machine> machines)
    {
        if (depth > 0 && random.Next(3) > 0)
        {
            switch (random.Next(8))
            {
                case 0 or 1: return All(random, () => OfMachine(random, depth - 1, machines));
                case 2: return Any(random, () => OfMachine(random, depth - 1, machines));
                case 3: return Nested("plant", OfPlant(random, depth - 1, machines), (Machine m) => m.Plant);
                case 4: return Nested("parent", OfMachine(random, depth - 1, machines), (Machine m) => m.Parent);
                case 5: return Listed(random, "parts", OfPart(random, depth - 1), (Machine m) => m.Parts);
                case 6: return Listed(random, "tags", OfTag(random), (Machine m) => m.Tags);
                default: return Listed(random, "children", OfMachine(random, depth - 1, machines), (Machine m) => m.Children);
            }
        }
        return random.Next(13) switch
        {
            0 => Text<Machine>(random, "name", m => m.Name),
            1 => Text<Machine>(random, "note", m => m.Note),
            2 => Same<Machine>(random, "code", m => m.Code, RandomWorkshop.Texts),
            3 => Number<Machine>(random, "number", m => m.Number, v => v),
            4 => Number<Machine>(random, "rank", m => m.Rank, v => v),
            5 => Number<Machine>(random, "weight", m => m.Weight.Value, v => (long)v),
            6 => Number<Machine>(random, "load", m => m.Load?.Value, v => (long)v),
            7 => Number<Machine>(random, "built", m => m.Built?.DayOfYear, v => new DateOnly(2024, 1, 1).AddDays(v - 1)),
            8 => Same<Machine>(random, "grade", m => m.Grade, Enum.GetValues<Grade>().Cast<object>().ToArray()),
            9 => Same<Machine>(random, "wear", m => m.Wear, Enum.GetValues<Grade>().Cast<object>().ToArray()),
            10 => Same<Machine>(random, "active", m => m.Active, [true, false]),
            11 => Same<Machine>(random, "rented", m => m.Rented, [true, false]),
            _ => Same<Machine>(random, "id", m => new GlobalId("Machine", m.Id).ToString(), machines.Select(object (m) => new GlobalId("Machine", m.Id).ToString()).ToArray()),
        };
    }

    private static Condition<Plant> OfPlant(Random random, int depth, List<Machine> machines) => random.Next(depth > 0 ? 3 : 2) switch
    {
        0 => Text<Plant>(random, "name", p => p.Name),
        1 => Number<Plant>(random, "floors", p => p.Floors, v => v),
        _ => Listed(random, "machines", OfMachine(random, depth - 1, machines), (Plant p) => p.Machines),
    };

    private static Condition<Part> OfPart(Random random, int depth) => random.Next(depth > 0 ? 3 : 2) switch
    {
        0 => Text<Part>(random, "name", p => p.Name),
        1 => Number<Part>(random, "quantity", p => p.Quantity, v => v),
        _ => Nested("machine", Number<Machine>(random, "rank", m => m.Rank, v => v), (Part p) => p.Machine),
    };

    private static Condition<Tag> OfTag(Random random) => Text<Tag>(random, "name", t => t.Name);

    private static Condition<T> All<T>(Random random, Func<Condition<T>> one)
    {
        var parts = Enumerable.Range(0, random.Next(4)).Select(_ => one()).ToList();
        return new(Input.Of(("and", parts.Select(object? (p) => p.Input).ToList())), x => parts.TrueForAll(p => p.Holds(x)));
    }

    private static Condition<T> Any<T>(Random random, Func<Condition<T>> one)
    {
        var parts = Enumerable.Range(0, random.Next(4)).Select(_ => one()).ToList();
        return new(Input.Of(("or", parts.Select(object? (p) => p.Input).ToList())), x => parts.Count == 0 || parts.Exists(p => p.Holds(x)));
    }

    private static Condition<T> Nested<T, TTo>(string name, Condition<TTo> such, Func<T, TTo?> to) where TTo : class =>
        new(Input.Of((name, such.Input)), x => to(x) is { } there && such.Holds(there));

    private static Condition<T> Listed<T, TItem>(Random random, string name, Condition<TItem> such, Func<T, List<TItem>> items) => random.Next(5) switch
    {
        0 => new(Input.Of((name, Input.Of(("some", such.Input)))), x => items(x).Exists(i => such.Holds(i))),
        1 => new(Input.Of((name, Input.Of(("all", such.Input)))), x => items(x).TrueForAll(i => such.Holds(i))),
        2 => new(Input.Of((name, Input.Of(("none", such.Input)))), x => !items(x).Exists(i => such.Holds(i))),
        3 => new(Input.Of((name, Input.Of(("any", true)))), x => items(x).Count > 0),
        _ => new(Input.Of((name, Input.Of(("any", false)))), x => items(x).Count == 0),
    };

    private static Condition<T> Same<T>(Random random, string name, Func<T, object?> of, object[] values)
    {
        var (value, other) = (random.Next(4) == 0 ? null : values[random.Next(values.Length)], values[random.Next(values.Length)]);
        if (random.Next(2) == 0 || value is bool || other is bool)
            return random.Next(2) == 0 ? Of("eq", value, x => Equals(of(x), value)) : Of("neq", value, x => !Equals(of(x), value));
        return random.Next(2) == 0
            ? Of("in", Input.List(value, other), x => Equals(of(x), value) || Equals(of(x), other))
            : Of("nin", Input.List(value, other), x => !Equals(of(x), value) && !Equals(of(x), other));

        Condition<T> Of(string operation, object? operand, Func<T, bool> holds) => new(Input.Of((name, Input.Of((operation, operand)))), holds);
    }

    private static Condition<T> Number<T>(Random random, string name, Func<T, long?> of, Func<int, object> input)
    {
        int? value = random.Next(6) == 0 ? null : random.Next(1, 4);
        var (operation, holds) = random.Next(10) switch
        {
            0 => ("eq", (Func<long?, bool>)(v => v == value)),
            1 => ("neq", v => v != value),
            2 => ("gt", v => v > value),
            3 => ("ngt", v => !(v > value)),
            4 => ("gte", v => v is not null && value is not null && v >= value),
            5 => ("ngte", v => !(v is not null && value is not null && v >= value)),
            6 => ("lt", v => v < value),
            7 => ("nlt", v => !(v < value)),
            8 => ("lte", v => v is not null && value is not null && v <= value),
            _ => ("nlte", v => !(v is not null && value is not null && v <= value)),
        };
        return new(Input.Of((name, Input.Of((operation, value is { } given ? input(given) : null)))), x => holds(of(x)));
    }

    private static Condition<T> Text<T>(Random random, string name, Func<T, string?> of)
    {
        if (random.Next(2) == 0) return Same<T>(random, name, of, RandomWorkshop.Texts);
        var text = random.Next(8) == 0 ? null : RandomWorkshop.Texts[random.Next(RandomWorkshop.Texts.Length)] is var whole && random.Next(2) == 0 && whole.Length > 2 ? whole[1..] : whole;
        if (text is not null && char.IsLowSurrogate(text.FirstOrDefault())) text = "b";
        var folded = text is null ? null : Workshop.Fold(text);
        var (operation, holds) = random.Next(3) switch
        {
            0 => ("contains", (Func<string, bool>)(v => v.Contains(folded!, StringComparison.Ordinal))),
            1 => ("startsWith", v => v.StartsWith(folded!, StringComparison.Ordinal)),
            _ => ("endsWith", v => v.EndsWith(folded!, StringComparison.Ordinal)),
        };
        var negated = random.Next(2) == 0;
        return new(Input.Of((name, Input.Of((negated ? $"n{operation}" : operation, text)))), x => (folded is not null && of(x) is { } v && holds(Workshop.Fold(v))) != negated);
    }

    private static string Show(object? value) => value switch
    {
        InputFields fields => $"{{{string.Join(", ", fields.Select(f => $"{f.Key}: {Show(f.Value)}"))}}}",
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Show))}]",
        null => "null",
        _ => value.ToString()!,
    };
}
