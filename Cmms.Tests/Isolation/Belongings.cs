using System.Globalization;
using System.Text;
using Cmms.Domain.Events;
using Cmms.Domain.Notifications;
using Cmms.Domain.Organization;
using Cmms.Tests.Contract;
using Cmms.Tests.Persistence;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cmms.Tests.Isolation;

/// <summary>Everything there is, by plain SQL, with whose it is: who may know of what is said here once more, apart from the program's own filters.</summary>
internal sealed class Belongings
{
    private readonly IReadOnlyList<Thing> _things;
    private readonly Dictionary<Asker, HashSet<string>> _strange = [];

    private Belongings(IReadOnlyList<Thing> things) => _things = things;

    /// <param name="SiteId">Null for what belongs to the customer.</param>
    /// <param name="IsOfSite">Whether it is the site itself, or what somebody is there: known to whoever knows of the site.</param>
    /// <param name="IsPersonal">Whether it is one person's, and not the owner's: not even the owner sees it.</param>
    private sealed record Thing(string Type, string Id, long CustomerId, long? SiteId, bool IsOfSite, bool IsPersonal);

    public static async Task<Belongings> ReadAsync(TestPlant plant, Schema schema)
    {
        await using var connection = await DatabaseImage.OpenAsync(plant.Database.Options);
        List<Thing> things = [];
        foreach (var (table, type) in Tables(plant.Database.Factory.Model, schema))
        {
            var clr = Rows.Type(table).ClrType;
            var (id, customer, site) = clr == typeof(Customer) ? ("id", "id", "NULL") : clr == typeof(Site) ? ("id", "customer_id", "id")
                : ("id", "customer_id", table.FindColumn("site_id") is null ? "NULL" : "site_id");
            if (clr == typeof(Event)) id = "position";
            var ofSite = clr == typeof(Event) ? "subject_type IN ('Site', 'UserRole')" : clr == typeof(Site) || clr == typeof(UserRole) ? "1 = 1" : "1 = 0";
            var personal = clr == typeof(Notification) ? "user_id NOT IN (SELECT id FROM \"user\" WHERE name = 'owner')" : "1 = 0";
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of our own tables.
            command.CommandText = $"SELECT {id}, {customer}, {site}, CASE WHEN {ofSite} THEN 1 ELSE 0 END, CASE WHEN {personal} THEN 1 ELSE 0 END FROM \"{table.Name}\" ORDER BY 1";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                things.Add(new Thing(type.Name, new GlobalId(type.Name, reader.GetInt64(0)).ToString(), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetInt64(2),
                    Is(reader.GetValue(3)), Is(reader.GetValue(4))));
        }
        return new Belongings(things);

        static bool Is(object flag) => Convert.ToInt32(flag, CultureInfo.InvariantCulture) == 1;
    }

    /// <summary>The tables whose rows the schema shows as objects of their own.</summary>
    public static IEnumerable<(ITable Table, ObjectType Type)> Tables(IModel model, Schema schema) =>
        from table in model.GetRelationalModel().Tables
        where !Rows.Type(table).HasSharedClrType
        from type in schema.Types.Values.OfType<ObjectType>()
        where type.ClrType == Rows.Type(table).ClrType && type.Interfaces.Any(i => i.Name == "Node")
        select (table, type);

    /// <summary>Of what a place owns, the ids by type; of a type that no site owns, those of its customer.</summary>
    public IReadOnlyList<string> Of(Place place, string type) =>
        [.. _things.Where(t => t.Type == type && !t.IsPersonal && t.CustomerId == place.CustomerId && (t.SiteId ?? place.SiteId) == place.SiteId).Select(t => t.Id)];

    /// <summary>The victim still has what it had, bit for bit, in every table.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ImageAsync(TestPlant plant, Place place)
    {
        await using var connection = await DatabaseImage.OpenAsync(plant.Database.Options);
        Dictionary<string, string> image = [];
        foreach (var table in plant.Database.Factory.Model.GetRelationalModel().Tables.Where(Rows.IsSiteOwned))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of our own tables.
            command.CommandText = $"SELECT * FROM \"{table.Name}\" WHERE site_id = {place.Header} ORDER BY 1, 2, 3";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            StringBuilder rows = new();
            while (await reader.ReadAsync())
                for (var i = 0; i < reader.FieldCount; i++) rows.Append(Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)).Append('|');
            image[table.Name] = rows.ToString();
        }
        return image;
    }

    /// <summary>All that somebody may know of.</summary>
    public IReadOnlyList<string> KnownTo(Asker asker, string type) => [.. _things.Where(t => t.Type == type && MayKnow(asker, t)).Select(t => t.Id)];

    /// <summary>Of the victim's and then of others, ids that must be nothing to somebody.</summary>
    public IReadOnlyList<string> Strange(Asker asker, string type, Place victim) =>
        [.. _things.Where(t => t.Type == type).OrderBy(t => t.SiteId == victim.SiteId ? 0 : 1).Select(t => t.Id).Where(IdsStrangeTo(asker).Contains)];

    public bool IsStrange(Asker asker, string id) => IdsStrangeTo(asker).Contains(id);

    /// <summary>An event's number counts within its customer, so two customers have the same ones: what is known is never strange.</summary>
    private HashSet<string> IdsStrangeTo(Asker asker)
    {
        lock (_strange)
        {
            if (_strange.TryGetValue(asker, out var strange)) return strange;
            strange = [.. _things.Where(t => !MayKnow(asker, t)).Select(t => t.Id)];
            strange.ExceptWith(_things.Where(t => MayKnow(asker, t)).Select(t => t.Id));
            return _strange[asker] = strange;
        }
    }

    private static bool MayKnow(Asker asker, Thing thing) => thing.CustomerId == asker.At.CustomerId && thing switch
    {
        { IsOfSite: true, SiteId: { } about } => asker.KnowsOf(thing.CustomerId, about),
        { SiteId: { } site } => site == asker.At.SiteId,
        _ => thing.Type == nameof(Event) || Exemptions.OfTheCustomer.ContainsKey(thing.Type),
    };
}
