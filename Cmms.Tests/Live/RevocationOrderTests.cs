using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Live;

/// <summary>Where a right ends is a place among the events: what came before it is delivered, what came after it is not, and then the connection closes.</summary>
public sealed class RevocationOrderTests
{
    private const string Document = "subscription ($after: String) { eventOccurred(types: [\"LocationCreated\"], after: $after) { cursor event { type } } }";
    private const int People = 100, Steps = 400;

    private enum Ending { Key, User, Role, NoRole, CustomerRole }

    [Theory, Sqlite(11), Sqlite(12), PostgreSql(13)]
    public async Task Hundreds_of_changes_and_losses_of_rights_in_random_order_are_heard_in_that_order(DatabaseProvider provider, int seed)
    {
        var random = new Random(seed);
        await using var graph = await TestGraph.StartAsync(provider);
        var people = await EmployAsync(graph.Plant, People);
        List<LiveListener> listeners = [];
        foreach (var person in people) listeners.Add(await LiveListener.StartAsync(graph, Document, [], person));
        // Some stay to the end; they lose nothing, whatever happens to the others, and also when something about them changes.
        var leaving = new Queue<string>(people.Skip(People / 5).OrderBy(_ => random.Next()));
        var end = new Dictionary<string, long>();
        for (var step = 0; step < Steps; step++)
        {
            var who = random.Next(Steps - step) < leaving.Count ? leaving.Dequeue() : null;
            await StepAsync(graph.Plant, random, who, people[random.Next(People / 5)]);
            if (who is not null) end[who] = await LastLossAsync(graph.Plant);
        }
        var created = await graph.Plant.Database.ReadAsync(graph.Plant.Scope, db => db.Events.Where(e => e.Type == "LocationCreated").OrderBy(e => e.Position).Select(e => e.Position).ToListAsync());
        foreach (var (person, listener) in people.Zip(listeners))
        {
            var expected = end.TryGetValue(person, out var position) ? created.Where(p => p < position).ToList() : created;
            if (position > 0) Assert.Equal("closed: 4403 The credential has ended", await listener.Ended.WaitAsync(TimeSpan.FromSeconds(60)));
            else await GraphQL.Server.Eventually.IsTrueAsync(() => Task.FromResult(listener.Count >= expected.Count));
            Assert.Equal(expected, listener.Positions);
            await listener.DisposeAsync();
        }
        Assert.Equal(People - People / 5, end.Count);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_event_stream_ends_with_what_came_before_and_says_why(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await EmployAsync(graph.Plant, 1);
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, graph.Address) { Content = System.Net.Http.Json.JsonContent.Create(new { query = Document }) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("Authorization", "Bearer test-person0");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using StreamReader lines = new(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { } line)
            if (line.StartsWith("data: {", StringComparison.Ordinal)) break;
        await using (var change = await graph.Plant.Database.BeginAsync(Scope.Customer(graph.Plant.CustomerId)))
        {
            await CreateAsync(change, graph.Plant.Scope, "before");
            await change.BeginPartAsync(Scope.Customer(graph.Plant.CustomerId));
            (await change.Db.ApiKeys.SingleAsync(k => k.User.Name == "person0")).Revoke(graph.Plant.Now);
            await change.Db.SaveChangesAsync();
            await CreateAsync(change, graph.Plant.Scope, "after");
            await change.CommitAsync();
        }
        var rest = (await lines.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20))).Split('\n').Where(l => l.StartsWith("data: {", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, rest.Count);
        Assert.Contains("LocationCreated", rest[0], StringComparison.Ordinal);
        Assert.Contains("UNAUTHENTICATED", rest[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_rest_is_delivered_nothing_new_is_answered_on_the_socket()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        await EmployAsync(graph.Plant, 1);
        // It does not read, so that what it has to hear first stays under way.
        await using var slow = await graph.SubscribeAsync("subscription { eventOccurred(types: [\"LocationCreated\"]) { cursor subject { ... on Location { description } } } }", @as: "person0");
        await slow.NextAsync();
        for (var i = 0; i < 3_000; i += 100)
            await graph.Plant.WriteAsync(db =>
            {
                for (var n = 0; n < 100; n++) db.Locations.Add(new Location($"place {i} {n}") { Description = new string('x', 4_000) });
                return Task.CompletedTask;
            });
        await graph.Plant.Database.WriteAsync(Scope.Customer(graph.Plant.CustomerId), async db => (await db.ApiKeys.SingleAsync(k => k.User.Name == "person0")).Revoke(graph.Plant.Now));
        // Once the Graph has heard of it, which takes it some milliseconds.
        for (var i = 0; i < 30; i++)
        {
            await slow.SendAsync(new { id = $"me {i}", type = "subscribe", payload = new { query = "{ me { id } }" } });
            await Task.Delay(50);
        }
        var (heard, refused) = (0, false);
        var closed = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            while (true)
            {
                var message = await slow.ReceiveAsync();
                if (message.GetProperty("id").GetString() == "1") heard++;
                else refused |= message.ToString().Contains("UNAUTHENTICATED", StringComparison.Ordinal) && message.GetProperty("type").GetString() == "error";
            }
        });
        Assert.Equal("closed: 4403 The credential has ended", closed.Message);
        Assert.True(refused);
        Assert.Equal(3_000, heard);
    }

