using Cmms.Domain.Persistence;
using Cmms.Tests.Work;
using Xunit;
using static Cmms.Tests.Work.Doors;

namespace Cmms.Tests.Inventory;

public sealed class CategoryTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task A_vendor_is_for_categories_that_are_in_use(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var cooling = (await graph.RunAsync("CreateCategory", new { name = "Refrigeration" })).GetProperty("category").GetProperty("id").GetString()!;
        var old = (await graph.RunAsync("CreateCategory", new { name = "Steam" })).GetProperty("category").GetProperty("id").GetString()!;
        Assert.Contains("DUPLICATE", Errors(await graph.RunAsync("CreateCategory", new { name = "refrigeration" })), StringComparison.Ordinal);
        var vendor = (await graph.RunAsync("CreateVendor", new { name = "ABC Corp.", categoryIds = new[] { cooling, old } })).GetProperty("vendor").GetProperty("id").GetString();
        await graph.RunAsync("ArchiveCategory", new { id = old });
        const string look = "{ categories { nodes { name } } vendors { nodes { categories { name isArchived } } } }";
        Assert.Equal("""{"categories":{"nodes":[{"name":"Refrigeration"}]},"vendors":{"nodes":[{"categories":[{"name":"Refrigeration","isArchived":false},{"name":"Steam","isArchived":true}]}]}}""", (await graph.DataAsync(look, null, "viewer")).GetRawText());
        Assert.Equal("[]", Errors(await graph.RunAsync("UpdateVendor", new { id = vendor, categoryIds = new[] { old } })));
        Assert.Contains("\"path\":[\"input\",\"categoryIds\"]", Errors(await graph.RunAsync("CreateVendor", new { name = "Boilers", categoryIds = new[] { old } })), StringComparison.Ordinal);
        Assert.Equal(1, (await graph.DataAsync("{ vendors(where: { categories: { some: { name: { eq: \"Steam\" } } } }) { totalCount } }")).GetProperty("vendors").GetProperty("totalCount").GetInt32());
    }
}
