using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Cmms.Tests.Work;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cmms.Tests.Work.Doors;

namespace Cmms.Tests.Projects;

public sealed class ProjectDoorsTests
{
    /// <summary>The examples of seed 004: BS-001 goes out at 150.00 with upkeep at 50.00, its terms change, and it comes back with its service.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task BS_001_goes_out_with_its_upkeep_and_comes_back_with_it(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var (project, resource) = await graph.BatteryAsync();
        var assigned = await graph.RunAsync("AssignResources", new
        {
            assignments = new[]
            {
                new
                {
                    projectId = project, resourceId = resource, cost = 150.00, maintenanceCost = 50.00, recurrence = new { frequency = "DAY", interval = 7, startDate = "2026-10-05" },
                    operationStartDate = "2026-10-05", operationEndDate = "2026-12-31", commitmentDate = "2026-10-05",
                },
            },
        });
        Assert.Equal("[]", Errors(assigned));
        var (equipment, service) = (assigned.GetProperty("assignments")[0], assigned.GetProperty("assignments")[1]);
        Assert.Equal(("EQUIPMENT", "ALQUILER / BS-001 / BATERIA SANITARIA HOMBRE", 150m), Terms(equipment));
        Assert.Equal(("SERVICE", "MANTENIMIENTO / BS-001", 50m), Terms(service));
        var id = equipment.GetProperty("id").GetString();
        Assert.Equal(id, service.GetProperty("equipmentAssignment").GetProperty("id").GetString());
        Assert.Equal("""{"rentalStatus":"RENTED","currentLocation":"Campo Norte","commitmentDate":"2026-10-05","currentProject":{"name":"Proyecto 1"}}""", await ResourceAsync());
        Assert.Equal("""{"availableResources":{"nodes":[]}}""", (await graph.DataAsync("{ availableResources(excludeServices: true) { nodes { code } } }", @as: "viewer")).GetRawText());
        Assert.Equal("""{"availableResources":{"nodes":[{"code":"BS-001"}]}}""", (await graph.DataAsync("{ availableResources(excludeServices: true, from: \"2027-01-01\") { nodes { code } } }")).GetRawText());

        var again = Errors(await graph.RunAsync("AssignResources", new { assignments = new[] { new { projectId = project, resourceId = resource, cost = 1, operationStartDate = "2026-10-05" } } }));
        Assert.Contains("\"RESOURCE_ALREADY_RENTED\"", again, StringComparison.Ordinal);
        Assert.Contains("""["input","assignments","0","resourceId"]""", again, StringComparison.Ordinal);

        var changed = await graph.RunAsync("UpdateResourceAssignment", new { id, cost = 175.00, maintenanceCost = 60.00, recurrence = new { frequency = "WEEK", weekdays = new[] { 2, 4, 6 }, startDate = "2026-10-05" } });
        Assert.Equal(175m, Terms(changed.GetProperty("assignment")).Cost);
        var synced = await graph.DataAsync("query($id: ID!) { node(id: $id) { ... on Project { assignments { cost recurrence { frequency interval weekdays } } } } }", new { id = project });
        Assert.Equal(
            """{"node":{"assignments":[{"cost":175,"recurrence":{"frequency":"WEEK","interval":1,"weekdays":[2,4,6]}},{"cost":60,"recurrence":{"frequency":"WEEK","interval":1,"weekdays":[2,4,6]}}]}}""",
            synced.GetRawText());

        var released = await graph.RunAsync("ReleaseResource", new { id, reason = "Finished early" });
        Assert.Equal(1, released.GetProperty("relatedServicesCount").GetInt32());
        Assert.Equal(service.GetProperty("id").GetString(), released.GetProperty("relatedServicesReleased")[0].GetProperty("id").GetString());
        Assert.Equal(("2026-03-02", "Finished early"), (released.GetProperty("assignment").GetProperty("retirementDate").GetString(), released.GetProperty("assignment").GetProperty("retirementReason").GetString()));
        Assert.Equal("""{"rentalStatus":"AVAILABLE","currentLocation":"Bodega","commitmentDate":null,"currentProject":null}""", await ResourceAsync());
        Assert.Contains("ALREADY_RELEASED", Errors(await graph.RunAsync("ReleaseResource", new { id })), StringComparison.Ordinal);
        Assert.Contains("ASSIGNMENT_RETIRED", Errors(await graph.RunAsync("UpdateResourceAssignment", new { id, cost = 1 })), StringComparison.Ordinal);

        async Task<string> ResourceAsync() => (await graph.DataAsync(
            "query($id: ID!) { node(id: $id) { ... on Resource { rentalStatus currentLocation commitmentDate currentProject { name } } } }", new { id = resource })).GetProperty("node").GetRawText();
        static (string? Kind, string? Description, decimal Cost) Terms(System.Text.Json.JsonElement a) =>
            (a.GetProperty("kind").GetString(), a.GetProperty("description").GetString(), a.GetProperty("cost").GetDecimal());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Assigning_is_all_or_nothing(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var (project, resource) = await graph.BatteryAsync();
        object[] assignments = [Input("2026-10-05"), Input("2026-10-05")];
        Assert.Contains("""["input","assignments","1","resourceId"]""", Errors(await graph.RunAsync("AssignResources", new { assignments })), StringComparison.Ordinal);
        Assert.Contains("\"INVALID_VALUE\"", Errors(await graph.RunAsync("AssignResources", new { assignments = new[] { Input("2025-10-05") } })), StringComparison.Ordinal);
        Assert.Equal(0, await graph.Plant.ReadAsync(db => db.ResourceAssignments.CountAsync()));
        Assert.Equal(RentalStatus.Available, await graph.Plant.ReadAsync(db => db.Assets.Select(a => a.RentalStatus).SingleAsync()));

        object Input(string start) => new { projectId = project, resourceId = resource, cost = 1, operationStartDate = start };
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Of_those_who_want_the_same_equipment_at_once_one_gets_it(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var (project, resource) = await graph.BatteryAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => graph.RunAsync(
            "AssignResources", new { assignments = new[] { new { projectId = project, resourceId = resource, cost = 1, operationStartDate = "2026-10-05", maintenanceCost = 1 } } })));

