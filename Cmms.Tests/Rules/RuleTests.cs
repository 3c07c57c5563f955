using System.Text.Json;
using Engines.Rules;
using Xunit;

namespace Cmms.Tests.Rules;

/// <summary>A part at or below its minimum, with nothing on order, is reordered up to its desired quantity.</summary>
internal sealed class LowStockReorder : Rule
{
    public override void Define() =>
        When<Shelf>(s => s.Available <= s.Minimum)
            .Without<OpenPurchase>(s => s.PartId, p => p.PartId)
            .Then((s, decide) => decide.Reorder(s.PartId, s.Desired - s.Available));
}

internal static class ReorderVerb
{
    public static void Reorder(this Decisions decide, long part, int quantity) => decide.Insert(new Reorder(part, quantity));
}

public sealed class RuleTests
{
    private static RuleSet Set(Action<Lambda> define) => new(new Lambda("only", define));

    [Fact]
    public void A_part_is_reordered_when_low_and_nothing_is_on_order()
    {
        var result = new RuleSet(new LowStockReorder()).Fire<object>(
            new Shelf(1, 2, 5, 12), new Shelf(2, 6, 5, 12), new Shelf(3, 5, 5, 12), new OpenPurchase(3), new Shelf(4, 0, 0, 3));

        Assert.Equal([new Reorder(1, 10), new Reorder(4, 3)], result.Derived);
    }

    [Fact]
    public void A_join_pairs_facts_of_the_same_key_and_nothing_else()
    {
        var rules = Set(r => r.When<ProjectClosed>()
            .And<Rental>(p => p.Project, x => x.Project, (_, x) => x.Id != 9)
            .And<LinkedService>((_, x) => x.Id, s => s.RentalId)
            .Then((p, x, s, decide) => decide.Insert($"{p.Project} {x.Id} {s.Id}")));

        var result = rules.Fire<object>(
            new ProjectClosed("N"), new ProjectClosed("S"), new Rental(1, "N", "a"), new Rental(2, "N", "b"), new Rental(3, "W", "c"), new Rental(9, "N", "d"),
            new LinkedService(10, 1), new LinkedService(11, 2), new LinkedService(12, 1), new LinkedService(13, 3), new LinkedService(14, 9));

        Assert.Equal(["N 1 10", "N 1 12", "N 2 11"], result.Of<string>());
    }

    [Fact]
    public void A_missing_key_joins_with_nothing_not_even_another_missing_one()
    {
        var joined = Set(r => r.When<(long? Id, int N)>().And<(long? Ref, string M)>(a => a.Id, b => b.Ref).Then((a, b, d) => d.Insert(new Reorder(a.N, 0))));
        var absent = Set(r => r.When<(long? Id, int N)>().Without<(long? Ref, string M)>(a => a.Id, b => b.Ref).Then((a, d) => d.Insert(new Reorder(a.N, 0))));
        object[] facts = [((long?)null, 1), ((long?)null, "x"), ((long?)5, 2), ((long?)5, "y")];

        Assert.Equal([new Reorder(2, 0)], joined.Fire(facts).Derived);
        Assert.Equal([new Reorder(1, 0)], absent.Fire(facts).Derived);
    }

    [Fact]
    public void Keys_compare_by_value_within_their_kind()
    {
        var id = Guid.NewGuid();
        Assert.Equal((Key)5, (Key)5L);
        Assert.Equal((Key)"a", (Key)new string('a', 1));
        Assert.Equal((Key)id, (Key)new Guid(id.ToByteArray()));
        Assert.Equal((Key)DayOfWeek.Monday, (Key)DayOfWeek.Monday);
        Assert.Equal((Key)(1L, 2L), (Key)(1L, 2L));
        Assert.Equal((Key)(1L, "x"), (Key)(1L, "x"));
        Assert.Equal(Key.Of((1, 2, 3)), Key.Of((1, 2, 3)));
        Key[] different = [0, 1, "1", "", (1, 1), (0, 1), (1L, "1"), DayOfWeek.Monday, DateOnly.FromDayNumber(1), id, Key.Of((1, 1)), default];
        Assert.Equal(different.Length, different.Distinct().Count());
    }

