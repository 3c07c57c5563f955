using Engines.Rules;
using FsCheck;
using FsCheck.Fluent;
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

    /// <summary>Rules, facts, and an order in which the facts are inserted.</summary>
    internal sealed record Case(Shape[] Shapes, (int Kind, int X, int Y)[] Facts, int Order)
    {
        public override string ToString() => $"{string.Join('\n', Shapes.Select(s => $"{s} of {string.Join(' ', s.Match)}"))}\n{string.Join(' ', Facts)}, shuffled by {Order}";
    }

    [Fact]
    public void Ten_thousand_random_rule_sets_decide_as_nested_loops_do_in_any_order_of_facts()
    {
        int refused = 0, chained = 0, decided = 0;
        Prop.ForAll(Arb.From(s_cases, Smaller), one =>
        {
            var levels = Naive.Levels(one.Shapes);
            RuleSet rules;
            try
            {
                rules = new RuleSet(one.Shapes.Select(Build));
            }
            catch (NegationCycle)
            {
                Assert.True(levels is null, "refused without reason");
                refused++;
                return;
            }
            Assert.True(levels is not null, "a cycle through negation was accepted");

            var expected = Naive.Evaluate(one.Shapes, levels, one.Facts);
            var inOrder = Run(rules, one.Facts);
            var facts = one.Facts.ToArray();
            new Random(one.Order).Shuffle(facts);
            var shuffled = Run(rules, facts);

            Assert.True(expected.SetEquals(inOrder), $"expected {string.Join(' ', expected)}, was {string.Join(' ', inOrder)}");
            Assert.True(inOrder.ToHashSet().SetEquals(shuffled) && inOrder.Count == shuffled.Count, "depends on the order of facts");
            decided += inOrder.Count > 0 ? 1 : 0;
            chained += one.Shapes.Any(s => one.Shapes.Any(t => t.Match.Contains(s.Derives))) && inOrder.Count > 1 ? 1 : 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
        Assert.True(refused > 500 && chained > 1000 && decided > 2000, $"vacuous: {refused} refused, {chained} chained, {decided} decided");
    }

    private static readonly Gen<Shape> s_shapes =
        from priority in Gen.Choose(0, 2)
        from length in Gen.Choose(1, 3)
        from match in Gen.Choose(0, 3).ArrayOf(length)
        from modulo in Gen.Choose(1, 3)
        from swap in Gen.Elements(true, false)
        from absent in Gen.Frequency((3, Gen.Constant((int?)null)), (1, Gen.Choose(0, 3).Select(kind => (int?)kind)))
        from grouped in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from derives in Gen.Choose(0, 3)
        from add in Gen.Choose(0, 4)
        from filter in Gen.Elements(true, false)
        select new Shape("", priority, match, modulo, swap, absent, grouped, derives, add, filter);

    private static readonly Gen<Case> s_cases =
        from shapes in Gen.Choose(1, 6).SelectMany(count => s_shapes.ArrayOf(count))
        from facts in Gen.Choose(1, 11).SelectMany(count => (from kind in Gen.Choose(0, 3) from x in Gen.Choose(0, 4) from y in Gen.Choose(0, 4) select (kind, x, y)).ArrayOf(count))
        from order in Gen.Choose(0, int.MaxValue - 1)
        select new Case([.. shapes.Select((shape, i) => shape with { Name = $"rule {i}" })], [.. facts.Distinct()], order);

    /// <summary>One rule less, or one fact less.</summary>
    private static IEnumerable<Case> Smaller(Case one) =>
        one.Shapes.Where(_ => one.Shapes.Length > 1).Select(shape => one with { Shapes = [.. one.Shapes.Where(s => s != shape)] })
            .Concat(one.Facts.Where(_ => one.Facts.Length > 1).Select(fact => one with { Facts = [.. one.Facts.Where(f => f != fact)] }));

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