        Assert.Equal(1, answers.Count(a => Errors(a) == "[]"));
        Assert.All(answers.Select(Errors).Where(e => e != "[]"), e => Assert.Contains("RESOURCE_ALREADY_RENTED", e, StringComparison.Ordinal));
        Assert.Equal(2, await graph.Plant.ReadAsync(db => db.ResourceAssignments.CountAsync(a => !a.IsRetired)));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Retiring_deleting_and_closing_bring_equipment_back(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var (project, resource) = await graph.BatteryAsync();
        var id = await AssignAsync();
        Assert.Contains("\"retirementDate\"", Errors(await graph.RunAsync("UpdateResourceAssignment", new { id, isRetired = true, reason = "Done" })), StringComparison.Ordinal);
        Assert.Contains("REASON_REQUIRED", Errors(await graph.RunAsync("UpdateResourceAssignment", new { id, isRetired = true, retirementDate = "2026-11-01" })), StringComparison.Ordinal);
        var retired = await graph.RunAsync("UpdateResourceAssignment", new { id, isRetired = true, retirementDate = "2026-11-01", reason = "Done" });
        Assert.Equal(("2026-11-01", 1), (retired.GetProperty("assignment").GetProperty("retirementDate").GetString(), retired.GetProperty("relatedServicesCount").GetInt32()));
        Assert.Equal(RentalStatus.Available, await StatusAsync());

        id = await AssignAsync();
        Assert.Equal(2, (await graph.RunAsync("DeleteResourceAssignment", new { id })).GetProperty("deletedIds").GetArrayLength());
        Assert.Equal(RentalStatus.Available, await StatusAsync());

        await AssignAsync();
        Assert.Contains("RESOURCE_ALREADY_RENTED", Errors(await graph.RunAsync("UpdateResource", new { id = resource, isArchived = true })), StringComparison.Ordinal);
        var closed = await graph.RunAsync("CloseProject", new { id = project, reason = "Delivered" });
        Assert.Equal(2, closed.GetProperty("releasedAssignments").GetArrayLength());
        Assert.Equal(RentalStatus.Available, await StatusAsync());
        Assert.Contains("PROJECT_INACTIVE", Errors(await graph.RunAsync("CloseProject", new { id = project })), StringComparison.Ordinal);
        Assert.Contains("PROJECT_INACTIVE", Errors(await graph.RunAsync("UpdateProject", new { id = project, name = "Again" })), StringComparison.Ordinal);
        Assert.Equal("[]", Errors(await graph.RunAsync("UpdateResource", new { id = resource, isArchived = true })));
        Assert.Equal("Partner SA", (await graph.DataAsync(Document("ProjectList"), new { search = "partner" })).GetProperty("projects").GetProperty("nodes")[0].GetProperty("partner").GetProperty("name").GetString());

        async Task<string?> AssignAsync() => (await graph.RunAsync("AssignResources", new
        {
            assignments = new[] { new { projectId = project, resourceId = resource, cost = 1, maintenanceCost = 2, operationStartDate = "2026-10-05" } },
        })).GetProperty("assignments")[0].GetProperty("id").GetString();
        Task<RentalStatus> StatusAsync() => graph.Plant.ReadAsync(db => db.Assets.Select(a => a.RentalStatus).SingleAsync());
    }
}

internal static class Rental
{
    /// <summary>A project at Campo Norte, and BS-001, which is kept in Bodega.</summary>
    public static async Task<(string Project, string Resource)> BatteryAsync(this TestGraph graph)
    {
        var asset = await graph.Plant.WriteAsync(async db =>
        {
            Asset battery = new("Batería Sanitaria Hombre", db.Now) { Code = "BS-001" };
            db.Add(battery);
            await db.SaveChangesAsync();
            return battery.Id;
        });
        var partner = await graph.RunAsync("CreatePartner", new { name = "Partner SA" });
        var project = await graph.RunAsync("CreateProject", new
        {
            name = "Proyecto 1", startDate = "2026-01-01", endDate = "2026-12-31", location = "Campo Norte", partnerId = partner.GetProperty("partner").GetProperty("id").GetString(),
        });
        var resource = await graph.RunAsync("CreateResource", new { assetId = GlobalId("Asset", asset), type = "BATERIA SANITARIA HOMBRE", baseLocation = "Bodega" });
        Assert.Equal("[][]", Errors(project) + Errors(resource));
        return (project.GetProperty("project").GetProperty("id").GetString()!, resource.GetProperty("resource").GetProperty("id").GetString()!);
    }
}
