using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Xunit;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

/// <summary>Subscribers to the same item share one execution where the host says that their rights are equal, and only there.</summary>
public sealed class SharedMessageTests
{
    private sealed record Tick(int Number);

    /// <summary>Allows all; says whether it looks at the person.</summary>
    private sealed class Guard(bool isImpersonal) : FieldGuard
    {
        public override bool IsImpersonal => isImpersonal;
        public override string Requirement => "";
        public override GraphQLError? Deny(RequestContext request) => null;
    }

    private const string Plain = "subscription ($from: Int, $by: Int) { ticks(from: $from) { number times(by: $by) } }";
    private readonly Tick[] _ticks = [.. Enumerable.Range(0, 5).Select(i => new Tick(i))];
    private readonly TaskCompletionSource _hold = new();
    private bool _holds;
    private int _executed;

    [Fact]
    public async Task Equal_subscribers_share_one_execution_wherever_each_of_them_begins()
    {
        var executor = Executor(MakeSchema());
        var all = await Read(executor, Plain, """{"from":0,"by":2}""", Keys("a", "ann"));
        var late = await Read(executor, Plain, """{"from":3,"by":2}""", Keys("a", "bob"));
        Assert.Equal(5, _executed);
        Assert.Equal("""{"data":{"ticks":{"number":4,"times":8}}}""", all[4]);
        Assert.Equal(all[3..], late);
    }

    [Theory]
    [InlineData("other rights", Plain, """{"by":2}""", "b")]
    [InlineData("another variable below the stream", Plain, """{"by":3}""", "a")]
    [InlineData("a variable that is not given", Plain, "{}", "a")]
    [InlineData("another document", "subscription ($by: Int) { ticks { times(by: $by) } }", """{"by":2}""", "a")]
    [InlineData("no keys", Plain, """{"by":2}""", null)]
    public async Task Others_have_their_own(string why, string document, string variables, string? rights)
    {
        var executor = Executor(MakeSchema());
        await Read(executor, Plain, """{"by":2}""", Keys("a", "ann"));
        await Read(executor, document, variables, rights is null ? null : Keys(rights, "ann"));
        Assert.True(_executed == 10, why);
    }

    [Theory]
    [InlineData("subscription { ticks { mine } }")]
    [InlineData("subscription { ticks { number secret } }")]
    [InlineData("subscription ($off: Boolean = false) { ticks { number mine @include(if: $off) times } }")]
    [InlineData("subscription { guarded { times } }")]
    public async Task What_may_depend_on_the_person_is_shared_with_the_same_person_alone(string document)
    {
        var executor = Executor(MakeSchema());
        await Read(executor, document, "{}", Keys("a", "ann"));
        await Read(executor, document, "{}", Keys("a", "bob"));
        Assert.Equal(10, _executed);
        await Read(executor, document, "{}", Keys("a", "bob"));
        Assert.Equal(10, _executed);
    }

    [Fact]
    public async Task A_condition_is_part_of_what_is_asked()
    {
        const string Document = "subscription ($more: Boolean!) { ticks { number times @include(if: $more) } }";
        var executor = Executor(MakeSchema());
        Assert.Equal("""{"data":{"ticks":{"number":0,"times":0}}}""", (await Read(executor, Document, """{"more":true}""", Keys("a", "ann")))[0]);
        Assert.Equal("""{"data":{"ticks":{"number":0}}}""", (await Read(executor, Document, """{"more":false}""", Keys("a", "ann")))[0]);
    }

    [Fact]
    public async Task Who_asks_first_may_leave_and_the_others_still_get_it()
    {
        var executor = Executor(MakeSchema());
        _holds = true;
        using var leaving = new CancellationTokenSource();
        var first = Read(executor, Plain, """{"by":2}""", Keys("a", "ann"), leaving.Token);
        var second = Read(executor, Plain, """{"by":2}""", Keys("a", "bob"));
        await leaving.CancelAsync();
        Assert.Empty(await first);
        _hold.SetResult();
        Assert.Equal(5, (await second).Count);
        Assert.Equal(5, _executed);
    }

    [Fact]
    public async Task What_failed_is_tried_again_for_the_next()
    {
        var executor = Executor(MakeSchema());
        await Read(executor, "subscription { ticks { failing } }", "{}", Keys("a", "ann"));
        await Read(executor, "subscription { ticks { failing } }", "{}", Keys("a", "bob"));
        Assert.Equal(10, _executed);
    }

    [Fact]
    public async Task Only_so_many_bytes_are_kept()
    {
        var executor = Executor(MakeSchema(), new ExecutionOptions { SharedMessageBytes = 1_000 });
        await Read(executor, Plain, """{"by":2}""", Keys("a", "ann"));
        await Read(executor, Plain, """{"from":3,"by":2}""", Keys("a", "bob"));
        Assert.Equal(5, _executed);
        await Read(executor, Plain, """{"from":0,"by":2}""", Keys("a", "bob"));
        Assert.True(_executed > 7, $"{_executed}");
    }

    private static SharingKeys Keys(string rights, string person) => new(rights, person);

    private static async Task<List<string>> Read(RequestExecutor executor, string document, string variables, SharingKeys? keys, CancellationToken cancel = default)
    {
        var scope = Scope(cancel) with { Sharing = keys is null ? null : () => keys };
        List<string> messages = [];
        await foreach (var message in ((StreamResult)await executor.ExecuteAsync(Request(document, variables), scope)).Messages)
            using (message) messages.Add(Text(message));
        return messages;
    }

    private Schema MakeSchema()
    {
        BatchResolver Counted(Func<Tick, BatchContext, object?> value) => new(async batch =>
        {
            Interlocked.Increment(ref _executed);
            if (_holds) await _hold.Task;
            return [.. batch.Parents.Select(p => value((Tick)p, batch))];
        });
        var tick = Object("Tick", Read<Tick>("number", T("Int"), t => t.Number),
            new FieldDefinition("times", T("Int")) { Arguments = [new InputValue("by", T("Int"))], Resolver = Counted((t, b) => t.Number * b.Argument<int>("by")), IsImpersonal = true },
            new FieldDefinition("mine", T("Int")) { Resolver = Counted((t, _) => t.Number) },
            new FieldDefinition("secret", T("Int")) { Resolver = Counted((t, _) => t.Number), IsImpersonal = true, Guards = [new Guard(false)] },
            new FieldDefinition("failing", T("Int")) { Resolver = Counted((_, _) => throw new InvalidOperationException("broken")), IsImpersonal = true });
        var ticks = new StreamResolver(batch => From(batch.Argument<int>("from")));
        return SchemaOf(Object("Query", Read<object>("ok", T("Boolean"), _ => true)), null, Object("Subscription",
            new FieldDefinition("ticks", T("Tick", tick)) { Arguments = [new InputValue("from", T("Int"))], Resolver = ticks, Guards = [new Guard(true)] },
            new FieldDefinition("guarded", T("Tick", tick)) { Resolver = ticks, Guards = [new Guard(false)] }), tick);
    }

    private async IAsyncEnumerable<object?> From(int first)
    {
        foreach (var tick in _ticks.Skip(first))
        {
            await Task.Yield();
            yield return tick;
        }
    }
}
