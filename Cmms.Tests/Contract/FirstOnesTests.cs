using Cmms.Domain.Persistence;
using Cmms.Tests.Work;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Work.Doors;

namespace Cmms.Tests.Contract;

/// <summary>Two who are the first at the same moment: what both need is made once, and neither hears of the other.</summary>
public sealed class FirstOnesTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task The_general_service_is_made_once_for_all_who_need_it_first(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var project = Id(await graph.RunAsync("CreateProject", new { name = "Campo", startDate = "2026-01-01" }), "project");
        var resources = new string[8];
        for (var i = 0; i < resources.Length; i++)
            resources[i] = Id(await graph.RunAsync("CreateResource", new { assetId = GlobalId("Asset", await graph.Plant.AddAsset($"Battery {i}")) }), "resource");

        var answers = await Task.WhenAll(resources.Select(resourceId => Task.Run(() => graph.RunAsync(
            "AssignResources", new { assignments = new[] { new { projectId = project, resourceId, cost = 1, maintenanceCost = 1, operationStartDate = "2026-10-05" } } }))));

        Assert.All(answers, a => Assert.Equal("[]", Errors(a)));
        Assert.Equal(1, await graph.Plant.ReadAsync(db => db.Resources.CountAsync(r => r.Code == "SERVICE-GENERAL")));
        Assert.Equal(16, await graph.Plant.ReadAsync(db => db.ResourceAssignments.CountAsync()));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_wish_and_a_setting_that_many_set_first_are_set(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => i % 2 == 0
            ? graph.RunAsync("SetNotificationPreference", new { @event = "PART_LOW_STOCK", channel = "EMAIL", enabled = true })
            : graph.RunAsync("UpdatePolicy", new { key = "pm-generation", enabled = true }, "admin"))));
        Assert.All(answers, a => Assert.Equal("[]", Errors(a)));
        Assert.Equal(1, await graph.Plant.ReadAsync(db => db.NotificationPreferences.CountAsync()));
        Assert.Equal(1, await graph.Plant.ReadAsync(db => db.PolicySettings.CountAsync()));
    }

    private static string Id(System.Text.Json.JsonElement payload, string thing) => payload.GetProperty(thing).GetProperty("id").GetString()!;
}
