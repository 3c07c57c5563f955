using Engines.Rules;
using Xunit;

namespace Cmms.Tests.Rules;

/// <summary>Random rules over four kinds of facts, held against an evaluator that only knows nested loops.</summary>
public sealed class RandomRuleTests
{
    internal sealed record Kind<TKind>(int X, int Y);
    internal sealed record A; internal sealed record B; internal sealed record C; internal sealed record D;
    private static readonly Type[] Kinds = [typeof(A), typeof(B), typeof(C), typeof(D)];

    /// <summary>What a rule may be: one to three facts in a chain of joins, perhaps an absence, perhaps grouped, and a fact that follows.</summary>
    internal sealed record Shape(string Name, int Priority, int[] Match, int Modulo, bool Swap, int? Absent, bool Grouped, int Derives, int Add, bool Filter)
    {
        public bool Picks(int x, int y) => (x + (2 * y)) % Modulo == 0;
        public bool Pairs(int x, int y) => !Filter || (x + y) % 2 == 0;
    }

    internal sealed class RandomRule<T1, T2, T3, TAbsent, TOut>(Shape shape) : Rule
    {
        public override string Name => shape.Name;
        public override int Priority => shape.Priority;

        public override void Define()
        {
            var one = When<Kind<T1>>(f => shape.Picks(f.X, f.Y));
            if (shape.Match.Length == 1)
            {
                if (shape.Absent is not null) one = one.Without<Kind<TAbsent>>(f => f.Y, n => n.X, (f, n) => shape.Pairs(f.X, n.Y));
                if (shape.Grouped) one.GroupBy(f => f.Y).Derives<Kind<TOut>>().Then((g, d) => d.Insert(Out(g.Sum(f => f.X), g.Key)));
                else one.Then(f => Out(f.X, f.Y));
                return;
            }
            var two = one.And<Kind<T2>>(f => f.Y, g => shape.Swap ? g.Y : g.X, (f, g) => shape.Pairs(f.X, g.Y));
            if (shape.Match.Length == 2)
            {
                if (shape.Absent is not null) two = two.Without<Kind<TAbsent>>((_, g) => g.Y, n => n.X, (f, _, n) => shape.Pairs(f.X, n.Y));
                if (shape.Grouped) two.GroupBy((_, g) => g.Y).Derives<Kind<TOut>>().Then((m, d) => d.Insert(Out(m.Sum(p => p.Item1.X), m.Key)));
                else two.Then((f, g) => Out(f.X, g.Y));
                return;
            }
            var three = two.And<Kind<T3>>((_, g) => g.Y, h => h.X, (f, _, h) => shape.Pairs(f.X, h.Y));
            if (shape.Absent is not null) three = three.Without<Kind<TAbsent>>((_, _, h) => h.Y, n => n.X, (f, _, _, n) => shape.Pairs(f.X, n.Y));
            if (shape.Grouped) three.GroupBy((_, _, h) => h.Y).Derives<Kind<TOut>>().Then((m, d) => d.Insert(Out(m.Sum(p => p.Item1.X), m.Key)));
            else three.Then((f, _, h) => Out(f.X, h.Y));
        }

        private Kind<TOut> Out(int x, int y) => new((x + shape.Add) % 5, y);
    }

    [Fact]
    public void Ten_thousand_random_rule_sets_decide_as_nested_loops_do_in_any_order_of_facts()
    {
        int refused = 0, chained = 0, decided = 0;
        for (var seed = 1; seed <= 10_000; seed++)
        {
            var random = new Random(seed);
            var shapes = Enumerable.Range(0, random.Next(1, 7)).Select(i => Draw(random, i)).ToArray();
            var facts = Enumerable.Range(0, random.Next(1, 12)).Select(_ => (Kind: random.Next(4), X: random.Next(5), Y: random.Next(5))).Distinct().ToArray();
            var levels = Naive.Levels(shapes);
            RuleSet rules;
            try
            {
                rules = new RuleSet(shapes.Select(Build));
            }
            catch (NegationCycle)
            {
                Assert.True(levels is null, $"seed {seed}: refused without reason");
                refused++;
                continue;
            }
            Assert.True(levels is not null, $"seed {seed}: a cycle through negation was accepted");

            var expected = Naive.Evaluate(shapes, levels, facts);
            var inOrder = Run(rules, facts);
            random.Shuffle(facts);
            var shuffled = Run(rules, facts);

            Assert.True(expected.SetEquals(inOrder), $"seed {seed}: expected {string.Join(' ', expected)}, was {string.Join(' ', inOrder)}");
            Assert.True(inOrder.ToHashSet().SetEquals(shuffled) && inOrder.Count == shuffled.Count, $"seed {seed}: depends on the order of facts");
            decided += inOrder.Count > 0 ? 1 : 0;
            chained += shapes.Any(s => shapes.Any(t => t.Match.Contains(s.Derives))) && inOrder.Count > 1 ? 1 : 0;
        }
        Assert.True(refused > 500 && chained > 1000 && decided > 2000, $"vacuous: {refused} refused, {chained} chained, {decided} decided");
    }

