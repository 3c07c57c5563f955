using System.IO.Compression;
using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cmms.Tests.Events;

public sealed class EventRetentionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cmms-archive-").FullName;

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_too_old_goes_and_a_whole_tail_stays_that_says_so(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await FillAsync(plant, 1_200);
        plant.Clock.Advance(TimeSpan.FromDays(31));
        await FillAsync(plant, 5);
        Assert.Equal(0, await Retention(plant).RunAsync(default)); // for ever, unless said
        await KeepAsync(plant, 30);

        Assert.Equal(1_203, await Retention(plant).RunAsync(default));
        var left = await EventsAsync(plant);
        Assert.Equal(Enumerable.Range(1_204, left.Count).Select(i => (long)i), left.Select(e => e.Position));
        Assert.Equal("SiteChanged SiteChanged SiteChanged SiteChanged SiteChanged CustomerChanged EventsRemoved", string.Join(' ', left.Select(e => e.Type)));
        Assert.Equal((Actor.System, "Events are kept for 30 days."), (left[^1].Actor, left[^1].Reason));
        Assert.Equal($$"""{"eventsKeptSince":[null,"{{plant.Now - TimeSpan.FromDays(30)}}"]}""", left[^1].Changes);
        Assert.Equal(0, await Retention(plant).RunAsync(default));
        Assert.Equal(left.Count, (await EventsAsync(plant)).Count);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_clock_that_was_set_back_makes_no_hole(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await KeepAsync(plant, 30);
        plant.Clock.Advance(TimeSpan.FromDays(40));
        await FillAsync(plant, 1);
        await plant.Database.WriteAsync(Scope.System, db => db.Events.Where(e => e.Position == 2).ExecuteUpdateAsync(set => set.SetProperty(e => e.At, plant.Now)));
        Assert.Equal(1, await Retention(plant).RunAsync(default));
        Assert.Equal([2L, 3, 4, 5, 6], (await EventsAsync(plant)).Select(e => e.Position));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Only_those_of_customers_who_want_it(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var other = await TestPlant.AddCustomerAsync(plant.Database, "Other");
        await KeepAsync(plant, 30);
        plant.Clock.Advance(TimeSpan.FromDays(31));
        await Retention(plant).RunAsync(default);
        Assert.Equal(3, await plant.Database.ReadAsync(Scope.System, db => db.Events.CountAsync(e => e.CustomerId == other.CustomerId)));
        Assert.Equal(["EventsRemoved"], (await EventsAsync(plant)).Select(e => e.Type));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_goes_is_in_files_once_whole_and_in_order_also_after_a_crash(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await FillAsync(plant, 1_100);
        await KeepAsync(plant, 30);
        var before = await EventsAsync(plant);
        plant.Clock.Advance(TimeSpan.FromDays(31));

        // It dies twice, each time between the file and the removal; meanwhile more becomes too old.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var calls = 0;
            await Assert.ThrowsAsync<IOException>(() => Retention(plant, () => calls++ == attempt ? throw new IOException("killed") : Task.CompletedTask).RunAsync(default));
            File.WriteAllText(Path.Combine(_folder, $"{plant.CustomerId}-000000000001-000000000500.ndjson.gz.part"), "half");
            plant.Clock.Advance(TimeSpan.FromDays(1));
        }
        await Retention(plant).RunAsync(default);

        var files = Directory.GetFiles(_folder, "*.gz").Order(StringComparer.Ordinal).ToList();
        Assert.Equal($"{plant.CustomerId}-000000000001-000000000500.ndjson.gz", Path.GetFileName(files[0]));
        var archived = files.SelectMany(Lines).ToList();
        var left = await EventsAsync(plant);
        Assert.Equal(Enumerable.Range(1, archived.Count).Select(i => (long)i), archived.Select(e => e.GetProperty("position").GetInt64()));
        Assert.Equal(archived.Count + 1, left[0].Position);
        Assert.True(archived.Count >= before.Count);
        foreach (var (was, line) in before.Zip(archived))
        {
            Assert.Equal((was.Type, was.SubjectId, was.At.ToString(), was.Changes),
                (line.GetProperty("type").GetString(), line.GetProperty("subjectId").GetInt64(), line.GetProperty("at").GetString(), line.GetProperty("changes").GetRawText()));
        }
    }

    [Fact]
    public async Task Two_at_once_write_no_file_twice()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await FillAsync(plant, 1_100);
        await KeepAsync(plant, 30);
        plant.Clock.Advance(TimeSpan.FromDays(31));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Retention(plant).RunAsync(default))));
        var archived = Directory.GetFiles(_folder, "*.gz").Order(StringComparer.Ordinal).SelectMany(Lines).Select(e => e.GetProperty("position").GetInt64()).ToList();
        Assert.Equal(Enumerable.Range(1, archived.Count).Select(i => (long)i), archived);
        Assert.Equal(1_104, archived.Count);
    }

    [Fact]
    public async Task Writers_are_not_held_up()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await FillAsync(plant, 5_000);
        await KeepAsync(plant, 30);
        plant.Clock.Advance(TimeSpan.FromDays(31));
        var removing = Task.Run(() => Retention(plant).RunAsync(default));
        var longest = TimeSpan.Zero;
        while (!removing.IsCompleted)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            await FillAsync(plant, 1);
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;
        }
        Assert.Equal(5_004, await removing);
        Assert.True(longest < TimeSpan.FromSeconds(2), $"a writer waited {longest}");
    }

    [Fact]
    public void It_is_kept_for_thirty_days_at_least()
    {
        var customer = new Customer("Acme", "acme");
        Assert.Equal("eventRetentionDays", Assert.Throws<InvalidValue>(() => customer.KeepEvents(29)).Field);
        Assert.Throws<InvalidValue>(() => customer.KeepEvents(36_501));
        customer.KeepEvents(30);
        Assert.Equal(30, customer.EventRetentionDays);
        customer.KeepEvents(null);
        Assert.Null(customer.EventRetentionDays);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private EventRetention Retention(TestPlant plant, Func<Task>? beforeRemoval = null) =>
        new(plant.Database.Factory, plant.Clock, NullLogger<EventRetention>.Instance, _folder) { BeforeRemoval = beforeRemoval };

    private static Task KeepAsync(TestPlant plant, int? days) =>
        plant.Database.WriteAsync(Scope.Customer(plant.CustomerId), async db => (await db.Find<Customer>(plant.CustomerId, default)).KeepEvents(days));

    /// <summary>So many events, in one transaction.</summary>
    private static Task FillAsync(TestPlant plant, int count) => plant.WriteAsync(db =>
    {
        for (var i = 0; i < count; i++) db.Record(nameof(Site), plant.SiteId, "SiteChanged", [new FieldChange("name", i, i + 1)]);
        return Task.CompletedTask;
    });

    private static Task<List<Event>> EventsAsync(TestPlant plant) =>
        plant.Database.ReadAsync(Scope.System, db => db.Events.Where(e => e.CustomerId == plant.CustomerId).OrderBy(e => e.Position).ToListAsync());

    private static IEnumerable<JsonElement> Lines(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        List<JsonElement> lines = [];
        while (reader.ReadLine() is { } line) lines.Add(JsonElement.Parse(line));
        return lines;
    }
}
