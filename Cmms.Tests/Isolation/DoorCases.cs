using System.Globalization;
using System.Text.Json;
using Cmms.Domain.Persistence;
using Cmms.Tests.Contract;
using Cmms.Tests.Persistence;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cmms.Tests.Isolation;

/// <summary>What lies before and beside the schema: the header that chooses a site, the server's other addresses, and tables that have no object.</summary>
internal sealed class DoorCases(World world, Findings findings, Belongings belongings)
{
    private const string Look = "{ locations(first: 100) { totalCount nodes { id name } } me { id } }";

    public async Task TryAsync()
    {
        foreach (var asker in world.Intruders.Where(a => !a.KnowsOf(world.Victim.CustomerId, world.Victim.SiteId))) await ChooseAsync(asker);
        var addresses = world.Graph.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().Where(a => a is not "/graphql" && !a.StartsWith("/export/", StringComparison.Ordinal));
        await EventsAsync();
        await ListsAsync();
        Same(addresses, Exemptions.Addresses.Keys, "addresses of the server that nobody tries");

        var shown = Belongings.Tables(world.Plant.Database.Factory.Model, world.Schema).Select(t => t.Table).ToHashSet();
        var tables = world.Plant.Database.Factory.Model.GetRelationalModel().Tables.Where(t => !Rows.Type(t).HasSharedClrType && !shown.Contains(t)).Select(t => Rows.Type(t).ClrType.Name);
        Same(tables, Exemptions.Unshown.Keys.Where(t => t != Exemptions.OnPostgreSqlAlone || world.Plant.Database.Options.Provider is DatabaseProvider.PostgreSql), "tables without objects in the schema");
        await CodesAsync();
    }

    /// <summary>Naming the victim's site by its number, id or code is answered as naming none that is.</summary>
    private async Task ChooseAsync(Asker asker)
    {
        var site = world.Victim;
        var code = asker.At.CustomerId == site.CustomerId ? "NORTH" : "EAST-south2";
        foreach (var (named, none) in new[] { (site.Header, "99999999"), (World.Id("Site", site.SiteId), World.Id("Site", 99_999_999)), (code, "NOWHERE") })
        {
            var (answer, nothing) = (await AskAsync(named), await AskAsync(none));
            findings.Expect(answer == nothing && nothing.Contains("names no site of yours", StringComparison.Ordinal), () => $"{asker} chooses {named}: {answer} instead of {nothing}");
            findings.Expect(await ListenAsync(named) == await ListenAsync(none), () => $"{asker} chooses {named} on a socket");
        }

        async Task<string> AskAsync(string header) => (await world.Graph.PostAsync(JsonSerializer.Serialize(new { query = Look }), asker.Key, header)).Text;
        async Task<string> ListenAsync(string header)
        {
            await using var socket = await world.Graph.SubscribeAsync("subscription { eventOccurred { cursor } }", @as: asker.Key, site: header);
            return (await socket.ReceiveAsync()).ToString();
        }
    }

