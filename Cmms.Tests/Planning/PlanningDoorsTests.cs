using Cmms.Domain.Persistence;
using Cmms.Tests.Work;
using Xunit;
using static Cmms.Tests.Work.Doors;

namespace Cmms.Tests.Planning;

public sealed class PlanningDoorsTests
{
    /// <summary>The sample of seed 003, which contains a vector: start 2025-02-18, months 2 and 7, day 18; on_week_days is ignored beside it.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task The_sample_of_the_seed_comes_round_in_february_and_july(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var asset = GlobalId("Asset", await graph.Plant.AddAsset("HVAC"));
        var recurrence = new { frequency = "MONTH", startDate = "2025-02-18", weekdays = new[] { 1 }, months = new[] { 2, 7 }, monthDays = new[] { 18 }, timeOfDay = "07:00:00" };

        var preview = await graph.DataAsync(
            "query($recurrence: RecurrenceInput!) { previewOccurrences(recurrence: $recurrence, from: \"2025-01-01\", count: 4) { scheduledFor orderAt } }", new { recurrence });
        Assert.Equal(
            """{"previewOccurrences":[{"scheduledFor":"2025-02-18","orderAt":"2025-02-18T12:00:00Z"},{"scheduledFor":"2025-07-18","orderAt":"2025-07-18T12:00:00Z"},{"scheduledFor":"2026-02-18","orderAt":"2026-02-18T12:00:00Z"},{"scheduledFor":"2026-07-18","orderAt":"2026-07-18T12:00:00Z"}]}""",
            preview.GetRawText());

        var made = await graph.RunAsync("CreatePmSchedule", new
        {
            title = "HVAC filter replacement", kind = "PERSISTENT", priority = "HIGH", timeToComplete = "PT4H", recurrence, assetIds = new[] { asset },
            checklist = new[] { "Check the belt", "Clean the coil" },
        });
        Assert.Equal("[]", Errors(made));
        var id = made.GetProperty("pmSchedule").GetProperty("id").GetString();
        Assert.Equal("PM-000001", made.GetProperty("pmSchedule").GetProperty("code").GetString());
        foreach (var past in (string[])["2025-02-18", "2025-07-18"])
            Assert.Equal("[]", Errors(await graph.RunAsync("SkipOccurrence", new { scheduleId = id, scheduledFor = past, reason = "Before we began" })));
        var generated = await graph.RunAsync("GenerateWorkOrder", new { scheduleId = id, date = "2026-02-18" });
        Assert.True(generated.GetProperty("isNew").GetBoolean());
        Assert.False((await graph.RunAsync("GenerateWorkOrder", new { scheduleId = id, date = "2026-02-18" })).GetProperty("isNew").GetBoolean());

        var seen = await graph.DataAsync("""
            query($id: ID!) { pmSchedule(id: $id) {
              recurrence { frequency months monthDays } templateWorkOrder { title priority asset { name } checklist { text } } hasUncompletedWorkOrder progress lastWorkOrder { code dueAt }
              occurrences(from: "2025-01-01", to: "2026-12-31") { scheduledFor state dueAt workOrders { code } } } }
            """, new { id }, "technician");
        Assert.Equal(
            """{"pmSchedule":{"recurrence":{"frequency":"MONTH","months":[2,7],"monthDays":[18]},"templateWorkOrder":{"title":"HVAC filter replacement","priority":"HIGH","asset":{"name":"HVAC"},"checklist":[{"text":"Check the belt"},{"text":"Clean the coil"}]},"hasUncompletedWorkOrder":true,"progress":0,"lastWorkOrder":{"code":"WO-000001","dueAt":"2026-02-18T16:00:00Z"},"occurrences":[{"scheduledFor":"2025-02-18","state":"SKIPPED","dueAt":"2025-02-18T16:00:00Z","workOrders":[]},{"scheduledFor":"2025-07-18","state":"SKIPPED","dueAt":"2025-07-18T16:00:00Z","workOrders":[]},{"scheduledFor":"2026-02-18","state":"GENERATED","dueAt":"2026-02-18T16:00:00Z","workOrders":[{"code":"WO-000001"}]},{"scheduledFor":"2026-07-18","state":"PROJECTED","dueAt":"2026-07-18T16:00:00Z","workOrders":[]}]}}""",
            seen.GetRawText());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_never_comes_round_is_refused_with_the_field_at_fault(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        foreach (var (recurrence, code, field) in ((object, string, string)[])[
            (new { frequency = "MONTH", startDate = "2026-01-01", interval = 0 }, "INVALID_RECURRENCE", "interval"),
            (new { frequency = "WEEK", startDate = "2026-01-01", weekdays = Array.Empty<int>() }, "INVALID_RECURRENCE", "weekdays"),
            (new { frequency = "MONTH", startDate = "2026-01-01", monthDays = new[] { 32 } }, "INVALID_RECURRENCE", "monthDays"),
            (new { frequency = "DAY", startDate = "2026-01-02", endDate = "2026-01-01" }, "END_BEFORE_START", "endDate")])
        {
            var errors = Errors(await graph.RunAsync("CreatePmSchedule", new { title = "Never", recurrence }));
            Assert.Contains($"\"code\":\"{code}\"", errors, StringComparison.Ordinal);
            Assert.Contains($"[\"input\",\"recurrence\",\"{field}\"]", errors, StringComparison.Ordinal);
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_schedule_is_changed_held_resumed_moved_and_deleted(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var made = await graph.RunAsync("CreatePmSchedule", new { title = "Weekly", recurrence = new { frequency = "WEEK", startDate = "2026-03-09" } });
        var id = made.GetProperty("pmSchedule").GetProperty("id").GetString();

        var changed = await graph.RunAsync("UpdatePmSchedule", new { id, title = "Fortnightly", recurrence = new { frequency = "WEEK", interval = 2, startDate = "2026-03-16" } });
        Assert.Equal("2026-03-16", changed.GetProperty("pmSchedule").GetProperty("nextScheduledFor").GetString());
        Assert.Equal("PAUSED", (await graph.RunAsync("PausePmSchedule", new { id })).GetProperty("pmSchedule").GetProperty("status").GetString());
        Assert.Contains("INVALID_TRANSITION", Errors(await graph.RunAsync("PausePmSchedule", new { id })), StringComparison.Ordinal);
        Assert.Equal("PLANNED", (await graph.RunAsync("ResumePmSchedule", new { id })).GetProperty("pmSchedule").GetProperty("status").GetString());
        var moved = await graph.RunAsync("RescheduleOccurrence", new { scheduleId = id, scheduledFor = "2026-03-16", date = "2026-03-20", reason = "Audit" });
        Assert.Equal("2026-03-20T05:00:00Z", moved.GetProperty("pmSchedule").GetProperty("nextOrderAt").GetString());
        Assert.Contains("\"scheduledFor\"", Errors(await graph.RunAsync("RescheduleOccurrence", new { scheduleId = id, scheduledFor = "2026-03-17", date = "2026-03-20" })), StringComparison.Ordinal);
        Assert.Equal("[]", Errors(await graph.RunAsync("DeletePmSchedule", new { id })));
        Assert.Contains("INVALID_TRANSITION", Errors(await graph.RunAsync("GenerateWorkOrder", new { scheduleId = id, date = "2026-03-30" })), StringComparison.Ordinal);
        Assert.Equal("""{"pmSchedules":{"totalCount":0}}""", (await graph.DataAsync("{ pmSchedules { totalCount } }", @as: "viewer")).GetRawText());
    }
}
