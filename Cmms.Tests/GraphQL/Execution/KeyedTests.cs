using System.Text;
using System.Text.Json;
using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Execution.Idempotency;
using Engines.GraphQL.Types;
using Xunit;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

/// <summary>What the engine asks of a host's unit of work and of its memory, and when.</summary>
public sealed class KeyedTests
{
    private readonly List<string> _log = [];
    private readonly Dictionary<(string Key, int Ordinal), (ReadOnlyMemory<byte> For, KeptAnswer Answer)> _kept = [];
    private readonly List<Action> _uncommitted = [];
    private int _added;
    private Func<int, bool> _repeats = _ => false;
    private Func<int, Exception?> _keepFails = _ => null;

    [Fact]
    public async Task Each_field_is_a_unit_with_its_answer_and_is_not_done_again()
    {
        const string Answer = """{"data":{"__typename":"Mutation","a":{"value":1},"b":{"value":2}}}""";
        Assert.Equal((Answer, false), await Ask("mutation { __typename a: add { value } b: add { value } }"));
        Assert.Equal(["begin", "find 1", "add", "keep 1", "commit", "dispose", "begin", "find 2", "add", "keep 2", "commit", "dispose"], Logged());
        Assert.Equal("\"a\":{\"value\":1}", Encoding.UTF8.GetString(_kept[("k", 1)].Answer.Field.Span));

        Assert.Equal((Answer, true), await Ask("mutation { __typename a: add { value } b: add { value } }"));
        Assert.Equal(["begin", "find 1", "dispose"], Logged());
    }

    [Fact]
    public async Task It_goes_on_with_the_first_that_was_not_answered()
    {
        await Ask("mutation { a: add { value } b: add { value } }");
        _kept.Remove(("k", 1));
        Logged();
        Assert.Equal(("""{"data":{"a":{"value":1},"b":{"value":3}}}""", false), await Ask("mutation { a: add { value } b: add { value } }"));
        Assert.Equal(["begin", "find 0", "dispose", "begin", "find 1", "add", "keep 1", "commit", "dispose"], Logged());
    }

    [Fact]
    public async Task A_failure_that_is_data_is_committed_as_the_answer_that_it_is()
    {
        Assert.Equal(("""{"data":{"a":{"value":-1}}}""", false), await Ask("mutation { a: refuse { value } }"));
        Assert.Equal(["begin", "find 0", "refuse", "keep 0", "commit", "dispose"], Logged());
    }

    [Fact]
    public async Task Any_other_failure_is_undone_and_not_kept()
    {
        var (text, _) = await Ask("mutation { a: fail { value } b: add { value } c: full { value } }");
        Assert.Equal("""{"data":{"a":null,"b":{"value":1},"c":{"value":-2}},"errors":[{"message":"No.","locations":[{"line":1,"column":12}],"path":["a"],"extensions":{"code":"NO"}}]}""", text);
        Assert.Equal(["begin", "find 0", "fail", "undo", "dispose", "begin", "find 1", "add", "keep 1", "commit", "dispose", "begin", "find 2", "full", "undo", "dispose"], Logged());
    }

    [Fact]
    public async Task An_error_of_the_client_below_a_field_belongs_to_its_answer_and_one_of_the_server_undoes_it()
    {
        const string Mine = """{"data":{"a":{"value":1,"mine":null},"b":{"value":2,"mine":null}},"errors":[{"message":"Yours.","locations":[{"line":1,"column":27}],"path":["a","mine"],"extensions":{"code":"BAD_USER_INPUT"}},{"message":"Yours.","locations":[{"line":1,"column":49}],"path":["b","mine"],"extensions":{"code":"BAD_USER_INPUT"}}]}""";
        Assert.Equal((Mine, false), await Ask("mutation { a: add { value mine } b: add { value mine } }"));
        Assert.Equal((Mine, true), await Ask("mutation { a: add { value mine } b: add { value mine } }"));
        Logged();

        var (text, _) = await Ask("mutation { a: add { value broken } b: add { value } }", key: "other");
        Assert.Equal(["begin", "find 0", "add", "undo", "dispose", "begin", "find 1", "add", "keep 1", "commit", "dispose"], Logged());
        var answer = JsonElement.Parse(text);
        Assert.Equal("""{"a":null,"b":{"value":4}}""", answer.GetProperty("data").GetRawText());
        Assert.Equal("""["a"]""", answer.GetProperty("errors")[0].GetProperty("path").GetRawText());
    }

