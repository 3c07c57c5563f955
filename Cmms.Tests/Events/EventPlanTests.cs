using System.Data.Common;
using Cmms.Domain.Persistence;
using Cmms.Graph.Events;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Events;

/// <summary>Each filter of the audit trail is served by an index, however long the log is.</summary>
public sealed class EventPlanTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Every_filter_has_its_index(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var start = plant.Now;
        await plant.Database.ExecuteAsync($"""
            INSERT INTO event (customer_id, position, site_id, type, subject_type, subject_id, actor, request_id, cause_position, at, changes)
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
            SELECT {plant.CustomerId}, 100 + i, {plant.SiteId}, 'Type' || (i % 300), 'Thing' || (i % 40), i % 5000, 'user:' || (i % 300), 'request-' || (i / 3),
                   CASE WHEN i % 50 = 0 THEN 100 + i - 10 END, {(provider is DatabaseProvider.Sqlite ? $"{start.Microseconds} + i * 1000000" : $"timestamptz '{start}' + i * interval '1 second'")}, {"'{}'"} FROM n
            """);
        if (provider is DatabaseProvider.PostgreSql) await plant.Database.ExecuteAsync("ANALYZE event");

        await UsesAsync("", new EventFilter(), "PK_event", "sqlite_autoindex_event_1");
        await UsesAsync("type", new EventFilter { Type = new EventTextFilter("Type7") }, "IX_event_customer_id_type_position");
        await UsesAsync("subject", new EventFilter { SubjectId = new EventSubjectFilter(new Engines.GraphQL.Binding.GlobalId("Thing7", 7)) }, "IX_event_customer_id_subject_type_subject_id_position");
        await UsesAsync("actor", new EventFilter { Actor = new EventActorFilter(User: 7) }, "IX_event_customer_id_actor_position");
        await UsesAsync("request", new EventFilter { RequestId = new EventTextFilter("request-7") }, "IX_event_customer_id_request_id_position");
        await UsesAsync("cause", new EventFilter { Cause = new EventCauseFilter(140) }, "IX_event_customer_id_cause_position_position");
        await UsesAsync("at", new EventFilter { OccurredAt = new EventMomentFilter(Gte: start, Lt: start + TimeSpan.FromMinutes(2)) }, "IX_event_customer_id_at_position");

        async Task UsesAsync(string what, EventFilter filter, params string[] indexes)
        {
            await using var db = plant.Read();
            var page = db.Events.Where(await EventConditions.Of(filter, db, default)).OrderByDescending(e => e.Position).Take(51);
            await db.Database.OpenConnectionAsync();
            await using var command = page.CreateDbCommand();
            command.CommandText = (provider is DatabaseProvider.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + command.CommandText;
            var plan = await PlanAsync(command);
            Assert.True(indexes.Any(index => plan.Contains(index, StringComparison.Ordinal)), $"{what}: {plan}");
        }
    }

    private static async Task<string> PlanAsync(DbCommand command)
    {
        List<string> lines = [];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) lines.Add(reader.GetValue(reader.FieldCount - 1).ToString()!);
        return string.Join('\n', lines);
    }
}
