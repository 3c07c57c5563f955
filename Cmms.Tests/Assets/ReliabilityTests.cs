using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Cmms.Domain.Persistence.Sql;
using Cmms.Tests.Policies;
using Cmms.Tests.Work;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cmms.Tests.Assets;

public sealed class ReliabilityTests
{
    private const int Minutes = 5 * 24 * 60;

    /// <summary>The example of docs/guides/downtime.md.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task The_example_of_the_guide(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var start = plant.Now;
        var press = await PolicyDesk.AddAsset(plant, "Press");
        plant.Clock.Advance(TimeSpan.FromHours(100));
        Instant At(double hours) => start + TimeSpan.FromHours(hours);
        await AddAsync(plant, press, DowntimeKind.Unplanned, At(20), At(24));
        await AddAsync(plant, press, DowntimeKind.Planned, At(40), At(46));
        await AddAsync(plant, press, DowntimeKind.Unplanned, At(60), At(62));
        await AddAsync(plant, press, DowntimeKind.NotRequired, At(70), At(80));
        await AddAsync(plant, press, DowntimeKind.Unplanned, At(98), null);
        var found = await OfAsync(plant, press, ReliabilityWindow.Of(start, At(100), plant.Now));
        Assert.Equal((90, 14, 76), (found.Required.TotalHours, found.Down.TotalHours, found.Operating.TotalHours));
        Assert.Equal((3, TimeSpan.FromHours(76 / 3.0), TimeSpan.FromHours(3), TimeSpan.FromHours(3.5)), (found.Failures, found.Mtbf, found.Mttr, found.Mdt));
        Assert.Equal((0.844444m, 0.894118m), (found.Availability, found.InherentAvailability));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task It_equals_a_count_minute_by_minute_on_two_hundred_random_histories(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var zero = plant.Now;
        plant.Clock.Advance(TimeSpan.FromMinutes(Minutes));
        var random = Random.Shared;
        var histories = History.Any.Sample(200, 200).ToList();
        var ids = await plant.WriteAsync(async db =>
        {
            var assets = histories.ConvertAll(h => new Asset("Machine", zero) { InServiceAt = At(h.Since) });
            db.AddRange(assets);
            await db.SaveChangesAsync();
            foreach (var (asset, history) in assets.Zip(histories))
                db.AddRange(history.Stops.Select(s => new Downtime(asset, s.Kind, DowntimeOrigin.Manual, At(s.From), s.To is { } to ? At(to) : null)));
            return assets.ConvertAll(a => a.Id);
        });
        foreach (var (from, to) in ((int, int)[])[(0, Minutes), (1000, 3000), (2345, 2346), (Minutes - 60, Minutes), .. Enumerable.Range(0, 4).Select(_ => random.Next(Minutes - 10)).Select(f => (f, random.Next(f + 1, Minutes)))])
        {
            var found = await plant.ReadAsync(db => db.ReliabilityOf(ids, ReliabilityWindow.Of(At(from), At(to), plant.Now), default));
            foreach (var (id, history) in ids.Zip(histories)) Assert.True(history.Counted(from, to) == found[id], $"{from} to {to}: {history.Counted(from, to)} and not {found[id]} for {history.Since}: {string.Join(' ', history.Stops)}");
        }

        Instant At(int minute) => zero + TimeSpan.FromMinutes(minute);
    }

    [Fact]
    public void What_cannot_be_said_is_null_and_sums_are_of_the_parts()
    {
        Reliability idle = new(TimeSpan.FromHours(10), TimeSpan.Zero, TimeSpan.Zero, 0, 0, 0), failing = new(TimeSpan.FromHours(10), TimeSpan.FromHours(5), TimeSpan.FromHours(4), 2, 1, 3);
        Assert.Equal((null, null, null, 1m, null), (idle.Mtbf, idle.Mttr, idle.Mdt, idle.Availability, idle.InherentAvailability));
        Assert.Equal((null, null), (Reliability.None.Availability, Reliability.None.Mtbf));
        Assert.Equal((TimeSpan.FromHours(7.5), TimeSpan.FromHours(4), 0.75m), ((idle + failing).Mtbf, (idle + failing).Mttr, (idle + failing).Availability));
    }

