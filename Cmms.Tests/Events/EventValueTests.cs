using System.Text.Json;
using Cmms.Domain.Events;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Events;

[Collection(DemoGraph.Shared)]
public sealed class EventValueTests(DemoGraph graph)
{
    /// <summary>The state of now is what a query shows now, field by field: the log writes scalars, enums and references as the schema does.</summary>
    [Fact]
    public async Task Values_stand_in_the_log_as_queries_show_them()
    {
        var types = LoggedType.All(graph.Read().Model);
        var shown = graph.Schema.Types.Values.OfType<ObjectType>().Where(t => t.ClrType is not null).GroupBy(t => t.ClrType!).ToDictionary(g => g.Key, g => g.First());
        var now = (await graph.DataAsync("{ events(first: 1) { nodes { occurredAt } } }")).GetProperty("events").GetProperty("nodes")[0].GetProperty("occurredAt").GetString();
        List<string> others = [];
        var (compared, seen) = (0, 0);
        foreach (var type in types.Values)
        {
            if (!shown.TryGetValue(type.Type, out var node) || node.Find("id") is null) continue;
            var key = await FirstAsync(type.Name);
            if (key == 0) continue;
            var id = new GlobalId(type.Name, key).ToString();
            var fields = type.Fields.Select(f => (f.Name, Selection: Selected(node.Find(f.Name)))).Where(f => f.Selection is not null).ToList();
            var answer = await graph.DataAsync($"query Both($id: ID!, $at: DateTime!) {{ stateAt(id: $id, at: $at) node(id: $id) {{ ... on {node.Name} {{ {string.Join(' ', fields.Select(f => f.Selection))} }} }} }}",
                new { id, at = "2100-01-01T00:00:00Z" });
            var (state, row) = (answer.GetProperty("stateAt"), answer.GetProperty("node"));
            if (row.ValueKind is JsonValueKind.Null) continue; // another person's, such as a notification
            seen++;
            foreach (var (name, selection) in fields)
            {
                var (was, becomes) = (row.GetProperty(name), state.GetProperty(name));
                if (selection != name && was.ValueKind is JsonValueKind.Object) was = was.GetProperty("id");
                if (JsonElement.DeepEquals(was, becomes)) compared++;
                else others.Add($"{type.Name}.{name}");
            }
        }
        Assert.True(!others.Except(EventExemptions.Values.Keys).Any(), string.Join(' ', others));
        Assert.Empty(EventExemptions.Values.Keys.Except(others));
        Assert.True(seen > 20 && compared > 150 && now is not null, $"{compared} fields of {seen} types");
    }

    private async Task<long> FirstAsync(string type)
    {
        await using var db = graph.Read();
        return await db.Events.Where(e => e.SubjectType == type && e.Type == type + "Created").OrderBy(e => e.Position).Select(e => e.SubjectId).FirstOrDefaultAsync();
    }

    /// <summary>A leaf by its name, an object by its id; nothing for what has no counterpart.</summary>
    private static string? Selected(FieldDefinition? field)
    {
        if (field is null || field.Arguments.Any(a => a.Type is NonNullType)) return null;
        return field.Type.Nullable switch
        {
            ScalarType or EnumType => field.Name,
            ListType { Named: ScalarType or EnumType } => field.Name,
            ObjectType target when target.Find("id") is not null => $"{field.Name} {{ id }}",
            _ => null,
        };
    }
}
