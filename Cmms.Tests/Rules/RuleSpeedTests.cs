using System.Diagnostics;
using Engines.Rules;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.Rules;

public sealed class RuleSpeedTests(ITestOutputHelper output)
{
    private const int Size = 6_000;

    [Fact]
    public void A_keyed_join_beats_nested_loops_by_far()
    {
        var rentals = Enumerable.Range(0, Size).Select(i => new Rental(i, "N", "e")).ToArray();
        var services = Enumerable.Range(0, Size).Select(i => new LinkedService(i, i * 7 % Size)).ToArray();
        var rules = new RuleSet(new Lambda("join", r => r.When<Rental>().And<LinkedService>(x => x.Id, s => s.RentalId).Then((_, s) => new ServiceRetired(s.Id))));

        var engine = Best(() =>
        {
            var session = rules.Open();
            session.InsertAll(rentals);
            session.InsertAll(services);
            return session.Fire().Derived.Count;
        });
        var nested = Best(() =>
        {
            var found = new List<ServiceRetired>();
            foreach (var rental in rentals)
                foreach (var service in services)
                    if (rental.Id == service.RentalId) found.Add(new ServiceRetired(service.Id));
            return found.Count;
        });

        output.WriteLine($"engine {engine.TotalMilliseconds:F1} ms, nested loops {nested.TotalMilliseconds:F1} ms");
        Assert.True(engine * 4 < nested, $"engine {engine.TotalMilliseconds:F1} ms, nested loops {nested.TotalMilliseconds:F1} ms");
    }

    private static TimeSpan Best(Func<int> act)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.Equal(Size, act());
            var took = Stopwatch.GetElapsedTime(start);
            if (took < best) best = took;
        }
        return best;
    }
}
