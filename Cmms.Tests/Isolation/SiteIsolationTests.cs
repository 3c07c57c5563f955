using Cmms.Domain.Persistence;
using Xunit;

namespace Cmms.Tests.Isolation;

/// <summary>
/// What a site or a customer has does not exist for anybody else, by whatever way of the schema one asks: two customers with two sites each, every
/// mutation's story told in them, and everybody who must not know of the victim's asking for all of it. What is not covered fails.
/// </summary>
public sealed class SiteIsolationTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Nobody_sees_or_touches_or_even_notices_what_another_site_has(DatabaseProvider provider)
    {
        await using var world = await World.CreateAsync(provider);
        Findings findings = new();
        await using SubscriptionCases subscriptions = new(world, findings);
        foreach (var place in new[] { world.Victim, world.South, world.Other }) await world.TellOfSiteAsync(place);
        foreach (var place in new[] { world.South, world.Other }) await world.TellAsync(place);

        // The victim fills its site under the eyes of all others.
        var early = await Belongings.ReadAsync(world.Plant, world.Schema);
        ViewCases views = new(world, findings);
        Dictionary<Asker, IReadOnlyDictionary<string, string>> before = [];
        foreach (var asker in world.Intruders) before[asker] = await views.TakeAsync(asker, early, early);
        await subscriptions.ListenAsync();
        await world.TellAsync(world.Victim);
        var belongings = await Belongings.ReadAsync(world.Plant, world.Schema);
        foreach (var asker in world.Intruders) views.Compare(asker, before[asker], await views.TakeAsync(asker, early, belongings));

        await world.AgeAsync();
        await new ArgumentCases(world, findings, belongings).TryAsync();
        await new ListCases(world, findings, belongings).TryAsync();
        await new FilterCases(world, findings, belongings).TryAsync();
        await new DoorCases(world, findings, belongings).TryAsync();

        // The others tell everything once more, and try the victim's ids in each place.
        MutationCases mutations = new(world, findings, belongings);
        HashSet<string> called = [.. await RetellAsync(ofCustomer: false)];
        await subscriptions.ReplayAsync(belongings);
        await subscriptions.VerifyAsync();
        called.UnionWith(await RetellAsync(ofCustomer: true));
        mutations.RequireAll();
        findings.Expect(world.Schema.Mutation!.Fields.All(f => called.Contains(f.Name)), () => "Not every mutation was called.");
        findings.Verify();
        Assert.True(findings.Tried > 10_000, $"only {findings.Tried} were tried");

        // What it leaves of the victim is what there was.
        async Task<IEnumerable<string>> RetellAsync(bool ofCustomer)
        {
            var image = await Belongings.ImageAsync(world.Plant, world.Victim);
            List<string> told = [];
            foreach (var place in new[] { world.South, world.Other })
                told.AddRange((await world.TellAsync(place, "2", (step, input) => mutations.TryAsync(step, input, [.. world.Intruders.Where(a => a.At == place)]), ofCustomer)).Called);
            foreach (var (table, rows) in await Belongings.ImageAsync(world.Plant, world.Victim))
            {
                findings.Expect(rows.Length > 0, () => $"The victim has no row in {table}.");
                findings.Expect(image[table] == rows, () => $"What others did has changed the victim's {table}.");
            }
            return told;
        }
    }

    [Fact]
    public void What_is_left_out_is_counted_and_has_its_reason()
    {
        Assert.Equal(23, Exemptions.Count);
        Assert.All((IReadOnlyDictionary<string, string>[])[Exemptions.OfTheCustomer, Exemptions.Unshown, Exemptions.Unmet, Exemptions.Addresses], some => Assert.All(some.Values, reason => Assert.True(reason.Length > 20)));
    }
}