    [Fact]
    public void Groups_carry_their_key_and_all_their_matches()
    {
        var rules = Set(r => r.When<Rental>().GroupBy(x => x.Project).Where(g => g.Count > 1)
            .And<ProjectClosed>(g => g.Key, p => p.Project)
            .Then((g, p, decide) => decide.Insert($"{p.Project}: {g.Sum(x => x.Id)}")));

        var result = rules.Fire<object>(
            new Rental(1, "N", "a"), new Rental(2, "S", "b"), new Rental(3, "N", "c"), new ProjectClosed("N"), new ProjectClosed("S"));

        Assert.Equal(["N: 4"], result.Of<string>());
    }

    [Fact]
    public void Pairs_can_be_grouped()
    {
        var rules = Set(r => r.When<Rental>().And<LinkedService>(x => x.Id, s => s.RentalId).GroupBy((x, _) => x.Project)
            .Then((g, decide) => decide.Insert($"{g.Key}: {string.Join(",", g.Select(m => m.Item2.Id))}")));

        var result = rules.Fire<object>(
            new Rental(1, "N", "a"), new Rental(2, "N", "b"), new LinkedService(10, 1), new LinkedService(11, 2), new LinkedService(12, 7));

        Assert.Equal(["N: 10,11"], result.Of<string>());
    }

    [Fact]
    public void Collecting_answers_an_empty_set_where_nothing_matches()
    {
        var rules = Set(r => r.When<Rental>().Collect<LinkedService>(x => x.Id, s => s.RentalId)
            .Then((x, services, decide) => decide.Insert($"{x.Id}: {services.Count}")));

        var result = rules.Fire<object>(new Rental(1, "N", "a"), new Rental(2, "N", "b"), new LinkedService(10, 2), new LinkedService(11, 2));

        Assert.Equal(["1: 0", "2: 2"], result.Of<string>());
    }

    [Fact]
    public void Derived_facts_fire_further_rules_and_the_story_tells_the_chain()
    {
        var result = Cascade().Fire<object>(
            new ProjectClosed("N"), new Rental(1, "N", "BS-001"), new Rental(2, "S", "BS-002"), new LinkedService(10, 1), new LinkedService(11, 2));

        Assert.Equal([new Released(1, "BS-001"), new ServiceRetired(10)], result.Derived);
        Assert.Equal(
            [
                "Release equipment: project closed (project N) and rental (id 1, project N, equipment BS-001) → released (rental id 1, equipment BS-001)",
                "Retire services: released (rental id 1, equipment BS-001) and linked service (id 10, rental id 1) → service retired (service id 10)",
            ],
            result.Story(new ServiceRetired(10)).Select(firing => firing.ToString()));
    }

    [Fact]
    public void A_rule_waits_until_all_that_it_negates_is_derived()
    {
        var untouched = new Lambda("untouched", r => r.When<Rental>().Without<Released>(x => x.Id, x => x.RentalId)
            .Then((x, decide) => decide.Insert($"{x.Id} stays")), priority: 100);
        var result = new RuleSet([untouched, .. CascadeRules()]).Fire<object>(new Rental(1, "N", "a"), new Rental(2, "S", "b"), new ProjectClosed("N"));

        Assert.Equal(["2 stays"], result.Of<string>());
        Assert.Equal("untouched", result.Trace[^1].Rule);
    }

    [Fact]
    public void Needing_the_whole_of_what_one_leads_to_is_refused_by_name()
    {
        var first = new Lambda("first", r => r.When<Rental>().Without<Released>(x => x.Id, y => y.RentalId).Then(x => new LinkedService(x.Id, 1)));
        var second = new Lambda("second", r => r.When<LinkedService>().Then(s => new Released(s.Id, "a")));

        var error = Assert.Throws<NegationCycle>(() => new RuleSet(second, first));

        Assert.Equal(["first", "second"], error.Rules);
        Assert.Equal(["second"], new RuleSet(new Lambda("unrelated", r => r.When<Rental>().Then(x => new Shelf(x.Id, 0, 0, 0))), second).Disable("unrelated").Enabled);
    }

