using Cmms.Domain;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Organization;

/// <summary>Who may know what an hour of a person costs.</summary>
public sealed class RateTests
{
    private const string All = "{ users { nodes { name regularRate overtimeRate1 overtimeRate2 } } }";

    [Theory, Sqlite, PostgreSql]
    public async Task Rates_are_read_by_owners_by_the_person_and_by_who_manages_the_work_there(DatabaseProvider provider)
    {
        await using var graph = await PricedAsync(provider);
        string[] everybody = ["Admin", "Manager", "Neighbour", "Requester", "Technician", "Viewer"];
        Assert.Equal(everybody, await SeenAsync(graph, "admin"));
        Assert.Equal(everybody.Except(["Neighbour"]), await SeenAsync(graph, "manager"));
        Assert.Equal(["Neighbour"], await SeenAsync(graph, "neighbour"));
        foreach (var caller in (string[])["Technician", "Requester", "Viewer"]) Assert.Equal([caller], await SeenAsync(graph, caller.ToLowerInvariant()));

        // By way of what one may see, too.
        var me = await graph.DataAsync("{ me { regularRate } }", @as: "technician");
        Assert.Equal("""{"me":{"regularRate":41}}""", me.GetRawText());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Who_may_not_know_a_rate_cannot_find_it_out(DatabaseProvider provider)
    {
        await using var graph = await PricedAsync(provider);
        foreach (var asked in (string[])
        [
            "users(where: { regularRate: { gt: 40 } }) { totalCount }", "users(where: { or: [{ overtimeRate1: { eq: null } }] }) { totalCount }", "users(order: [{ overtimeRate2: ASC }]) { totalCount }",
            "workOrders(where: { technicians: { some: { regularRate: { gt: 40 } } } }) { totalCount }",
        ])
        {
            var refused = await graph.AskAsync($"{{ {asked} }}", @as: "manager");
            Assert.Equal("FORBIDDEN", refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
            await graph.DataAsync($"{{ {asked} }}");
        }
        const string history = "{ events(types: [\"UserCreated\", \"UserChanged\"]) { nodes { changes { field } before after } } }";
        Assert.Contains("regularRate", (await graph.DataAsync(history)).GetRawText(), StringComparison.Ordinal);
        var told = (await graph.DataAsync(history, @as: "manager")).GetRawText();
        Assert.Contains("jobTitle", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Rate", told, StringComparison.Ordinal);
    }

    private static async Task<TestGraph> PricedAsync(DatabaseProvider provider)
    {
        var graph = await TestGraph.StartAsync(provider);
        await graph.Plant.Database.WriteAsync(Scope.Customer(graph.Plant.CustomerId), async db =>
        {
            foreach (var user in await db.Users.ToListAsync())
                (user.JobTitle, user.RegularRate, user.OvertimeRate1, user.OvertimeRate2) = ("Tester", Money.Cost(41m), Money.Cost(61.5m), Money.Cost(82m));
        });
        return graph;
    }

    /// <summary>Whose rates a caller reads; all of a person's, or none.</summary>
    private static async Task<List<string>> SeenAsync(TestGraph graph, string caller)
    {
        List<string> seen = [];
        foreach (var person in (await graph.DataAsync(All, @as: caller)).GetProperty("users").GetProperty("nodes").EnumerateArray())
        {
            var text = person.GetRawText();
            if (text.Contains("\"regularRate\":41,\"overtimeRate1\":61.5,\"overtimeRate2\":82}", StringComparison.Ordinal)) seen.Add(person.GetProperty("name").GetString()!);
            else Assert.Contains("\"regularRate\":null,\"overtimeRate1\":null,\"overtimeRate2\":null", text, StringComparison.Ordinal);
        }
        return seen;
    }
}