    private static Shape Draw(Random random, int index) => new(
        $"rule {index}", random.Next(3), [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(4))], random.Next(1, 4), random.Next(2) == 0,
        random.Next(4) == 0 ? random.Next(4) : null, random.Next(6) == 0, random.Next(4), random.Next(5), random.Next(2) == 0);

    private static Rule Build(Shape shape)
    {
        var kinds = shape.Match.Concat([0, 0]).Take(3).Append(shape.Absent ?? 0).Append(shape.Derives).Select(k => Kinds[k]).ToArray();
        return (Rule)Activator.CreateInstance(typeof(RandomRule<,,,,>).MakeGenericType(kinds), shape)!;
    }

    private static List<(int Kind, int X, int Y)> Run(RuleSet rules, IEnumerable<(int Kind, int X, int Y)> facts)
    {
        var session = rules.Open();
        foreach (var (kind, x, y) in facts)
        {
            if (kind == 0) session.Insert(new Kind<A>(x, y));
            else if (kind == 1) session.Insert(new Kind<B>(x, y));
            else if (kind == 2) session.Insert(new Kind<C>(x, y));
            else session.Insert(new Kind<D>(x, y));
        }
        return [.. session.Fire().Derived.Select(fact => fact switch
        {
            Kind<A> a => (0, a.X, a.Y),
            Kind<B> b => (1, b.X, b.Y),
            Kind<C> c => (2, c.X, c.Y),
            _ => (3, ((Kind<D>)fact).X, ((Kind<D>)fact).Y),
        })];
    }

    private static class Naive
    {
        /// <summary>The level of each kind, or null where there is none: it would rise for ever.</summary>
        public static int[]? Levels(Shape[] shapes)
        {
            var levels = new int[4];
            for (var round = 0; round < 20; round++)
                foreach (var shape in shapes) levels[shape.Derives] = Math.Max(levels[shape.Derives], LevelOf(shape, shapes, levels));
            return levels.Max() > 4 ? null : levels;
        }

        private static int LevelOf(Shape shape, Shape[] shapes, int[] levels)
        {
            int Whole(int kind) => shapes.Any(s => s.Derives == kind) ? levels[kind] + 1 : 0;
            var level = shape.Match.Max(kind => shape.Grouped ? Whole(kind) : levels[kind]);
            return shape.Absent is { } absent ? Math.Max(level, Whole(absent)) : level;
        }

        public static HashSet<(int Kind, int X, int Y)> Evaluate(Shape[] shapes, int[] levels, (int Kind, int X, int Y)[] facts)
        {
            var known = facts.ToHashSet();
            for (var level = 0; level <= 4; level++)
                while (shapes.Where(s => LevelOf(s, shapes, levels) == level).SelectMany(s => Follows(s, known)).ToList() is var found && !known.IsSupersetOf(found))
                    known.UnionWith(found);
            return [.. known.Except(facts)];
        }

        private static IEnumerable<(int Kind, int X, int Y)> Follows(Shape shape, HashSet<(int Kind, int X, int Y)> known)
        {
            var matches = new List<(int X, int Y)>(); // x of the first fact, y of the last
            foreach (var f in known.Where(f => f.Kind == shape.Match[0] && shape.Picks(f.X, f.Y)))
            {
                if (shape.Match.Length == 1) matches.Add((f.X, f.Y));
                else foreach (var g in known.Where(g => g.Kind == shape.Match[1] && f.Y == (shape.Swap ? g.Y : g.X) && shape.Pairs(f.X, g.Y)))
                {
                    if (shape.Match.Length == 2) matches.Add((f.X, g.Y));
                    else foreach (var h in known.Where(h => h.Kind == shape.Match[2] && g.Y == h.X && shape.Pairs(f.X, h.Y))) matches.Add((f.X, h.Y));
                }
            }
            if (shape.Absent is { } absent) matches.RemoveAll(m => known.Any(n => n.Kind == absent && n.X == m.Y && shape.Pairs(m.X, n.Y)));
            var outcome = shape.Grouped ? matches.GroupBy(m => m.Y).Select(g => (X: g.Sum(m => m.X), Y: g.Key)) : matches;
            return [.. outcome.Select(m => (shape.Derives, (m.X + shape.Add) % 5, m.Y))];
        }
    }
}