    [Fact]
    public async Task A_conflict_repeats_the_field_alone()
    {
        _repeats = added => added == 2;
        Assert.Equal(("""{"data":{"a":{"value":1},"b":{"value":3}}}""", false), await Ask("mutation { a: add { value } b: add { value } }"));
        Assert.Equal(["begin", "find 0", "add", "keep 0", "commit", "dispose", "begin", "find 1", "add", "begin", "find 1", "add", "keep 1", "commit", "dispose"], Logged());
    }

    [Fact]
    public async Task An_answer_that_cannot_be_kept_is_undone()
    {
        _keepFails = ordinal => ordinal == 0 ? new GraphQLException("Full.", "STORAGE_FULL") : null;
        var (text, _) = await Ask("mutation { a: add { value } b: add { value } }");
        Assert.Equal("""{"data":{"a":null,"b":{"value":2}},"errors":[{"message":"Full.","locations":[{"line":1,"column":12}],"path":["a"],"extensions":{"code":"STORAGE_FULL"}}]}""", text);
    }

    [Fact]
    public async Task Another_request_under_the_key_is_refused_before_it_runs()
    {
        await Ask("mutation { a: add { value } }");
        Logged();
        Assert.Equal(("""{"errors":[{"message":"The 'Idempotency-Key' was given to another request.","extensions":{"code":"IDEMPOTENCY_KEY_REUSED"}}]}""", false), await Ask("mutation { b: add { value } }"));
        Assert.Equal(["begin", "find 0", "undo", "dispose"], Logged());
    }

    [Fact]
    public async Task All_in_one_unit_are_kept_in_it_or_when_undone_in_one_of_their_own()
    {
        const string Done = """{"data":{"a":{"value":1},"b":{"value":2}}}""";
        Assert.Equal((Done, false), await Ask("mutation @atomic { a: add { value } b: add { value } }"));
        Assert.Equal(["begin", "find 0", "add", "keep 0", "add", "keep 1", "commit", "dispose"], Logged());
        Assert.Equal((Done, true), await Ask("mutation @atomic { a: add { value } b: add { value } }"));
        Assert.Equal(["begin", "find 0", "dispose"], Logged());

        const string Undone = """{"data":{"a":{"value":-9},"b":{"value":-1}}}""";
        Assert.Equal((Undone, false), await Ask("mutation @atomic { a: add { value } b: refuse { value } }", key: "other"));
        Assert.Equal(["begin", "find 0", "add", "keep 0", "refuse", "undo field", "undo", "begin", "find 0", "keep 0", "keep 1", "commit", "dispose"], Logged());
        Assert.Equal((Undone, true), await Ask("mutation @atomic { a: add { value } b: refuse { value } }", key: "other"));
        Logged();

        await Ask("mutation @atomic { a: add { value } b: fail { value } }", key: "third");
        Assert.Equal(["begin", "find 0", "add", "keep 0", "fail", "undo", "dispose"], Logged());
    }

    [Fact]
    public async Task A_caller_without_a_memory_may_give_no_key_and_a_host_without_one_takes_no_notice()
    {
        var scope = Scope() with { UnitOfWork = _ => new Unit(this), Answers = (_, _) => null };
        Assert.Contains("BAD_USER_INPUT", (await Ask("mutation { add { value } }", scope: scope)).Text, StringComparison.Ordinal);
        Assert.Equal("""{"data":{"add":{"value":1}}}""", (await Ask("mutation { add { value } }", scope: Scope())).Text);
        Assert.Equal("""{"data":{"ok":true}}""", (await Ask("{ ok }", scope: scope)).Text);
    }