    /// <summary>A few events of the site, of nobody's concern and perhaps of somebody's end, in one transaction and in random order.</summary>
    private static async Task StepAsync(TestPlant plant, Random random, string? who, string staying)
    {
        var customer = Scope.Customer(plant.CustomerId);
        await using var change = await plant.Database.BeginAsync(customer);
        for (var before = random.Next(3); before > 0; before--) await CreateAsync(change, plant.Scope, $"{random.Next()}");
        await change.BeginPartAsync(customer);
        if (random.Next(4) == 0) (await change.Db.Users.SingleAsync(u => u.Name == staying)).JobTitle = $"{random.Next()}";
        await change.Db.SaveChangesAsync();
        if (who is not null) await EndAsync(change.Db, who, (Ending)random.Next(Enum.GetValues<Ending>().Length), plant);
        for (var after = random.Next(3); after > 0; after--) await CreateAsync(change, plant.Scope, $"{random.Next()}");
        await change.CommitAsync();
    }

    private static async Task CreateAsync(WriteTransaction change, Scope site, string name)
    {
        await change.BeginPartAsync(site);
        change.Db.Locations.Add(new Location(name));
        await change.Db.SaveChangesAsync();
    }

    private static async Task EndAsync(CmmsDb db, string who, Ending how, TestPlant plant)
    {
        var user = await db.Users.Include(u => u.Roles).SingleAsync(u => u.Name == who);
        switch (how)
        {
            case Ending.Key:
                (await db.ApiKeys.SingleAsync(k => k.UserId == user.Id)).Revoke(plant.Now);
                break;
            case Ending.User:
                user.Deactivate(otherOwners: 1);
                break;
            case Ending.Role:
                (await db.UserRoles.SingleAsync(r => r.UserId == user.Id)).ChangeTo(Role.Viewer);
                break;
            case Ending.NoRole:
                db.UserRoles.Remove(await db.UserRoles.SingleAsync(r => r.UserId == user.Id));
                break;
            case Ending.CustomerRole:
                user.ChangeCustomerRole(CustomerRole.Owner, otherOwners: 1);
                break;
        }
        await db.SaveChangesAsync();
    }

    /// <summary>Where the last right was lost: the last event of a key, a role or a user that is more than a new job title.</summary>
    private static Task<long> LastLossAsync(TestPlant plant) => plant.Database.ReadAsync(Scope.System, db => db.Events
        .Where(e => e.SubjectType == "ApiKey" || e.SubjectType == "UserRole" || (e.SubjectType == "User" && !e.Changes.Contains("jobTitle"))).MaxAsync(e => e.Position));

    private static async Task<IReadOnlyList<string>> EmployAsync(TestPlant plant, int count)
    {
        await plant.Database.WriteAsync(Scope.Customer(plant.CustomerId), async db =>
        {
            var site = await db.Find<Site>(plant.SiteId, default);
            for (var i = 0; i < count; i++)
            {
                var user = new User($"person{i}", "Tester", $"person{i}@example.test");
                db.Users.Add(user);
                db.UserRoles.Add(new UserRole(user, site, Role.Manager));
                db.ApiKeys.Add(ApiKey.Known(user, "test", $"test-person{i}"));
            }
        });
        return [.. Enumerable.Range(0, count).Select(i => $"person{i}")];
    }
}
