using System.Text.Json;
using Cmms.Domain.Organization;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Tests.Contract;
using Engines.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Cmms.Tests.Isolation;

/// <summary>Two customers with two sites each over one Graph. The victim is one site of the first; whoever else asks must learn nothing of it.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly (string, string)[] s_wide =
        [("GraphQL:Limits:Cost", "100000000"), ("GraphQL:Limits:CredentialFields", "100"), ("GraphQL:Limits:Aliases", "1000"), ("GraphQL:Limits:Deadline", "00:02:00")];

    private World(TestPlant plant, TestGraph graph) => (Plant, Graph, Schema) = (plant, graph, graph.Services.GetRequiredService<Schema>());

    public TestPlant Plant { get; }
    public TestGraph Graph { get; }
    public Schema Schema { get; }
    public required Place Victim { get; init; }
    public required Place South { get; init; }
    public required Place Other { get; init; }
    public required Place Far { get; init; }
    public IReadOnlyList<Place> Places => [Victim, South, Other, Far];

    /// <summary>Who proves that there is something to be seen.</summary>
    public required Asker Owner { get; init; }

    /// <summary>Those to whom the victim's is nothing.</summary>
    public required IReadOnlyList<Asker> Intruders { get; init; }

    public static async Task<World> CreateAsync(DatabaseProvider provider)
    {
        var plant = await TestPlant.CreateAsync(provider);
        var (otherId, otherSite, farSite) = await TestPlant.AddCustomerAsync(plant.Database, "Other");
        Place victim = new("north", plant.CustomerId, plant.SiteId, "acme-owner", "acme-technician"), south = new("south", plant.CustomerId, plant.NeighbourId, "acme-owner", "acme-technician");
        Place other = new("other", otherId, otherSite, "other-owner", "other-technician"), far = new("far", otherId, farSite, "other-owner", "other-technician");
        await StaffAsync(plant, [victim, south], ("owner", Role.Admin, 2), ("both", Role.Admin, 2), ("technician", Role.Technician, 2), ("south", Role.Admin, 1), ("spare", Role.Viewer, 0));
        await StaffAsync(plant, [other, far], ("owner", Role.Admin, 2), ("technician", Role.Technician, 2), ("spare", Role.Viewer, 0));
        return new World(plant, await TestGraph.ReopenAsync(plant, s_wide))
        {
            Victim = victim, South = south, Other = other, Far = far,
            Owner = new Asker("the owner", "acme-owner", victim, IsOwner: true, []),
            Intruders =
            [
                new("an owner who asks for another site", "acme-owner", south, IsOwner: true, []),
                new("an admin of both sites who asks for the other", "acme-both", south, IsOwner: false, [victim.SiteId, south.SiteId]),
                new("an admin of the other site alone", "acme-south", south, IsOwner: false, [south.SiteId]),
                new("an owner of another customer", "other-owner", other, IsOwner: true, []),
            ],
        };
    }

    /// <summary>Parts have been there for long, so that there is something that is not used; the clock itself cannot go on while people listen.</summary>
    public Task AgeAsync() => TestDatabase.ExecuteAsync(Plant.Database.Options,
        Plant.Database.Options.Provider is DatabaseProvider.Sqlite ? "UPDATE part SET created_at = created_at - 86400000000 * 9" : "UPDATE part SET created_at = created_at - interval '9 days'");

    public async Task<string> AskAsync(Asker asker, string document, object? variables = null) =>
        (await Graph.PostAsync(JsonSerializer.Serialize(new { query = document, variables }), asker.Key, asker.At.Header)).Text;

    /// <summary>What is strange to somebody in an answer, if anything: an id, or a text of another place.</summary>
    public string? StrangeIn(string answer, Asker asker, Belongings belongings)
    {
        foreach (var place in Places)
        {
            if (place != asker.At && answer.Contains(place.Marker, StringComparison.Ordinal)) return place.Marker;
            if (!asker.KnowsOf(place.CustomerId, place.SiteId) && answer.Contains(place.SiteMarker, StringComparison.Ordinal)) return place.SiteMarker;
        }
        return answer.Split('"').FirstOrDefault(text => text.Length is > 5 and < 80 && belongings.IsStrange(asker, text));
    }

    /// <summary>What the customer has of its own at a place: people, roles, the site itself. Told before anything is compared.</summary>
    public async Task TellOfSiteAsync(Place place)
    {
        Telling telling = new(this, place, place.SiteMarker, "") { ["east"] = Id("Site", place.SiteId) };
        await telling.TellAsync([new Step("""{ users(search: "spare") { nodes { id } } }""", null, null, "users.nodes.0.id as ana")]);
        await telling.TellAsync(MutationStories.All["Organization"].Where(s => s.Name is "updateSite" or "grantRole" or "revokeRole"));
        await telling.TellAsync(
        [
            new Step("updateSite", """{"id":"{east}","description":"Far away","address":"Road 1"}""", null, null),
            new Step("grantRole", """{"userId":"{ana}","siteId":"{east}","role":"VIEWER"}""", null, null),
        ]);
        Telling people = new(this, place, $"of{place.Name}", "") { ["ana"] = telling["ana"] };
        await people.TellAsync(
        [
            new Step("inviteUser", """{"name":"Guest","surname":"Invited","email":"guest@acme.test"}""", null, null),
            new Step("createApiKey", """{"name":"Ends","userId":"{ana}","expiresAt":"2027-01-01T00:00:00Z"}""", null, "apiKey.id as ends"),
            new Step("revokeApiKey", """{"id":"{ends}"}""", null, null),
        ]);
    }

    /// <summary>Every story, but of what is the customer's only on demand; at first also what leaves objects of each kind.</summary>
    public async Task<Telling> TellAsync(Place place, string round = "", Func<Step, System.Text.Json.Nodes.JsonObject, Task>? before = null, bool ofCustomer = false)
    {
        Telling telling = new(this, place, place.Marker, round) { Before = before };
        foreach (var (name, story) in MutationStories.All)
            if ((name == "Organization") == ofCustomer) await telling.TellAsync(story);
        if (round.Length == 0) await telling.TellAsync(Leftovers.Of(place));
        return telling;
    }

    public static string Id(string type, long key) => new Engines.GraphQL.Binding.GlobalId(type, key).ToString();

    public async ValueTask DisposeAsync()
    {
        await Graph.DisposeAsync();
        await Plant.DisposeAsync();
    }

    private static async Task StaffAsync(TestPlant plant, Place[] places, params (string Name, Role Role, int Sites)[] people)
    {
        foreach (var place in places)
        {
            await plant.Database.WriteAsync(Scope.Site(place.CustomerId, place.SiteId), db =>
            {
                db.WorkOrderStatuses.AddRange(WorkOrderStatus.Defaults());
                db.Storerooms.Add(new Storeroom($"Main {place.Marker}", isDefault: true));
                return Task.CompletedTask;
            });
        }
        await plant.Database.WriteAsync(Scope.Customer(places[0].CustomerId), async db =>
        {
            foreach (var (name, role, sites) in people)
            {
                var key = $"{places[0].Owner.Split('-')[0]}-{name}";
                User user = new(name == "technician" ? "Technician" : name, key, $"{key}@example.test", name == "owner" ? CustomerRole.Owner : CustomerRole.Member)
                {
                    CanBeAssignedToWorkOrders = true, JobTitle = "Job", PhoneNumber = "1", RegularRate = Domain.Money.Cost(40m), OvertimeRate1 = Domain.Money.Cost(60m), OvertimeRate2 = Domain.Money.Cost(80m),
                };
                db.Users.Add(user);
                db.ApiKeys.Add(ApiKey.Known(user, $"key of {key}", $"test-{key}"));
                foreach (var place in places.Reverse().Take(sites)) db.UserRoles.Add(new UserRole(user, await db.Find<Site>(place.SiteId, default), role));
            }
        });
        // One who came by invitation, has a picture and will have another address, and keys that were used.
        await plant.Database.ExecuteAsync("UPDATE \"user\" SET invitation_accepted_at = created_at, avatar_changed_at = created_at, unconfirmed_email = 'new-' || email WHERE name = 'spare'");
        await plant.Database.ExecuteAsync("UPDATE api_key SET last_used_at = created_at");
    }
}