    private async Task<(string Text, bool IsReplay)> Ask(string document, string key = "k", RequestScope? scope = null)
    {
        var request = Request(document) with { IdempotencyKey = key };
        using var result = (SingleResult)await Executor(MakeSchema()).ExecuteAsync(request, scope ?? Scope() with { UnitOfWork = _ => new Unit(this), Answers = (_, given) => new Store(this, given) });
        return (Text(result), result.Headers.ContainsKey("Idempotency-Replayed"));
    }

    private string[] Logged()
    {
        string[] logged = [.. _log];
        _log.Clear();
        return logged;
    }

    private Schema MakeSchema()
    {
        var counter = Object("Counter", Read<Box>("value", T("Int!"), c => c.Value),
            new FieldDefinition("mine", T("Int")) { Resolver = Each<Box>((_, _) => throw new GraphQLException("Yours.", ErrorCodes.BadUserInput)) },
            new FieldDefinition("broken", T("Int")) { Resolver = new BatchResolver(_ => throw new InvalidOperationException()) });
        FieldDefinition Field(string name, Func<object?> answer) => new(name, counter)
        {
            Resolver = Once(_ =>
            {
                _log.Add(name);
                return answer();
            }),
        };
        var mutation = Object("Mutation", Field("add", () => new Box(++_added)), Field("refuse", () => new Box(-1)), Field("full", () => new Box(-2)), Field("fail", () => throw new GraphQLException("No.", "NO")));
        return new Schema(Object("Query", Read<object>("ok", T("Boolean"), _ => true)), mutation, null, [], [AtomicDirective.Definition]);
    }

    private sealed record Box(int Value);

    private sealed class Store(KeyedTests test, RequestKey key) : AnswerStore
    {
        public override ValueTask<IReadOnlyDictionary<int, KeptAnswer>?> FindAsync(int from, CancellationToken cancel)
        {
            test._log.Add($"find {from}");
            var mine = test._kept.Where(k => k.Key.Key == key.Text).ToList();
            return new(mine.Exists(k => !k.Value.For.Span.SequenceEqual(key.Fingerprint.Span)) ? null : mine.Where(k => k.Key.Ordinal >= from).ToDictionary(k => k.Key.Ordinal, k => k.Value.Answer));
        }

        public override ValueTask KeepAsync(int ordinal, KeptAnswer answer, CancellationToken cancel)
        {
            test._log.Add($"keep {ordinal}");
            if (test._keepFails(ordinal) is { } failure) throw failure;
            test._uncommitted.Add(() => test._kept[(key.Text, ordinal)] = (key.Fingerprint, answer));
            return default;
        }

        public override bool IsFinal(object? answer) => answer is not Box { Value: -2 };
    }

    private sealed class Unit(KeyedTests test) : UnitOfWork
    {
        public override bool MustRepeat => test._repeats(test._added);

        public override ValueTask BeginAsync(CancellationToken cancel) => Undone("begin");

        public override ValueTask UndoFieldAsync()
        {
            test._log.Add("undo field");
            return default;
        }

        public override ValueTask CommitAsync(CancellationToken cancel)
        {
            test._uncommitted.ForEach(keep => keep());
            return Undone("commit");
        }

        public override ValueTask UndoAsync() => Undone("undo");

        public override bool HasFailed(object? answer) => answer is Box { Value: -1 };

        public override object? Undone(FieldDefinition field, RequestContext request, string failed) => new Box(-9);

        public override ValueTask DisposeAsync() => Undone("dispose");

        private ValueTask Undone(string by)
        {
            test._log.Add(by);
            test._uncommitted.Clear();
            return default;
        }
    }
}