    [Fact]
    public void A_window_ends_now_at_the_latest_and_is_no_longer_than_can_be_added_up()
    {
        var now = Instant.From(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal((now - TimeSpan.FromDays(30), now), (ReliabilityWindow.Of(null, null, now).From, ReliabilityWindow.Of(null, now + TimeSpan.FromDays(9), now).To));
        Assert.Equal("to", Assert.Throws<EndBeforeStart>(() => ReliabilityWindow.Of(now, now - TimeSpan.FromDays(1), now)).Field);
        Assert.Equal("from", Assert.Throws<InvalidValue>(() => ReliabilityWindow.Of(now - TimeSpan.FromDays(733), now, now)).Field);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_was_put_away_counts_until_then(DatabaseProvider provider)
    {
        await using var plant = await Shop.OpenAsync(provider);
        var (start, press) = (plant.Now, await PolicyDesk.AddAsset(plant, "Press"));
        plant.Clock.Advance(TimeSpan.FromHours(10));
        await plant.WriteAsync(async db => await db.Archive(await db.FindInTree<Asset>(press, default), ChildrenOnArchive.Refuse, default));
        plant.Clock.Advance(TimeSpan.FromHours(10));
        Assert.Equal(10, (await OfAsync(plant, press, ReliabilityWindow.Of(start - TimeSpan.FromHours(5), null, plant.Now))).Required.TotalHours);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task It_is_read_for_one_and_for_groups_and_a_list_asks_once_for_all_its_assets(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var plant = graph.Plant;
        plant.Clock.Advance(TimeSpan.FromHours(50));
        var line = await plant.AddAsset("Line");
        var press = await plant.WriteAsync(async db =>
        {
            Asset press = new("Press", db.Now, await db.FindParent<Asset>(line, default)) { InServiceAt = db.Now - TimeSpan.FromHours(50) };
            (await db.Find<Asset>(line, default)).InServiceAt = db.Now - TimeSpan.FromHours(50);
            db.Add(press);
            await db.SaveChangesAsync();
            return press.Id;
        });
        await AddAsync(plant, press, DowntimeKind.Unplanned, plant.Now - TimeSpan.FromHours(10), plant.Now - TimeSpan.FromHours(5));
        Assert.Equal("""{"asset":{"reliability":{"mtbf":"P1DT21H","mttr":"PT5H","mdt":"PT5H","availability":0.9,"inherentAvailability":0.9,"failures":1,"requiredHours":50,"operatingHours":45,"downtimeHours":5}}}""",
            (await graph.DataAsync("query($id: ID!) { asset(id: $id) { reliability { mtbf mttr mdt availability inherentAvailability failures requiredHours operatingHours downtimeHours } } }", new { id = Doors.GlobalId("Asset", press) }, "viewer")).GetRawText());
        Assert.Equal("""{"site":[{"assets":2,"asset":null,"reliability":{"requiredHours":100,"availability":0.95,"mtbf":"P3DT23H"}}],"root":[{"assets":2,"asset":{"name":"Line"},"reliability":{"failures":1}}],"asset":[{"asset":{"name":"Press"}},{"asset":{"name":"Line"}}],"one":[{"assets":1}],"types":[]}""",
            (await graph.DataAsync("""
                query($line: ID!) {
                  site: reliability { assets asset { name } reliability { requiredHours availability mtbf } }
                  root: reliability(groupBy: ROOT, assetId: $line, includeDescendants: true) { assets asset { name } reliability { failures } }
                  asset: reliability(groupBy: ASSET) { asset { name } }
                  one: reliability(assetId: $line) { assets }
                  types: reliability(groupBy: ASSET_TYPE) { assets }
                }
                """, new { line = Doors.GlobalId("Asset", line) }, "viewer")).GetRawText());
        foreach (var (arguments, field) in ((string, string)[])[("from: \"2026-03-02T00:00:00Z\", to: \"2026-03-01T00:00:00Z\"", "to"), ("from: \"2020-01-01T00:00:00Z\"", "from"), ("first: 501", "first")])
        {
            var error = (await graph.AskAsync($"{{ reliability({arguments}) {{ assets }} }}")).GetProperty("errors")[0];
            Assert.Equal("BAD_USER_INPUT", error.GetProperty("extensions").GetProperty("code").GetString());
            Assert.StartsWith($"'{field}'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal("""{"asset":{"reliability":{"downtimeHours":3,"intervals":[{"startedAt":"2026-03-04T02:00:00Z","endedAt":"2026-03-04T05:00:00Z","duration":"PT3H","isFailure":true,"beganWithin":false,"downtime":{"startedAt":"2026-03-04T00:00:00Z"}}]}}}""",
            (await graph.DataAsync("query($id: ID!) { asset(id: $id) { reliability(from: \"2026-03-04T02:00:00Z\") { downtimeHours intervals { startedAt endedAt duration isFailure beganWithin downtime { startedAt } } } } }", new { id = Doors.GlobalId("Asset", press) }, "viewer")).GetRawText());
        Assert.Equal("""{"reliability":[{"reliability":{"intervals":[{"isFailure":true}]}}]}""", (await graph.DataAsync("{ reliability { reliability { intervals(first: 1) { isFailure } } } }")).GetRawText());

        using StatementLog log = new();
        log.Count(plant.Database.Options);
        await graph.DataAsync("{ assets { nodes { name reliability { mtbf } } } }");
        Assert.True(log.Statements.Count == 2, string.Join('\n', log.Statements)); // who asks, and the list; the sums are one beside them
    }

    private static Task AddAsync(TestPlant plant, long asset, DowntimeKind kind, Instant from, Instant? to) => plant.WriteAsync(async db =>
    {
        db.Add(new Downtime(await db.Find<Asset>(asset, default), kind, DowntimeOrigin.Manual, from, to));
    });

    private static async Task<Reliability> OfAsync(TestPlant plant, long asset, ReliabilityWindow window) => (await plant.ReadAsync(db => db.ReliabilityOf([asset], window, default)))[asset];

    /// <summary>What an asset did, minute by minute.</summary>
    private sealed record History(int Since, IReadOnlyList<(DowntimeKind Kind, int From, int? To)> Stops)
    {
        public static Gen<History> Any { get; } =
            from stops in (from kind in Gen.Elements(Enum.GetValues<DowntimeKind>()) from gap in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 900)) from length in Gen.Choose(1, 700) from goesOn in Gen.Frequency((24, Gen.Constant(false)), (1, Gen.Constant(true))) select (kind, gap, length, goesOn)).ListOf()
            from since in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(0, Minutes - 1)))
            select new History(since, Laid(stops));

        /// <summary>One after the other, sometimes without a gap; what would go on beyond now does.</summary>
        private static List<(DowntimeKind, int, int?)> Laid(IEnumerable<(DowntimeKind Kind, int Gap, int Length, bool GoesOn)> stops)
        {
            List<(DowntimeKind, int, int?)> laid = [];
            var at = 0;
            foreach (var stop in stops)
            {
                var (from, to) = (at + stop.Gap, at + stop.Gap + stop.Length);
                if (from >= Minutes) break;
                var goesOn = stop.GoesOn || to >= Minutes;
                laid.Add((stop.Kind, from, goesOn ? null : to));
                if (goesOn) break;
                at = to;
            }
            return laid;
        }

        /// <summary>The same by another way: each minute is looked at.</summary>
        public Reliability Counted(int from, int to)
        {
            var (required, down, failure) = (0, 0, 0);
            for (var minute = Math.Max(from, Since); minute < to; minute++)
            {
                var stop = Stops.Where(s => s.From <= minute && !(s.To <= minute)).Select(s => ((DowntimeKind Kind, bool IsOver)?)(s.Kind, s.To is not null)).SingleOrDefault();
                if (stop is not { Kind: DowntimeKind.NotRequired }) required++;
                if (stop is { Kind: not DowntimeKind.NotRequired }) down++;
                if (stop is { Kind: DowntimeKind.Unplanned, IsOver: true }) failure++;
            }
            var begun = Stops.Where(s => s.From >= Math.Max(from, Since) && s.From < to).ToList();
            return new Reliability(TimeSpan.FromMinutes(required), TimeSpan.FromMinutes(down), TimeSpan.FromMinutes(failure),
                begun.Count(s => s.Kind is DowntimeKind.Unplanned), begun.Count(s => s is { Kind: DowntimeKind.Unplanned, To: not null }), begun.Count(s => s.Kind is not DowntimeKind.NotRequired));
        }
    }
}
