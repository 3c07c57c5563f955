using System.Text.Json;
using Cmms.Domain.Persistence;
using Cmms.Graph;
using Cmms.Graph.Access;
using Cmms.Tests.Persistence;
using Cmms.Tests.Work;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Cmms.Tests.Contract.RoleTable;

namespace Cmms.Tests.Contract;

/// <summary>
/// docs/guides/permissions.md, held to the letter over HTTP: whoever may do something does it, everybody else is refused and changes nothing in the whole
/// database. All of it on SQLite; on PostgreSQL, whose guards are the same code, the role with the most rules about rows, and every query.
/// </summary>
public sealed class RoleTableTests
{
    private static readonly RoleTable s_table = Read();

    [Fact]
    public void The_page_is_what_the_code_says() =>
        Assert.True(PermissionPage.Write(Schema()) == File.ReadAllText(Repository.File("docs", "guides", "permissions.md")),
            "docs/guides/permissions.md is not what the code says: run 'dotnet run --project Cmms.Graph -- permissions export docs/guides/permissions.md' and read the difference.");

    [Fact]
    public void Every_operation_stands_in_the_table_and_every_mutation_in_a_story()
    {
        var schema = Schema();
        Assert.Equal(Names(schema.Query), s_table.Fields("Queries").Order());
        Assert.Equal(Names(schema.Mutation!), s_table.Fields("Mutations").Order());
        Assert.Equal(Names(schema.Subscription!), s_table.Fields("Subscriptions").Order());
        var told = MutationStories.All.Values.SelectMany(s => s).Concat(MutationStories.Own).Where(s => s.Events is not null).Select(s => s.Name).ToHashSet();
        Assert.Equal([], Names(schema.Mutation!).Except(told));
        Assert.Equal([], Names(schema.Mutation!).Where(m => PermissionTable.Columns.Any(c => s_table.Of("Mutations", m, c) == "own only")).Except(MutationStories.Own.Select(s => s.Name)));
    }

    [Theory]
    [Sqlite(Nobody), Sqlite("Requester"), Sqlite("Viewer"), Sqlite("Technician"), Sqlite("Manager"), Sqlite("Admin"), Sqlite(Owner), PostgreSql("Technician")]
    public async Task A_mutation_is_done_by_those_who_may_and_by_nobody_else(DatabaseProvider provider, string column)
    {
        List<string> surprises = [];
        foreach (var story in MutationStories.All.Values.Append(MutationStories.Own))
        {
            await using var graph = await TestGraph.StartAsync(provider);
            await new RoleTeller(graph, await RoleStaff.EmployAsync(graph.Plant), column, surprises).TellAsync(story);
        }
        Assert.True(surprises.Count == 0, string.Join('\n', surprises));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_query_is_answered_and_a_subscription_opened_for_those_who_may_and_for_nobody_else(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var staff = await RoleStaff.EmployAsync(graph.Plant);
        var (schema, ids) = (graph.Services.GetRequiredService<Schema>(), await ObjectsAsync(graph.Plant));
        var site = Doors.GlobalId("Site", graph.Plant.SiteId);
        List<string> surprises = [];
        foreach (var column in PermissionTable.Columns)
        {
            var caller = RoleStaff.Caller(column);
            if (caller is not null) await graph.DataAsync("{ me { id } }", @as: caller, site: site);
            // What one asked for is one's own.
            await graph.Plant.Database.ExecuteAsync($"UPDATE work_request SET requester_id = {(GlobalId.TryParse(staff.IdOf(column), out var me) ? me.Key : throw new InvalidOperationException(column))}");
            var before = await DatabaseImage.TakeAsync(graph.Plant.Database);
            foreach (var field in schema.Query.Fields)
            {
                var (document, variables) = SmallDocuments.Query(field, type => ids.GetValueOrDefault(type) ?? Doors.GlobalId(type, 1));
                var answer = await graph.AskAsync(document, variables, caller, site);
                var isRight = s_table.Of("Queries", field.Name, column) == "no" ? RoleTeller.IsRefusal(answer, column)
                    : !answer.TryGetProperty("errors", out _) && (!variables.ContainsKey("id") || answer.GetProperty("data").GetProperty(field.Name).ValueKind is not JsonValueKind.Null);
                if (!isRight) surprises.Add($"{column} {document} {variables}: {answer}");
            }
            foreach (var field in schema.Subscription!.Fields)
            {
                await using var live = await graph.SubscribeAsync(SmallDocuments.Subscription(field).Document, null, caller, site);
                var message = (await live.ReceiveAsync()).ToString();
                var isRight = s_table.Of("Subscriptions", field.Name, column) == "no" ? message.Contains($"\"{RoleTeller.Code(column)}\"", StringComparison.Ordinal)
                    : message.Contains("\"cursor\"", StringComparison.Ordinal) && !message.Contains("\"errors\"", StringComparison.Ordinal);
                if (!isRight) surprises.Add($"{column} {field.Name}: {message}");
            }
            surprises.AddRange((await RoleTeller.ChangedAsync(graph, before)).Select(t => $"{column} changed the table {t} by reading"));
        }
        Assert.True(surprises.Count == 0, string.Join('\n', surprises));
    }

    /// <summary>An object of each type in the site, of which all that is asked is that it is there.</summary>
    private static async Task<Dictionary<string, string>> ObjectsAsync(TestPlant plant)
    {
        await using var connection = await DatabaseImage.OpenAsync(plant.Database.Options);
        Rows rows = new(connection);
        Dictionary<string, string> ids = [];
        foreach (var table in plant.Database.Factory.Model.GetRelationalModel().Tables)
        {
            var type = Rows.Type(table);
            if (type.HasSharedClrType || type.FindAnnotation("WrittenBySql") is not null || type.FindProperty("Id") is null) continue;
            var row = await rows.GetAsync(table, new Rows.Owner(plant.CustomerId, plant.SiteId));
            ids[type.ClrType.Name] = Doors.GlobalId(type.ClrType.Name, (long)row.Values["id"]!);
        }
        return ids;
    }

    private static Schema Schema()
    {
        using var factory = new CmmsDbFactory(new DatabaseOptions { ConnectionString = "Data Source=:memory:" });
        return CmmsSchema.Build(factory.Model);
    }

    private static IEnumerable<string> Names(ObjectType root) => root.Fields.Select(f => f.Name).Order();
}