    /// <summary>The log as a file, and by conditions that are no equality: to each their own.</summary>
    private async Task EventsAsync()
    {
        var list = Lists.Of(world.Schema).Single(l => l.Field.Name == "events").Field;
        var people = belongings.Of(world.Victim, "User");
        string[] conditions =
        [
            "where: { occurredAt: { gte: \"2000-01-01T00:00:00Z\", lt: \"2100-01-01T00:00:00Z\" } }", "where: { reason: { given: true } }", "where: { actor: { system: false } }",
            $"where: {{ reason: {{ contains: \"{world.Victim.Marker}\" }} }}", .. people.Select(id => $"where: {{ actor: {{ user: \"{id}\" }} }}"),
        ];
        foreach (var asker in world.Intruders.Append(world.Owner))
        {
            var found = await Lists.FindAsync(world, asker, list, conditions);
            var file = await FileAsync(asker);
            if (asker == world.Owner)
            {
                findings.Expect(found.Take(4).All(f => f.Total > 0) && found.Skip(4).Any(f => f.Total > 0), () => "The owner does not find its own events by each condition.");
                findings.Expect(file.Contains(world.Victim.Marker, StringComparison.Ordinal), () => "The owner's log has nothing of its own.");
                continue;
            }
            foreach (var (condition, events) in conditions.Zip(found))
                findings.Expect(events.IsHonest && !events.Ids.Any(id => belongings.IsStrange(asker, id)), () => $"events({condition}) shows {asker} what is strange: {Findings.Shorten(events.Answer)}");
            findings.Expect(found[3].Total == 0, () => $"{asker} finds {found[3].Total} events by the victim's marker");
            var strange = world.StrangeIn(file, asker, belongings);
            findings.Expect(strange is null, () => $"the log as a file shows {asker} {strange}");
        }

        Task<string> FileAsync(Asker asker) => this.FileAsync(asker, "/export/events");
    }

    /// <summary>Lists as files: to each their own, whatever is asked for.</summary>
    private async Task ListsAsync()
    {
        foreach (var list in (string[])["parts", "assets", "locations"])
            foreach (var condition in (string[])["", "?where={\"name\":{\"contains\":\"\"}}", $"?where={{\"name\":{{\"contains\":\"{world.Victim.Marker}\"}}}}"])
            {
                var own = await FileAsync(world.Owner, $"/export/{list}{condition}");
                findings.Expect(own.Contains(world.Victim.Marker, StringComparison.Ordinal), () => $"The owner's {list} as a file {condition} has nothing of its own: {Findings.Shorten(own)}");
                foreach (var asker in world.Intruders)
                {
                    var file = await FileAsync(asker, $"/export/{list}{condition}");
                    findings.Expect(!file.Contains(world.Victim.Marker, StringComparison.Ordinal), () => $"{list} as a file {condition} shows {asker} what is strange: {Findings.Shorten(file)}");
                }
            }
    }

    private async Task<string> FileAsync(Asker asker, string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(world.Graph.Address, path));
        request.Headers.Add("Authorization", $"Bearer test-{asker.Key}");
        request.Headers.Add("X-Site-Id", asker.At.Header);
        using HttpClient client = new();
        using var answer = await client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Codes that a site gives out begin anew in each: they do not count what others have.</summary>
    private async Task CodesAsync()
    {
        await using var connection = await DatabaseImage.OpenAsync(world.Plant.Database.Options);
        foreach (var place in world.Places.Where(p => p != world.Far))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Our own number.
            command.CommandText = $"SELECT sequence, value FROM counter WHERE site_id = {place.Header}";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            var counters = 0;
            for (; await reader.ReadAsync(); counters++)
            {
                var (sequence, value) = (reader.GetString(0), reader.GetInt64(1));
                findings.Expect(value < 30, () => $"{place.Name} has counted {value.ToString(CultureInfo.InvariantCulture)} of {sequence}, more than were made there");
            }
            findings.Expect(counters > 2, () => $"{place.Name} has {counters} counters");
        }
        foreach (var asker in world.Intruders.Append(world.Owner))
        {
            var first = await world.AskAsync(asker, "{ workOrder(code: \"WO-000001\") { id } pmSchedule(code: \"PM-000001\") { id } }");
            findings.Expect(!first.Contains("null", StringComparison.Ordinal) && (asker == world.Owner || world.StrangeIn(first, asker, belongings) is null), () => $"{asker} has no first of its own: {first}");
        }
    }

    private void Same(IEnumerable<string> found, IEnumerable<string> exempt, string what)
    {
        var (these, those) = (found.Order(StringComparer.Ordinal).ToList(), exempt.Order(StringComparer.Ordinal).ToList());
        findings.Expect(these.SequenceEqual(those), () => $"{what}: {string.Join(' ', these)}; exempt are {string.Join(' ', those)}");
    }
}
