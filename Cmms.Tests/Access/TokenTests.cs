using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Access;

/// <summary>Tokens of an OpenID provider over the real pipeline: which let somebody in, and that all others are refused in the same words as a key that is none.</summary>
public sealed class TokenTests
{
    private const string TheAdmin = "admin@example.test";

    [Theory, Sqlite, PostgreSql]
    public async Task A_verified_address_lets_a_person_in_and_from_then_on_the_subject_does(DatabaseProvider database)
    {
        await using var plant = await TestPlant.CreateAsync(database);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);

        Assert.Contains(TheAdmin, await graph.KnockAsync(provider.Token("abc", "Admin@Example.test")), StringComparison.Ordinal);
        // The address has gone to somebody else, and the person to another one.
        Assert.Contains(TheAdmin, await graph.KnockAsync(provider.Token("abc", "viewer@example.test")), StringComparison.Ordinal);
        Assert.Contains(TheAdmin, await graph.KnockAsync(provider.Token("abc")), StringComparison.Ordinal);
        await IsRefusedAsync(graph, provider.Token("another", TheAdmin));
        Assert.Contains("viewer@example.test", await graph.KnockAsync(provider.Token("another", "viewer@example.test")), StringComparison.Ordinal);

        var log = await plant.Database.ReadAsync(Scope.Customer(plant.CustomerId), db => db.Events.Where(e => e.Type == "UserIdentified").ToListAsync());
        Assert.Equal(2, log.Count);
        Assert.All(log, e => Assert.Equal(Actor.User(e.SubjectId), e.Actor));
        Assert.Empty(await plant.Database.ReadAsync(Scope.Customer(plant.CustomerId), db => db.Events.Where(e => e.Changes.Contains("abc")).ToListAsync()));
    }

    [Fact]
    public async Task What_is_wrong_with_a_token_does_not_show()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        var signer = provider.Signer;
        TestSigner stranger = new(signer.KeyId), unknown = new("unknown");
        Dictionary<string, object?> Claims() => provider.Claims("abc", TheAdmin);
        string With(string name, object? value) => provider.Token("abc", TheAdmin, (name, value));

        (string What, string Token)[] wrong =
        [
            ("no signature", TestSigner.Sign(new { alg = "none", typ = "JWT" }, Claims(), _ => [])),
            ("none, with a key", TestSigner.Sign(new { alg = "none", typ = "JWT", kid = signer.KeyId }, Claims(), _ => [1])),
            ("None", signer.Sign(new { alg = "None", typ = "JWT", kid = signer.KeyId }, Claims())),
            ("no algorithm", signer.Sign(new { typ = "JWT", kid = signer.KeyId }, Claims())),
            ("the public key as a secret", signer.SignByPublicKey(Claims())),
            ("another algorithm than the signature's", signer.Sign(new { alg = "RS512", typ = "JWT", kid = signer.KeyId }, Claims())),
            ("an algorithm of other keys", signer.Sign(new { alg = "ES256", typ = "JWT", kid = signer.KeyId }, Claims())),
            ("another key of the same name", stranger.Sign(Claims())),
            ("a key of another name", unknown.Sign(Claims())),
            ("its own key beside it", stranger.Sign(new { alg = "RS256", kid = "mine", jwk = System.Text.Json.JsonDocument.Parse(stranger.PublicKeys()).RootElement.GetProperty("keys")[0] }, Claims())),
            ("what must be understood", signer.Sign(new { alg = "RS256", kid = signer.KeyId, crit = new[] { "b64" }, b64 = false }, Claims())),
            ("a logout token", signer.Sign(new { alg = "RS256", kid = signer.KeyId, typ = "logout+jwt" }, Claims())),
            ("an event", With("events", new { })),
            ("another issuer", With("iss", "https://elsewhere.test")),
            ("the issuer with a slash", With("iss", provider.Issuer + "/")),
            ("no issuer", With("iss", null)),
            ("another audience", With("aud", "other")),
            ("the audience with a slash", With("aud", TestProvider.Audience + "/")),
            ("other audiences", With("aud", new[] { "other", "CMMS" })),
            ("no audience", With("aud", null)),
            ("expired", With("exp", provider.In(-TimeSpan.FromSeconds(60)))),
            ("no end", With("exp", null)),
            ("an end that is no number", With("exp", "tomorrow")),
            ("an end before all time", With("exp", -1)),
            ("not yet", With("nbf", provider.In(TimeSpan.FromSeconds(61)))),
            ("nobody", With("sub", null)),
            ("an empty subject", With("sub", "")),
            ("a long subject", With("sub", new string('a', 256))),
            ("an address that is not verified", With("email_verified", false)),
            ("an address of which nothing is said", With("email_verified", null)),
            ("an address that is said to be verified otherwise", With("email_verified", 1)),
            ("no address", provider.Token("abc")),
            ("an address that nobody has", provider.Token("abc", "nobody@example.test")),
            ("a list of addresses", With("email", new[] { TheAdmin })),
            ("two dots", ".."),
            ("no JSON", "YQ.YQ.YQ"),
            ("very long", With("more", new string('x', 20_000))),
        ];
        var like = await graph.KnockAsync("cmms_a_key_that_nobody_has");
        Assert.StartsWith("401 ", like, StringComparison.Ordinal);
        foreach (var (what, token) in wrong) Assert.Equal((what, like), (what, await graph.KnockAsync(token)));

        // Nothing of it has made the subject anybody's; and what is as wrong as the clocks may be is not wrong.
        Assert.Contains(TheAdmin, await graph.KnockAsync(provider.Token("abc", TheAdmin, ("exp", provider.In(-TimeSpan.FromSeconds(59))), ("nbf", provider.In(TimeSpan.FromSeconds(60))))), StringComparison.Ordinal);
        Assert.Contains(TheAdmin, await graph.KnockAsync(provider.Token("abc", null, ("aud", new[] { "other", TestProvider.Audience }), ("sid", null), ("nbf", null))), StringComparison.Ordinal);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_address_leads_to_one_person_or_to_nobody(DatabaseProvider database)
    {
        await using var plant = await TestPlant.CreateAsync(database);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        var (other, _, _) = await TestPlant.AddCustomerAsync(plant.Database, "Other");
        var now = plant.Now;
        await plant.Database.WriteAsync(Scope.Customer(other), db =>
        {
            var left = new User("Lena", "Left", "left@example.test");
            left.Deactivate(otherOwners: 1);
            db.Users.AddRange(new User("Same", "Address", TheAdmin), left, new User("Lena", "Again", "technician@example.test"), new User("Kate", "Kay", "kate@example.test"));
            return Task.CompletedTask;
        });
        await plant.Database.WriteAsync(Scope.Customer(plant.CustomerId), db =>
        {
            db.Users.AddRange(User.Invite("Ivy", "New", "ivy@example.test", now).User, User.Invite("Otto", "Late", "otto@example.test", now - TimeSpan.FromDays(6)).User);
            return Task.CompletedTask;
        });

        await IsRefusedAsync(graph, provider.Token("two-customers", TheAdmin));
        await IsRefusedAsync(graph, provider.Token("left", "left@example.test"));
        await IsRefusedAsync(graph, provider.Token("kelvin", "\u212Aate@example.test")); // its first letter is a sign of physics, and k in lower case
        Assert.Contains("kate@example.test", await graph.KnockAsync(provider.Token("kate", "Kate@example.test")), StringComparison.Ordinal);
        await IsRefusedAsync(graph, provider.Token("late", "otto@example.test"));
        Assert.Contains("ivy@example.test", await graph.KnockAsync(provider.Token("ivy", "ivy@example.test")), StringComparison.Ordinal);
        var ivy = await plant.Database.ReadAsync(Scope.Customer(plant.CustomerId), db => db.Users.SingleAsync(u => u.Email == "ivy@example.test"));
        Assert.Equal((UserStatus.Active, now), (ivy.Status, ivy.InvitationAcceptedAt));
        Assert.Equal(["InvitationAccepted", "UserIdentified"], await plant.Database.ReadAsync(Scope.Customer(plant.CustomerId),
            db => db.Events.Where(e => e.SubjectType == "User" && e.SubjectId == ivy.Id).OrderByDescending(e => e.Position).Take(2).OrderBy(e => e.Position).Select(e => e.Type).ToListAsync()));

        // Who has left is not let in as somebody else with the same address.
        Assert.Contains("viewer@example.test", await graph.KnockAsync(provider.Token("viewer", "viewer@example.test")), StringComparison.Ordinal);
        await plant.Database.WriteAsync(Scope.Customer(plant.CustomerId), async db => (await db.Users.SingleAsync(u => u.Email == "viewer@example.test")).Deactivate(otherOwners: 1));
        await plant.Database.WriteAsync(Scope.Customer(other), db => Task.FromResult(db.Add(new User("Vera", "Viewer", "viewer@example.test"))));
        await IsRefusedAsync(graph, provider.Token("viewer", "viewer@example.test"));
    }

    [Fact]
    public async Task Two_requests_at_once_make_one_person_of_a_newcomer()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        var token = provider.Token("abc", TheAdmin);
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => graph.KnockAsync(token)))) Assert.Contains(TheAdmin, answer, StringComparison.Ordinal);
        Assert.Equal(1, await plant.Database.ReadAsync(Scope.Customer(plant.CustomerId), db => db.Events.CountAsync(e => e.Type == "UserIdentified")));
    }

    [Fact]
    public async Task Keys_are_changed_without_a_restart_and_strangers_cannot_make_us_ask_the_provider_again_and_again()
    {
        await using var plant = await TestPlant.CreateAsync(DatabaseProvider.Sqlite);
        await using var provider = await TestProvider.StartAsync(plant.Clock);
        await using var graph = await TestGraph.StartAsync(plant, provider.Settings);
        provider.IsDown = true;
        await IsRefusedAsync(graph, provider.Token("abc", TheAdmin));
        provider.IsDown = false;
        await IsRefusedAsync(graph, provider.Token("abc", TheAdmin));
        plant.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains(TheAdmin, await graph.KnockAsync(provider.Token("abc", TheAdmin)), StringComparison.Ordinal);
        Assert.Equal(2, provider.Asked);

        var before = provider.Rotate("second");
        plant.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains(TheAdmin, await graph.KnockAsync(provider.Token("abc")), StringComparison.Ordinal);
        await IsRefusedAsync(graph, before.Sign(provider.Claims("abc")));
        for (var i = 0; i < 20; i++) await IsRefusedAsync(graph, MadeUp(i));
        Assert.Equal(3, provider.Asked);
        plant.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 20; i++) await IsRefusedAsync(graph, MadeUp(i));
        Assert.Equal(4, provider.Asked);

        // A provider that is away does no harm for a day, and no longer.
        provider.IsDown = true;
        plant.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Contains(TheAdmin, await graph.KnockAsync(provider.Token("abc")), StringComparison.Ordinal);
        plant.Clock.Advance(TimeSpan.FromHours(2));
        await IsRefusedAsync(graph, provider.Token("abc"));

        string MadeUp(int i) => before.Sign(new { alg = "RS256", typ = "JWT", kid = $"made-up-{i}" }, provider.Claims("abc"));
    }

    private static async Task IsRefusedAsync(TestGraph graph, string token) => Assert.Equal(await graph.KnockAsync("cmms_a_key_that_nobody_has"), await graph.KnockAsync(token));
}