    [Fact]
    public void Higher_priority_fires_first_even_when_woken_in_the_middle()
    {
        var slow = new Lambda("slow", r => r.When<Rental>().Then(x => new Released(x.Id, x.Equipment)));
        var next = new Lambda("next", r => r.When<Rental>().Then(x => new OpenPurchase(x.Id)));
        var urgent = new Lambda("urgent", r => r.When<Released>().Then(x => new ServiceRetired(x.RentalId)), priority: 5);

        var result = new RuleSet(slow, next, urgent).Fire(new Rental(1, "N", "a"), new Rental(2, "N", "b"));

        Assert.Equal(["slow", "urgent", "slow", "urgent", "next", "next"], result.Trace.Select(firing => firing.Rule));
    }

    [Fact]
    public void A_derived_fact_that_equals_a_known_one_is_not_inserted_again()
    {
        var rules = new RuleSet(
            new Lambda("a", r => r.When<Rental>().Then(x => new ProjectClosed(x.Project))),
            new Lambda("b", r => r.When<ProjectClosed>().Then((p, decide) => decide.Insert($"closed {p.Project}"))));

        var result = rules.Fire<object>(new ProjectClosed("N"), new Rental(1, "N", "a"), new Rental(2, "S", "b"), new Rental(3, "S", "c"));

        Assert.Equal([new ProjectClosed("S"), "closed N", "closed S"], result.Derived.OrderBy(fact => fact is string));
        Assert.Equal(5, result.Trace.Count);
    }

    [Fact]
    public void A_loop_ends_at_the_limit_and_is_named()
    {
        var rules = new RuleSet(
            new Lambda("start", r => r.When<OpenPurchase>().Then(p => new Reorder(p.PartId, 1))),
            new Lambda("grow", r => r.When<Reorder>().Then(o => new Released(o.Quantity, ""))),
            new Lambda("again", r => r.When<Released>().Then(x => new Reorder(1, x.RentalId + 1))));
        var session = rules.Open(firingLimit: 500);
        session.Insert(new OpenPurchase(1));

        var error = Assert.Throws<FiringLimitExceeded>(session.Fire);

        Assert.Equal(["again", "grow"], error.Loop.Order());
        Assert.Equal(500, error.Limit);
    }

    [Fact]
    public void Too_many_matches_are_not_called_a_loop()
    {
        var session = Set(r => r.When<OpenPurchase>().Then((p, decide) => decide.Insert($"{p}"))).Open(firingLimit: 3);
        session.InsertAll(Enumerable.Range(0, 4).Select(i => new OpenPurchase(i)));

        Assert.Empty(Assert.Throws<FiringLimitExceeded>(session.Fire).Loop);
    }

    [Fact]
    public void Facts_that_rules_match_must_be_announced()
    {
        var rules = new RuleSet(
            new Lambda("silent", r => r.When<Rental>().Then((x, decide) => decide.Insert(new ProjectClosed(x.Project)))),
            new Lambda("reader", r => r.When<ProjectClosed>().Then((_, _) => { })));

        var error = Assert.Throws<UndeclaredFact>(() => rules.Fire(new Rental(1, "N", "a")));

        Assert.Equal(("silent", "ProjectClosed"), (error.Rule, error.Fact));
    }

    [Fact]
    public void A_rule_that_throws_is_named()
    {
        var rules = Set(r => r.When<Rental>().Then((_, _) => throw new FormatException("no")));

        var error = Assert.Throws<RuleFailed>(() => rules.Fire(new Rental(1, "N", "a")));

        Assert.Equal("only", error.Rule);
        Assert.IsType<FormatException>(error.InnerException);
    }

    [Fact]
    public void Rules_are_switched_by_name_or_tag()
    {
        var rules = new RuleSet(
            new Lambda("one", r => r.When<Rental>().Then((_, d) => d.Insert("one")), 0, "night"),
            new Lambda("two", r => r.When<Rental>().Then((_, d) => d.Insert("two")), 0, "night", "day"),
            new Lambda("three", r => r.When<Rental>().Then((_, d) => d.Insert("three"))));
        var rental = new Rental(1, "N", "a");

        Assert.Equal(["three"], rules.Disable("night").Fire(rental).Of<string>());
        Assert.Equal(["two", "three"], rules.Disable("night").Enable("day").Fire(rental).Of<string>());
        Assert.Equal(["one", "two"], rules.Disable("three").Enabled);
        Assert.Equal(["one", "two", "three"], rules.Fire(rental).Of<string>());
        Assert.Throws<ArgumentException>(() => rules.Disable("noon"));
    }

