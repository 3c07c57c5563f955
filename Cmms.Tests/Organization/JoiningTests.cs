using System.Net.Http.Headers;
using System.Text.Json;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Organization;

/// <summary>How people join, and change their address, through the doors.</summary>
public sealed class JoiningTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Who_accepts_an_invitation_is_active_and_has_a_key_that_works(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        var invited = await InviteAsync(calls, "ana@acme.test");
        await calls.DoesAsync("grantRole", $$"""{"userId":"{ana}","siteId":"{{await NorthAsync(graph)}}","role":"TECHNICIAN"}""", "UserRoleCreated");
        Assert.Equal("2026-03-07T08:00:00Z", invited.GetProperty("user").GetProperty("invitation").GetProperty("dueAt").GetString());

        var joined = await calls.DoesAsync("acceptInvitation", Token(invited), "InvitationAccepted ApiKeyCreated", @as: null);
        calls.Verify();
        Assert.Equal(("ACTIVE", "acme", "TECHNICIAN"), (Text(joined, "user", "status"), Text(joined, "user", "customer", "slug"), joined.GetProperty("user").GetProperty("roles")[0].GetProperty("role").GetString()));
        var secret = Text(joined, "secret");
        Assert.StartsWith("cmms_", secret, StringComparison.Ordinal);

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var me = await http.PostAsync(graph.Address, new StringContent("""{"query":"{ me { email invitation { acceptedAt } activity { loginCount } } workOrders { totalCount } }"}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal("""{"data":{"me":{"email":"ana@acme.test","invitation":{"acceptedAt":"2026-03-02T08:00:00Z"},"activity":{"loginCount":0}},"workOrders":{"totalCount":0}}}""", await me.Content.ReadAsStringAsync());

        // Who joined did it, and no event knows what they joined with.
        var events = await graph.Plant.Database.ReadAsync(Scope.Customer(graph.Plant.CustomerId), db => db.Events.IgnoreQueryFilters().OrderBy(e => e.Position).ToListAsync());
        Assert.All(events.TakeLast(2), e => Assert.Equal(calls["ana"], new Engines.GraphQL.Binding.GlobalId("User", e.Actor.UserId!.Value).ToString()));
        Assert.DoesNotContain(events, e => e.Changes.Contains(secret, StringComparison.Ordinal) || e.Changes.Contains(Text(invited, "invitationToken"), StringComparison.Ordinal));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_token_that_is_unknown_used_replaced_or_too_old_gets_one_answer(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        var (used, replaced, withdrawn, old) = (await InviteAsync(calls, "a@acme.test"), await InviteAsync(calls, "b@acme.test", "bea"), await InviteAsync(calls, "c@acme.test", "cleo"), await InviteAsync(calls, "d@acme.test", "dora"));
        await calls.DoesAsync("acceptInvitation", Token(used), "InvitationAccepted ApiKeyCreated", @as: null);
        var resent = await calls.DoesAsync("resendInvitation", """{"id":"{bea}"}""", "InvitationResent");
        await calls.DoesAsync("deactivateUser", """{"id":"{cleo}"}""", "UserDeactivated");
        var answers = new List<string> { await RefusedAsync("invite_nonsense"), await RefusedAsync(Text(used, "invitationToken")), await RefusedAsync(Text(replaced, "invitationToken")), await RefusedAsync(Text(withdrawn, "invitationToken")) };
        graph.Plant.Clock.Advance(TimeSpan.FromDays(5) + TimeSpan.FromSeconds(1));
        answers.Add(await RefusedAsync(Text(old, "invitationToken")));
        answers.Add(await RefusedAsync(Text(resent, "invitationToken")));
        Assert.Equal("""{"data":{"acceptInvitation":{"user":null,"apiKey":null,"secret":null,"errors":[{"__typename":"NotFoundError","code":"NOT_FOUND","message":"Invitation not found.","path":["input","token"]}]}}}""", Assert.Single(answers.Distinct()));
        await calls.RefusesAsync("resendInvitation", """{"id":"{cleo}"}""", "INVALID_TRANSITION");
        await calls.RefusesAsync("resendInvitation", """{"id":"{bea}"}""", "FORBIDDEN owner", "manager");
        calls.Verify();

        async Task<string> RefusedAsync(string token) => (await graph.AskAsync(TestCalls.Document("acceptInvitation"), new { input = new { token } }, @as: null)).GetRawText();
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Two_who_accept_at_once_are_one(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var token = Text(await InviteAsync(new TestCalls(graph), "ana@acme.test"), "invitationToken");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => graph.PayloadAsync("mutation($token: String!) { acceptInvitation(input: { token: $token }) { secret errors { __typename } } }", new { token }, @as: null)));
        Assert.Single(answers, a => a.GetProperty("secret").ValueKind is JsonValueKind.String);
        Assert.Equal(3, answers.Count(a => a.GetProperty("errors").GetRawText() == """[{"__typename":"NotFoundError"}]"""));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_token_gives_no_more_than_its_mutation(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        var token = Text(await InviteAsync(calls, "ana@acme.test", role: "OWNER"), "invitationToken");
        foreach (var (document, code) in ((string, string)[])
        [
            ("mutation($token: String!) { acceptInvitation(input: { token: $token }) { query { me { id } } } }", "UNAUTHENTICATED"),
            ("mutation($token: String!) { acceptInvitation(input: { token: $token }) { user { id } } createSite(input: { name: \"X\", code: \"XX\", timeZone: \"Etc/UTC\", currency: \"USD\" }) { site { id } } }", "UNAUTHENTICATED"),
            ("mutation($token: String!) @atomic { acceptInvitation(input: { token: $token }) { user { id } } }", "UNAUTHENTICATED"),
        ])
            Assert.Equal(code, (await graph.AskAsync(document, new { token }, @as: null)).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        var atomic = await graph.AskAsync("mutation($token: String!) @atomic { acceptInvitation(input: { token: $token }) { user { id } } }", new { token }, @as: "viewer");
        Assert.Equal("BAD_USER_INPUT", atomic.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());

        // A signed-in caller stays who they are: what was asked of the viewer's rights is not read with the new owner's.
        var asViewer = await graph.PayloadAsync("mutation($token: String!) { acceptInvitation(input: { token: $token }) { user { status regularRate } query { me { name } } } }", new { token }, @as: "viewer");
        Assert.Equal("""{"user":{"status":"ACTIVE","regularRate":null},"query":{"me":{"name":"Viewer"}}}""", asViewer.GetRawText());
        var second = Text(await InviteAsync(calls, "bea@acme.test", role: "OWNER"), "invitationToken");
        var denied = await graph.AskAsync("mutation($token: String!) { acceptInvitation(input: { token: $token }) { user { id } } createSite(input: { name: \"X\", code: \"XX\", timeZone: \"Etc/UTC\", currency: \"USD\" }) { site { id } } }", new { token = second }, @as: "viewer");
        Assert.Equal("FORBIDDEN", denied.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(2, (await graph.DataAsync("{ sites { totalCount } }")).GetProperty("sites").GetProperty("totalCount").GetInt32());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task An_invitation_of_another_customer_shows_its_bearer_nothing_of_it(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var other = await TestPlant.AddCustomerAsync(graph.Plant.Database, "Other");
        var token = await graph.Plant.Database.WriteAsync(Scope.Customer(other.CustomerId), async db =>
        {
            var (user, text) = User.Invite("Eve", "Paz", "eve@other.test", graph.Plant.Now);
            db.Add(new UserRole(user, await db.Find<Site>(other.SiteId, default), Role.Manager));
            return text;
        });
        var joined = await graph.PayloadAsync("mutation($token: String!) { acceptInvitation(input: { token: $token }) { user { name roles { role } createdBy { __typename } } query { users { nodes { email } } } } }", new { token }, @as: "admin");
        Assert.Equal("""{"name":"Eve","roles":[],"createdBy":{"__typename":"System"}}""", joined.GetProperty("user").GetRawText());
        Assert.DoesNotContain("other.test", joined.GetRawText(), StringComparison.Ordinal);
        var mine = await graph.Plant.Database.ReadAsync(Scope.Customer(graph.Plant.CustomerId), db => db.Events.IgnoreQueryFilters().Where(e => e.Type == "InvitationAccepted").Select(e => e.CustomerId).SingleAsync());
        Assert.Equal(other.CustomerId, mine);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Who_signs_in_by_an_OpenID_provider_gets_no_key(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        var invited = await calls.DoesAsync("inviteUser", """{"name":"Ana","surname":"Paz","email":"ana@acme.test","authType":"OPEN_ID"}""", "UserCreated");
        var joined = await calls.DoesAsync("acceptInvitation", Token(invited), "InvitationAccepted", @as: null);
        calls.Verify();
        Assert.Equal(("OPEN_ID", JsonValueKind.Null, JsonValueKind.Null), (Text(joined, "user", "authType"), joined.GetProperty("apiKey").ValueKind, joined.GetProperty("secret").ValueKind));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_person_changes_the_own_address_by_confirming_it_and_an_owner_at_once(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        calls.Remember(await graph.DataAsync("""{ users(search: "viewer@") { nodes { id } } }"""), "users.nodes.0.id as viewer");
        await calls.RefusesAsync("updateUser", """{"id":"{viewer}","email":"admin@example.test"}""", "DUPLICATE email", "viewer");
        await calls.RefusesAsync("updateUser", """{"id":"{viewer}","email":"nobody"}""", "INVALID_VALUE email", "viewer");
        await calls.RefusesAsync("sendEmailConfirmation", """{"id":"{viewer}"}""", "NOT_FOUND id");
        var asked = await calls.DoesAsync("updateUser", """{"id":"{viewer}","email":"New@Example.test"}""", "UserChanged", @as: "viewer");
        Assert.Equal(("viewer@example.test", "new@example.test"), (Text(asked, "user", "email"), Text(asked, "user", "unconfirmedEmail")));
        await calls.RefusesAsync("sendEmailConfirmation", """{"id":"{viewer}"}""", "FORBIDDEN owner", "viewer");
        var sent = await calls.DoesAsync("sendEmailConfirmation", """{"id":"{viewer}"}""", "EmailConfirmationSent");
        await calls.RefusesAsync("confirmEmail", """{"token":"confirm_nonsense"}""", "NOT_FOUND token", null);
        await calls.RefusesAsync("acceptInvitation", $$"""{"token":"{{Text(sent, "confirmationToken")}}"}""", "NOT_FOUND token", null);
        var confirmed = await calls.DoesAsync("confirmEmail", $$"""{"token":"{{Text(sent, "confirmationToken")}}"}""", "EmailConfirmed", @as: null);
        Assert.Equal("new@example.test", Text(confirmed, "user", "email"));
        await calls.RefusesAsync("confirmEmail", $$"""{"token":"{{Text(sent, "confirmationToken")}}"}""", "NOT_FOUND token", null);

        // Somebody else was given the address while its confirmation was on the way.
        await calls.DoesAsync("updateUser", """{"id":"{viewer}","email":"late@example.test"}""", "UserChanged", @as: "viewer");
        var late = await calls.DoesAsync("sendEmailConfirmation", """{"id":"{viewer}"}""", "EmailConfirmationSent");
        await calls.DoesAsync("inviteUser", """{"name":"Ana","surname":"Paz","email":"late@example.test"}""", "UserCreated");
        await calls.RefusesAsync("confirmEmail", $$"""{"token":"{{Text(late, "confirmationToken")}}"}""", "DUPLICATE", null);
        var changed = await calls.DoesAsync("updateUser", """{"id":"{viewer}","email":"at.once@example.test"}""", "UserChanged");
        Assert.Equal(("at.once@example.test", null), (Text(changed, "user", "email"), changed.GetProperty("user").GetProperty("unconfirmedEmail").GetString()));
        calls.Verify();
    }

    private static Task<JsonElement> InviteAsync(TestCalls calls, string email, string name = "ana", string role = "MEMBER") =>
        calls.DoesAsync("inviteUser", $$"""{"name":"Ana","surname":"Paz","email":"{{email}}","customerRole":"{{role}}"}""", "UserCreated", $"user.id as {name}");

    private static async Task<string> NorthAsync(TestGraph graph) => Text(await graph.DataAsync("{ site(code: \"NORTH\") { id } }"), "site", "id");

    private static string Token(JsonElement invited) => $$"""{"token":"{{Text(invited, "invitationToken")}}"}""";

    private static string Text(JsonElement of, params string[] path) => path.Aggregate(of, (at, name) => at.GetProperty(name)).GetString()!;
}
