using System.Runtime.CompilerServices;
using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

public sealed class SubscriptionTests
{
    private sealed class Session : IDisposable
    {
        public bool Ended { get; private set; }
        public void Dispose() => Ended = true;
    }

    private readonly List<Session> _sessions = [];
    private bool _sourceEnded;
    private bool _mayRead = true;

    [Fact]
    public async Task Each_item_becomes_a_message_with_the_selection_run_on_it() => Assert.Equal(
        ["""{"data":{"ticks":{"number":1,"twice":2}}}""", """{"data":{"ticks":{"number":2,"twice":4}}}""", """{"data":{"ticks":{"number":3,"twice":6}}}"""],
        await All("subscription ($to: Int!) { ticks(to: $to) { number twice } }", """{"to":3}"""));

    [Fact]
    public async Task A_failure_is_told_and_ends_the_stream()
    {
        var messages = await All("subscription { failing { number } }");
        Assert.Equal("""{"data":{"failing":{"number":1}}}""", messages[0]);
        Assert.Equal("""{"errors":[{"message":"Too far behind.","locations":[{"line":1,"column":16}],"path":["failing"],"extensions":{"code":"CURSOR_EXPIRED"}}]}""", messages[1]);
        Assert.Equal(2, messages.Count);
    }

    [Fact]
    public async Task A_source_that_breaks_is_told_without_its_reason()
    {
        var messages = await All("subscription { breaking { number } }");
        Assert.Equal(2, messages.Count);
        Assert.Contains("INTERNAL_SERVER_ERROR", messages[1], StringComparison.Ordinal);
        Assert.DoesNotContain("secret", messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_that_cannot_begin_is_one_answer()
    {
        using var result = Assert.IsType<SingleResult>(await Executor(MakeSchema()).ExecuteAsync(Request("subscription { refused { number } }"), Scope()));
        Assert.Equal("NOT_FOUND", Assert.Single(result.Errors).Code);
        Assert.Equal(ResultKind.Refused, result.Kind);
    }

    [Fact]
    public async Task A_guard_is_asked_again_for_each_message()
    {
        await using var provider = new ServiceCollection().BuildServiceProvider();
        var stream = Assert.IsType<StreamResult>(await Executor(MakeSchema()).ExecuteAsync(Request("subscription { guarded { number } }"), new RequestScope(provider, default)));
        var messages = new List<string>();
        await foreach (var message in stream.Messages)
        {
            using (message) messages.Add(Text(message));
            _mayRead = messages.Count < 2;
        }
        Assert.Equal(3, messages.Count);
        Assert.Contains("FORBIDDEN", messages[2], StringComparison.Ordinal);
        Assert.True(_sourceEnded);

        using var denied = Assert.IsType<SingleResult>(await Executor(MakeSchema()).ExecuteAsync(Request("subscription { guarded { number } }"), Scope()));
        Assert.Equal(ErrorCodes.Forbidden, Assert.Single(denied.Errors).Code);
    }

    [Fact]
    public async Task Each_message_has_services_of_its_own_which_end_with_it()
    {
        await using var provider = new ServiceCollection().AddScoped<Session>().BuildServiceProvider();
        var prepared = 0;
        var scope = new RequestScope(provider, default) { Prepare = _ => prepared++ };
        var stream = (StreamResult)await Executor(MakeSchema()).ExecuteAsync(Request("subscription { ticks(to: 3) { session } }"), scope);
        await foreach (var message in stream.Messages) message.Dispose();
        Assert.Equal(3, _sessions.Distinct().Count());
        Assert.All(_sessions, s => Assert.True(s.Ended));
        Assert.Equal(4, prepared);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_stream_and_its_source()
    {
        using var client = new CancellationTokenSource();
        var stream = (StreamResult)await Executor(MakeSchema()).ExecuteAsync(Request("subscription { endless { number } }"), Scope(client.Token));
        var count = 0;
        await foreach (var message in stream.Messages)
        {
            message.Dispose();
            if (++count == 2) await client.CancelAsync();
        }
        Assert.Equal(2, count);
        Assert.True(_sourceEnded);
    }

    private async Task<List<string>> All(string document, string? variables = null)
    {
        var stream = Assert.IsType<StreamResult>(await Executor(MakeSchema()).ExecuteAsync(Request(document, variables), Scope()));
        var messages = new List<string>();
        await foreach (var message in stream.Messages)
            using (message) messages.Add(Text(message));
        return messages;
    }

    private sealed class MayRead(Func<bool> may) : FieldGuard
    {
        public override string Requirement => "READ";
        public override GraphQLError? Deny(RequestContext request) => may() ? null : new GraphQLError("You may not.", ErrorCodes.Forbidden);
    }

    private Schema MakeSchema()
    {
        var tick = Object("Tick",
            Read<int>("number", T("Int!"), n => n),
            new FieldDefinition("twice", T("Int!")) { Resolver = Each<int>((n, _) => n * 2) },
            new FieldDefinition("session", T("Boolean"))
            {
                Resolver = Once(batch =>
                {
                    _sessions.Add(batch.Request.Services.GetRequiredService<Session>());
                    return true;
                }),
            });
        return SchemaOf(Object("Query", Read<RequestContext>("ok", T("String"), _ => "yes")), null, Object("Subscription",
            Stream("ticks", tick, batch => Count(batch.Argument<int>("to")), new InputValue("to", T("Int!"))),
            Stream("failing", tick, _ => Items(1, new FieldFailure(new GraphQLError("Too far behind.", "CURSOR_EXPIRED")), 2)),
            Stream("breaking", tick, _ => Breaking()),
            Stream("refused", tick, _ => throw new GraphQLException("No such thing.", "NOT_FOUND")),
            new FieldDefinition("guarded", tick) { Guards = [new MayRead(() => _mayRead)], Resolver = new StreamResolver(_ => Count(int.MaxValue)) },
            Stream("endless", tick, batch => Endless(batch.Cancel))));
    }

    private static FieldDefinition Stream(string name, GraphQLType type, Func<BatchContext, IAsyncEnumerable<object?>> source, params InputValue[] arguments) =>
        new(name, type) { Arguments = [.. arguments], Resolver = new StreamResolver(source) };

    private async IAsyncEnumerable<object?> Count(int to)
    {
        try
        {
            for (var n = 1; n <= to; n++)
            {
                await Task.Yield();
                yield return n;
            }
        }
        finally
        {
            _sourceEnded = true;
        }
    }

    private static async IAsyncEnumerable<object?> Items(params object[] items)
    {
        await Task.Yield();
        foreach (var item in items) yield return item;
    }

    private static async IAsyncEnumerable<object?> Breaking()
    {
        await Task.Yield();
        yield return 1;
        throw new InvalidOperationException("secret");
    }

    private async IAsyncEnumerable<object?> Endless([EnumeratorCancellation] CancellationToken cancel)
    {
        try
        {
            yield return 1;
            yield return 2;
            await Task.Delay(Timeout.Infinite, cancel);
        }
        finally
        {
            _sourceEnded = true;
        }
    }
}