    [Fact]
    public void A_session_fires_once_and_a_set_any_number_of_times()
    {
        var rules = new RuleSet(new LowStockReorder());
        var session = rules.Open();
        session.Insert(new Shelf(1, 0, 1, 2));
        Assert.Single(session.Fire().Derived);

        Assert.Throws<InvalidOperationException>(session.Fire);
        Assert.Throws<InvalidOperationException>(() => session.Insert(new Shelf(2, 0, 1, 2)));
        Assert.Empty(rules.Open().Fire().Derived);
    }

    [Fact]
    public void A_fact_is_inserted_as_what_it_is()
    {
        var session = new RuleSet(new LowStockReorder()).Open();
        Assert.Throws<ArgumentException>(() => session.Insert<object>(new Shelf(1, 0, 1, 2)));
    }

    [Fact]
    public void Rules_are_named_by_their_words_and_once_in_a_set()
    {
        Assert.Equal("Low stock reorder", new LowStockReorder().Name);
        Assert.Throws<ArgumentException>(() => new RuleSet(new LowStockReorder(), new LowStockReorder()));
        Assert.Throws<InvalidOperationException>(() => new RuleSet(new Lambda("unfinished", _ => { })));
    }

    [Fact]
    public void The_trace_reads_as_a_sentence_and_as_data()
    {
        var result = new RuleSet(new LowStockReorder()).Fire(new Shelf(7, 2, 5, 12));
        var firing = result.Why(new Reorder(7, 10));

        Assert.Equal("Low stock reorder: shelf (part id 7, available 2, minimum 5, desired 12) and no open purchase → reorder (part id 7, quantity 10)", firing.ToString());
        Assert.Equal(
            """{"Rule":"Low stock reorder","Matched":[{"Fact":"shelf","Values":{"PartId":7,"Available":2,"Minimum":5,"Desired":12}}],"Absent":["open purchase"],"Produced":[{"Fact":"reorder","Values":{"PartId":7,"Quantity":10}}]}""",
            JsonSerializer.Serialize(firing.ToData()));
    }

    [Fact]
    public void The_trace_of_a_large_group_shows_a_hundred_and_says_how_many_there_are()
    {
        var session = new RuleSet(new Lambda("all", r => r.When<Rental>().GroupBy(x => x.Project).Then((g, decide) => decide.Insert(new ServiceRetired(g.Count))))).Open();
        session.InsertAll(Enumerable.Range(0, 101).Select(i => new Rental(i, "N", "e")));
        var data = session.Fire().Trace[0].ToData();
        Assert.Equal((101, 100), (data.Matched[0].Of, ((object[])data.Matched[0].Values).Length));
        Assert.EndsWith("\"Of\":101}", JsonSerializer.Serialize(data.Matched[0]), StringComparison.Ordinal);
        Assert.Null(data.Produced[0].Of);
    }

    [Fact]
    public void The_trace_of_a_group_shows_its_members()
    {
        var result = Set(r => r.When<Rental>().And<LinkedService>(x => x.Id, s => s.RentalId).GroupBy((x, _) => x.Project).Then((_, d) => d.Insert("x")))
            .Fire<object>(new Rental(1, "N", "a"), new LinkedService(10, 1));

        Assert.Equal("only: 1 rental and linked service of N → x", result.Trace[0].ToString());
        Assert.Contains("""[[{"Id":1,"Project":"N","Equipment":"a"},{"Id":10,"RentalId":1}]]""", JsonSerializer.Serialize(result.Trace[0].ToData()), StringComparison.Ordinal);
    }

    private static RuleSet Cascade() => new(CascadeRules());

    private static Rule[] CascadeRules() =>
    [
        new Lambda("Retire services", r => r.When<Released>().And<LinkedService>(x => x.RentalId, s => s.RentalId).Then((_, s) => new ServiceRetired(s.Id))),
        new Lambda("Release equipment", r => r.When<ProjectClosed>().And<Rental>(p => p.Project, x => x.Project).Then((_, x) => new Released(x.Id, x.Equipment))),
    ];
}
