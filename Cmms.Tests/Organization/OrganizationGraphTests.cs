using System.Text.Json;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Organization;

public sealed class OrganizationGraphTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Sites_people_roles_and_keys_are_kept_through_their_doors(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        await Know(graph, calls);
        var opened = await calls.DoesAsync("createSite", """{"name":"East","code":"EAST","timeZone":"Asia/Tokyo","currency":"JPY","dateTimeFormat":"DD/MM/YYYY - 23:59"}""",
            "SiteCreated UserRoleCreated WorkOrderStatusCreated WorkOrderStatusCreated WorkOrderStatusCreated WorkOrderStatusCreated WorkOrderStatusCreated StoreroomCreated", "site.id as east");
        Snapshot.Match(calls.Readable(opened), "A_site_is_opened");
        await calls.DoesAsync("updateSite", """{"id":"{east}","version":1,"name":"Far East","currency":"EUR"}""", "SiteChanged");
        var begun = await graph.DataAsync("{ storerooms { nodes { name isDefault } } }", site: calls["east"]);
        Assert.Equal("""{"storerooms":{"nodes":[{"name":"Main Storeroom","isDefault":true}]}}""", begun.GetRawText());

        await calls.DoesAsync("inviteUser", """{"name":"Ana","surname":"Núñez","email":"Ana@acme.test","language":"es","regularRate":41}""", "UserCreated", "user.id as ana");
        await calls.DoesAsync("updateUser", """{"id":"{ana}","jobTitle":"Planner","canBeAssignedToWorkOrders":true,"customerRole":"OWNER"}""", "UserChanged");
        await calls.DoesAsync("updateUser", """{"id":"{viewer}","phoneNumber":"555"}""", "UserChanged", @as: "viewer");
        await calls.DoesAsync("deactivateUser", """{"id":"{ana}"}""", "UserDeactivated");
        await calls.DoesAsync("reactivateUser", """{"id":"{ana}"}""", "UserReactivated");
        await calls.DoesAsync("grantRole", """{"userId":"{ana}","siteId":"{east}","role":"TECHNICIAN"}""", "UserRoleCreated");
        await calls.DoesAsync("grantRole", """{"userId":"{ana}","siteId":"{east}","role":"MANAGER"}""", "UserRoleChanged");
        var permissions = await graph.DataAsync("query($id: ID!, $site: ID!, $none: ID!) { user(id: $id) { there: permissions(siteId: $site) here: permissions(siteId: $none) } }",
            new { id = calls["ana"], site = calls["east"], none = calls["north"] });
        Assert.Contains("MANAGE_ASSETS", permissions.GetProperty("user").GetProperty("there").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(0, permissions.GetProperty("user").GetProperty("here").GetArrayLength());
        await calls.DoesAsync("revokeRole", """{"userId":"{ana}","siteId":"{east}"}""", "UserRoleDeleted");

        var key = await calls.DoesAsync("createApiKey", """{"name":"Gateway","userId":"{ana}"}""", "ApiKeyCreated", "apiKey.id as key");
        Assert.StartsWith("cmms_", key.GetProperty("secret").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key.GetProperty("secret").GetString()!, await EventTextAsync(graph), StringComparison.Ordinal);
        await calls.DoesAsync("revokeApiKey", """{"id":"{key}"}""", "ApiKeyRevoked");
        await calls.DoesAsync("archiveSite", """{"id":"{east}"}""", "SiteArchived");
        await calls.DoesAsync("restoreSite", """{"id":"{east}"}""", "SiteRestored");
        calls.Verify();
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_working_time_of_a_site_is_kept(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        await calls.DoesAsync("setWorkingHours", """{"hours":[{"weekday":1,"from":"08:00","to":"12:00"},{"weekday":1,"from":"13:00","to":"17:00"},{"weekday":7,"from":"22:00","to":"06:00"}]}""",
            "WorkingHoursCreated WorkingHoursCreated WorkingHoursCreated");
        await calls.DoesAsync("setWorkingHours", """{"hours":[{"weekday":1,"from":"08:00","to":"12:00"}]}""", "WorkingHoursDeleted WorkingHoursDeleted WorkingHoursDeleted WorkingHoursCreated");
        await calls.DoesAsync("addNonWorkingDay", """{"date":"2026-12-25","reason":"Christmas"}""", "NonWorkingDateCreated");
        var calendar = await graph.DataAsync("{ workCalendar { workingHours { weekday from to } nonWorkingDays { date reason } } }", @as: "requester");
        Assert.Equal("""{"workCalendar":{"workingHours":[{"weekday":1,"from":"08:00:00","to":"12:00:00"}],"nonWorkingDays":[{"date":"2026-12-25","reason":"Christmas"}]}}""", calendar.GetRawText());
        await calls.RefusesAsync("addNonWorkingDay", """{"date":"2026-12-25","reason":"Again"}""", "DUPLICATE date");
        await calls.RefusesAsync("addNonWorkingDay", """{"date":"2026-12-26","reason":" "}""", "INVALID_VALUE reason");
        await calls.RefusesAsync("addNonWorkingDay", """{"date":"26.12.2026","reason":"Boxing Day"}""", "BAD_USER_INPUT date");
        await calls.RefusesAsync("removeNonWorkingDay", """{"date":"2026-01-01"}""", "NOT_FOUND date");
        await calls.RefusesAsync("setWorkingHours", """{"hours":[{"weekday":8,"from":"08:00","to":"12:00"}]}""", "INVALID_VALUE hours.0.weekday");
        await calls.RefusesAsync("setWorkingHours", """{"hours":[{"weekday":7,"from":"22:00","to":"06:00"},{"weekday":1,"from":"05:00","to":"09:00"}]}""", "INVALID_VALUE hours.1");
        await calls.RefusesAsync("setWorkingHours", """{"hours":[]}""", "FORBIDDEN MANAGE_PLANNING", "technician");
        await calls.DoesAsync("removeNonWorkingDay", """{"date":"2026-12-25"}""", "NonWorkingDateDeleted");
        calls.Verify();
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_refused_says_why_and_leaves_nothing(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        await Know(graph, calls);
        var (customer, site, _) = await TestPlant.AddCustomerAsync(graph.Plant.Database, "Other");
        calls["foreignSite"] = new GlobalId("Site", site).ToString();
        calls["foreignUser"] = new GlobalId("User", await graph.Plant.Database.WriteAsync(Scope.Customer(customer), async db =>
        {
            User user = new("Eve", "Other", "eve@other.test");
            db.Users.Add(user);
            await db.SaveChangesAsync();
            return user.Id;
        })).ToString();
        await calls.DoesAsync("createPart", """{"name":"Filter","unitCost":2}""", "PartCreated");
        await calls.DoesAsync("createApiKey", """{"name":"Mine"}""", "ApiKeyCreated", "apiKey.id as key");

        foreach (var (mutation, input, refusal, caller) in Refusals) await calls.RefusesAsync(mutation, input, refusal, caller);
        calls.Verify();
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_a_caller_sees_of_the_organization_follows_the_callers_roles(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        const string Question = "{ me { fullName email } customer { name } sites { nodes { code } } apiKeys { nodes { user { name } } } users { totalCount } roles { role } }";
        Snapshot.Match(JsonSerializer.Serialize(await graph.DataAsync(Question, @as: "neighbour")), "A_neighbour_asks");
        var owner = await graph.DataAsync(Question);
        Assert.Equal("""{"nodes":[{"code":"NORTH"},{"code":"SOUTH"}]}""", owner.GetProperty("sites").GetRawText());
        Assert.Equal(6, owner.GetProperty("apiKeys").GetProperty("nodes").GetArrayLength());
        var hidden = await graph.DataAsync("{ site(code: \"SOUTH\") { name } }", @as: "technician");
        Assert.Equal("""{"site":null}""", hidden.GetRawText());
    }

    private static readonly (string Mutation, string Input, string Refusal, string? Caller)[] Refusals =
    [
        ("createSite", """{"name":"East","code":"EAST","timeZone":"Asia/Tokyo"}""", "BAD_USER_INPUT currency", "admin"),
        ("createSite", """{"name":"East","code":"north","timeZone":"Asia/Tokyo","currency":"JPY"}""", "DUPLICATE code", "admin"),
        ("createSite", """{"name":"East","code":"12","timeZone":"Asia/Tokyo","currency":"JPY"}""", "INVALID_VALUE code", "admin"),
        ("createSite", """{"name":"East","code":"EAST","timeZone":"Mars/Olympus","currency":"JPY"}""", "INVALID_VALUE timeZone", "admin"),
        ("createSite", """{"name":"East","code":"EAST","timeZone":"Asia/Tokyo","currency":"XXQ"}""", "INVALID_VALUE currency", "admin"),
        ("createSite", """{"name":"East","code":"EAST","timeZone":"Asia/Tokyo","currency":"JPY","dateTimeFormat":"later"}""", "INVALID_VALUE dateTimeFormat", "admin"),
        ("createSite", """{"name":"East","code":"EAST","timeZone":"Asia/Tokyo","currency":"JPY"}""", "FORBIDDEN owner", "manager"),
        ("createSite", """{"name":"East","code":"EAST","timeZone":"Asia/Tokyo","currency":"JPY"}""", "UNAUTHENTICATED", null),
        ("updateSite", """{"id":"{foreignSite}","name":"Mine"}""", "NOT_FOUND id", "admin"),
        ("updateSite", """{"id":"{north}","version":8}""", "CONFLICT version", "admin"),
        ("updateSite", """{"id":"{north}","code":"SOUTH"}""", "DUPLICATE code", "admin"),
        ("updateSite", """{"id":"{north}","currency":"EUR"}""", "IN_USE", "admin"),
        ("updateSite", """{"id":"{north}","name":""}""", "INVALID_VALUE name", "admin"),
        ("archiveSite", """{"id":"{foreignSite}"}""", "NOT_FOUND id", "admin"),
        ("restoreSite", """{"id":"{foreignSite}"}""", "NOT_FOUND id", "admin"),
        ("archiveSite", """{"id":"{north}"}""", "FORBIDDEN owner", "manager"),
        ("inviteUser", """{"name":"Ana","surname":"N","email":"admin@example.test"}""", "DUPLICATE email", "admin"),
        ("inviteUser", """{"name":"Ana","surname":"N","email":"nobody"}""", "INVALID_VALUE email", "admin"),
        ("inviteUser", """{"name":"Ana","surname":" ","email":"ana@acme.test"}""", "INVALID_VALUE surname", "admin"),
        ("inviteUser", """{"name":"Ana","surname":"N","email":"ana@acme.test","language":"fr"}""", "INVALID_VALUE language", "admin"),
        ("inviteUser", """{"name":"Ana","surname":"N","email":"ana@acme.test","regularRate":-1}""", "INVALID_VALUE regularRate", "admin"),
        ("inviteUser", """{"name":"Ana","surname":"N","email":"ana@acme.test"}""", "FORBIDDEN owner", "manager"),
        ("updateUser", """{"id":"{foreignUser}","name":"Mine"}""", "NOT_FOUND id", "admin"),
        ("updateUser", """{"id":"{viewer}","version":8}""", "CONFLICT version", "admin"),
        ("updateUser", """{"id":"{viewer}","email":"admin@example.test"}""", "DUPLICATE email", "admin"),
        ("updateUser", """{"id":"{owner}","customerRole":"MEMBER"}""", "LAST_OWNER", "admin"),
        ("updateUser", """{"id":"{viewer}","regularRate":99}""", "FORBIDDEN owner", "viewer"),
        ("updateUser", """{"id":"{owner}","name":"Mine"}""", "FORBIDDEN owner", "viewer"),
        ("deactivateUser", """{"id":"{owner}"}""", "LAST_OWNER", "admin"),
        ("deactivateUser", """{"id":"{foreignUser}"}""", "NOT_FOUND id", "admin"),
        ("reactivateUser", """{"id":"{foreignUser}"}""", "NOT_FOUND id", "admin"),
        ("grantRole", """{"userId":"{foreignUser}","siteId":"{north}","role":"VIEWER"}""", "NOT_FOUND userId", "admin"),
        ("grantRole", """{"userId":"{viewer}","siteId":"{foreignSite}","role":"VIEWER"}""", "NOT_FOUND siteId", "admin"),
        ("grantRole", """{"userId":"{viewer}","siteId":"{north}","role":"KING"}""", "BAD_USER_INPUT role", "admin"),
        ("grantRole", """{"userId":"{viewer}","siteId":"{north}","role":"ADMIN"}""", "FORBIDDEN MANAGE_ORGANIZATION", "manager"),
        ("grantRole", """{"userId":"{viewer}","siteId":"{south}","role":"ADMIN"}""", "FORBIDDEN MANAGE_ORGANIZATION", "manager"),
        ("revokeRole", """{"userId":"{viewer}","siteId":"{south}"}""", "NOT_FOUND siteId", "admin"),
        ("revokeRole", """{"userId":"{foreignUser}","siteId":"{north}"}""", "NOT_FOUND userId", "admin"),
        ("createApiKey", """{"name":" "}""", "INVALID_VALUE name", "admin"),
        ("createApiKey", """{"name":"Old","expiresAt":"2001-01-01T00:00:00Z"}""", "INVALID_VALUE expiresAt", "admin"),
        ("createApiKey", """{"name":"Eve's","userId":"{foreignUser}"}""", "NOT_FOUND userId", "admin"),
        ("createApiKey", """{"name":"Theirs","userId":"{owner}"}""", "FORBIDDEN owner", "manager"),
        ("revokeApiKey", """{"id":"{key}"}""", "NOT_FOUND id", "manager"),
        ("revokeApiKey", """{"id":"{north}"}""", "BAD_USER_INPUT id", "admin"),
    ];

    private static async Task Know(TestGraph graph, TestCalls calls)
    {
        var known = await graph.DataAsync("{ north: site(code: \"NORTH\") { id } south: site(code: \"SOUTH\") { id } me { id } users(search: \"viewer@\") { nodes { id } } }");
        (calls["north"], calls["south"]) = (Id(known.GetProperty("north")), Id(known.GetProperty("south")));
        (calls["owner"], calls["viewer"]) = (Id(known.GetProperty("me")), Id(known.GetProperty("users").GetProperty("nodes")[0]));
    }

    private static string Id(JsonElement node) => node.GetProperty("id").GetString()!;

    private static async Task<string> EventTextAsync(TestGraph graph) => string.Join('\n', await graph.Plant.Database.ReadAsync(
        Scope.Customer(graph.Plant.CustomerId), db => db.Events.IgnoreQueryFilters().Select(e => e.Changes).ToListAsync()));
}
