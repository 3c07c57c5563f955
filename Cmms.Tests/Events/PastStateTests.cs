using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Events;

public sealed class PastStateTests
{
    private static readonly int s_steps = Requirements.Soak ? 200 : 40;

    /// <summary>What anything was at any moment is what a snapshot had shown then, whatever happened in between, and with the older half of the log gone.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task The_state_at_any_moment_is_what_was_there_then(DatabaseProvider provider)
    {
        var seed = Random.Shared.Next();
        await using var plant = await TestPlant.CreateAsync(provider);
        var history = new RandomHistory(plant, new Random(seed));
        Dictionary<(string, long), List<(Instant At, string? State)>> snapshots = [];
        await history.BeginAsync();
        for (var step = 0; step < s_steps; step++)
        {
            await history.StepAsync();
            foreach (var subject in history.Subjects)
            {
                if (!snapshots.TryGetValue(subject, out var taken)) snapshots[subject] = taken = [];
                taken.Add((plant.Now, await history.NowAsync(subject)));
            }
            plant.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var half = plant.Now - TimeSpan.FromMinutes(s_steps / 2);
        await CompareAsync(default);
        await plant.Database.WriteAsync(Scope.System, db => db.Events.Where(e => e.At < half).ExecuteDeleteAsync());
        await CompareAsync(half);

        async Task CompareAsync(Instant from)
        {
            List<string> failures = [];
            await using var db = plant.Read();
            var types = LoggedType.All(db.Model);
            foreach (var ((type, id), taken) in snapshots)
                foreach (var (at, state) in taken.Where(t => t.At >= from))
                    foreach (var moment in (Instant[])[at, at + TimeSpan.FromSeconds(30)])
                        if (Text(await db.StateAt(types[type], id, moment, default)) is var was && was != state) failures.Add($"seed {seed}: {type} {id} at {moment}\n  was {state}\n  not {was}");
            Assert.True(failures.Count == 0, string.Join('\n', failures.Take(3)));
            Assert.True(snapshots.Keys.Select(k => k.Item1).Distinct().Count() >= 5);
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Before_it_was_made_after_it_was_deleted_and_for_a_neighbour_there_is_nothing(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var before = plant.Now;
        plant.Clock.Advance(TimeSpan.FromMinutes(1));
        var id = await plant.WriteAsync(async db =>
        {
            var type = new AssetType("Pumps");
            db.Add(type);
            await db.SaveChangesAsync();
            return type.Id;
        });
        var made = plant.Now;
        plant.Clock.Advance(TimeSpan.FromMinutes(1));
        await plant.WriteAsync(async db => db.Remove(await db.Find<AssetType>(id, default)));
        var gone = plant.Now;

        await using var db = plant.Read();
        var type = LoggedType.All(db.Model)[nameof(AssetType)];
        Assert.Null(await db.StateAt(type, id, before, default));
        Assert.Equal("Pumps", (await db.StateAt(type, id, made, default))!["name"].GetString());
        Assert.Null(await db.StateAt(type, id, gone, default));
        Assert.Null(await db.StateAt(type, id + 1, made, default));
        await using var neighbour = plant.Database.For(plant.Neighbour);
        Assert.Null(await neighbour.StateAt(type, id, made, default));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_long_history_is_undone_in_the_same_few_statements(DatabaseProvider provider)
    {
        using StatementLog statements = new();
        await using var plant = await TestPlant.CreateAsync(provider);
        var site = plant.SiteId;
        var first = plant.Now;
        await plant.Database.ExecuteAsync($"""
            INSERT INTO event (customer_id, position, site_id, type, subject_type, subject_id, actor, at, changes)
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            SELECT {plant.CustomerId}, 100 + i, {site}, 'SiteChanged', 'Site', {site}, 'system', {(provider is DatabaseProvider.Sqlite ? $"{first.Microseconds} + i" : $"timestamptz '{first}' + i * interval '1 microsecond'")},
                   CASE WHEN i = 1 THEN {Early} ELSE {Later} END FROM n
            """);
        await using var db = plant.Read();
        var type = LoggedType.All(db.Model)[nameof(Site)];
        statements.Count(plant.Database.Options);
        var allocated = GC.GetTotalAllocatedBytes();
        var state = await db.StateAt(type, site, first, default);
        Assert.Equal("Early", state!["name"].GetString());
        Assert.Equal(2, statements.Statements.Count);
        Assert.True(GC.GetTotalAllocatedBytes() - allocated < 200_000_000);
    }

    private const string Early = """'{"name":["Early","b"]}'""", Later = """'{"name":["a","b"]}'""";

    private static string? Text(IReadOnlyDictionary<string, JsonElement>? state) => state is null ? null : JsonSerializer.Serialize(state);
}
