using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Cmms.Graph;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace Cmms.Tests.Events;

/// <summary>Every entity of the model and every property of it, as the model has them on the day the test runs.</summary>
public sealed class EventCoverageTests
{
    private static readonly HashSet<string> s_stamps = ["Id", "Version", "CreatedAt", "CreatedBy", "UpdatedAt", "UpdatedBy", "CustomerId", "SiteId"];

    [Theory, Sqlite, PostgreSql]
    public async Task Creating_changing_and_deleting_any_entity_leaves_each_of_its_fields_before_and_after(DatabaseProvider provider)
    {
        await using var world = await EventWorld.CreateAsync(provider);
        List<string> failures = [];
        foreach (var type in world.Entities) await world.RowAsync(type); // before anybody holds the database
        foreach (var type in world.Entities.Where(t => LoggedType.Of(t).IsLogged))
        {
            var (name, row) = (type.ClrType.Name, await world.RowAsync(type));
            await using var transaction = await world.Plant.Database.BeginAsync(type.ClrType == typeof(Cmms.Domain.Organization.Customer) ? Scope.System : world.Plant.Scope);
            var entry = transaction.Db.Entry(row);

            entry.State = EntityState.Added;
            foreach (var property in Expected(type)) entry.Property(property.Name).CurrentValue = await world.ValueAsync(property, entry.Property(property.Name).CurrentValue, other: false);
            var first = Values(type, entry);
            Expect("Created", await DraftsAsync(transaction.Db), field => (null, first[field]));

            transaction.Db.ChangeTracker.Clear();
            entry = transaction.Db.Entry(row);
            entry.State = EntityState.Unchanged;
            foreach (var property in Expected(type)) entry.Property(property.Name).CurrentValue = await world.ValueAsync(property, entry.Property(property.Name).CurrentValue, other: true);
            var second = Values(type, entry);
            foreach (var field in first.Keys.Where(f => first[f] == second[f])) failures.Add($"{name}.{field}: the test has no other value for it");
            Expect("Changed", await DraftsAsync(transaction.Db), field => (first[field], second[field]));

            transaction.Db.ChangeTracker.Clear();
            entry = transaction.Db.Entry(row);
            entry.State = EntityState.Deleted;
            Expect("Deleted", await DraftsAsync(transaction.Db), field => (second[field], null));

            void Expect(string verb, IReadOnlyList<EventDraft> drafts, Func<string, (string? Before, string? After)> change)
            {
                if (drafts.SingleOrDefault(d => d.Type == name + verb) is not { } draft)
                {
                    failures.Add($"{name}: no {name}{verb}, but {string.Join(' ', drafts.Select(d => d.Type))}");
                    return;
                }
                if (draft.SubjectType != name || draft.SubjectId != ((Entity)row).Id) failures.Add($"{name}{verb}: of {draft.SubjectType} {draft.SubjectId}");
                using var changes = JsonDocument.Parse(draft.Changes);
                foreach (var field in first.Keys)
                {
                    var (before, after) = change(field);
                    var found = changes.RootElement.TryGetProperty(field, out var pair) ? $"{pair[0].GetRawText()} {pair[1].GetRawText()}" : "nothing";
                    if (found != $"{before ?? "null"} {after ?? "null"}") failures.Add($"{name}{verb}.{field}: {found} instead of {before ?? "null"} {after ?? "null"}");
                }
                foreach (var extra in changes.RootElement.EnumerateObject().Where(c => !first.ContainsKey(c.Name))) failures.Add($"{name}{verb}: has {extra.Name}");
            }
        }
        Assert.Empty(failures);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Links_are_a_field_of_what_declares_them_when_they_change_and_when_it_goes(DatabaseProvider provider)
    {
        await using var world = await EventWorld.CreateAsync(provider);
        var seen = 0;
        foreach (var type in world.Entities)
        {
            foreach (var link in LoggedType.Of(type).Links)
            {
                var (id, other) = (((Entity)await world.RowAsync(type)).Id, ((Entity)await world.RowAsync(link.Navigation.TargetEntityType)).Id);
                await using var transaction = await world.Plant.BeginAsync();
                var db = transaction.Db;
                var (owner, target) = (await EventWorld.FindAsync(db, type, id), await EventWorld.FindAsync(db, link.Navigation.TargetEntityType, other));
                await db.Entry(owner).Collection(link.Navigation.Name).LoadAsync();
                link.Navigation.GetCollectionAccessor()!.Add(owner, target, forMaterialization: false);
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
                Assert.Contains($"\"{link.Name}\":[[],[{other}]]", (await world.LastAsync(type, id)).Changes, StringComparison.Ordinal);

                await using var end = await world.Plant.BeginAsync();
                end.Db.Entry(await EventWorld.FindAsync(end.Db, type, id)).State = EntityState.Deleted;
                var gone = (await DraftsAsync(end.Db)).Single(d => d.SubjectType == type.ClrType.Name);
                Assert.Contains($"\"{link.Name}\":[[{other}],[]]", gone.Changes, StringComparison.Ordinal);
                seen++;
            }
        }
        Assert.True(seen >= 11, $"only {seen} kinds of links");
    }

    [Fact]
    public void Every_field_of_an_event_is_a_field_of_the_schema()
    {
        using var factory = new CmmsDbFactory(new DatabaseOptions { ConnectionString = "Data Source=:memory:" });
        var schema = CmmsSchema.Build(factory.Model);
        var shown = schema.Types.Values.OfType<ObjectType>().Where(t => t.ClrType is not null).GroupBy(t => t.ClrType!).ToDictionary(g => g.Key, g => g.First());
        var missing = (from type in LoggedType.All(factory.Model).Values
                       from field in type.Fields.Select(f => f.Name).Concat(type.Links.Select(l => l.Name))
                       where shown.GetValueOrDefault(type.Type)?.Find(field) is null
                       select $"{type.Name}.{field}").ToList();
        Assert.True(!missing.Except(EventExemptions.Names.Keys).Any(), string.Join(' ', missing));
        Assert.Empty(EventExemptions.Names.Keys.Except(missing));
    }

    /// <summary>A new entity or property that should have no events is written down here, with why; one that is written down and has them fails too.</summary>
    [Fact]
    public void What_is_left_out_of_events_is_written_down_with_its_reason()
    {
        using var factory = new CmmsDbFactory(new DatabaseOptions { ConnectionString = "Data Source=:memory:" });
        var entities = factory.Model.GetEntityTypes().Where(t => typeof(Entity).IsAssignableFrom(t.ClrType)).ToList();
        Assert.Equal(EventExemptions.Types.Keys.Order(), entities.Where(t => !LoggedType.Of(t).IsLogged).Select(t => t.ClrType.Name).Order());
        var left = from type in entities.Where(t => LoggedType.Of(t).IsLogged)
                   from property in type.GetProperties()
                   where !IsStamp(type, property) && property.FindAnnotation("Folded") is null && !type.GetProperties().Any(p => p.FindAnnotation("Folded")?.Value is string folded && folded == property.Name)
                   where LoggedType.Of(type).Fields.All(f => f.Property != property)
                   select $"{type.ClrType.Name}.{property.Name}";
        Assert.Equal(EventExemptions.Properties.Keys.Order(), left.Order());
        Assert.Empty(entities.SelectMany(t => t.GetComplexProperties()).Select(p => $"{p.DeclaringType.DisplayName()}.{p.Name}: the log does not know parts of entities"));
    }

    private static IEnumerable<IProperty> Expected(IEntityType type) => LoggedType.Of(type).Fields.Select(f => f.Property);

    private static bool IsStamp(IEntityType type, IProperty property) =>
        s_stamps.Contains(property.Name) && !(property.Name == "SiteId" && !typeof(SiteEntity).IsAssignableFrom(type.ClrType));

    private static Dictionary<string, string> Values(IEntityType type, EntityEntry entry)
    {
        using var json = JsonDocument.Parse(ChangesJson.Of([.. LoggedType.Of(type).Fields.Select(f => new FieldChange(f.Name, null, entry.Property(f.Property.Name).CurrentValue))]));
        return json.RootElement.EnumerateObject().ToDictionary(f => f.Name, f => f.Value[1].GetRawText());
    }

    /// <summary>What a save of this would record, without the database's own objections to made-up values.</summary>
    private static async Task<IReadOnlyList<EventDraft>> DraftsAsync(CmmsDb db)
    {
        db.ChangeTracker.DetectChanges();
        var drafts = (await Saving.PrepareAsync(db, default)).Drafts().ToList();
        return drafts;
    }
}
