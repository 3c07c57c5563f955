using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Xunit;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

/// <summary>What the engine asks of a host's unit of work, and when.</summary>
public sealed class AtomicTests
{
    private readonly List<string> _log = [];
    private Func<int, bool> _repeats = _ => false;
    private Exception? _commitFails;
    private CancellationTokenSource? _leaves;

    [Fact]
    public async Task The_answer_is_given_after_the_commit()
    {
        Assert.Equal("""{"data":{"a":{"value":1},"b":{"value":2}}}""", await Ask("mutation @atomic { a: add { value } b: add { value } }"));
        Assert.Equal(["begin", "add", "add", "commit", "dispose"], _log);
    }

    [Fact]
    public async Task A_failure_that_is_data_leaves_the_others_to_be_tried_and_all_to_be_undone()
    {
        Assert.Equal("""{"data":{"a":{"value":-9},"b":{"value":-1},"c":{"value":-9}}}""", await Ask("mutation @atomic { a: add { value } b: refuse { value } c: add { value } }"));
        Assert.Equal(["begin", "add", "refuse", "undo field", "add", "undo", "dispose"], _log);
    }

    [Fact]
    public async Task After_a_failure_that_nobody_foresaw_nothing_else_is_tried()
    {
        Assert.Equal("""{"data":{"a":{"value":-9},"b":null,"c":{"value":-9}},"errors":[{"message":"No.","locations":[{"line":1,"column":37}],"path":["b"],"extensions":{"code":"NO"}}]}""",
            await Ask("mutation @atomic { a: add { value } b: fail { value } c: add { value } }"));
        Assert.Equal(["begin", "add", "fail", "undo", "dispose"], _log);
    }

    [Fact]
    public async Task An_error_below_a_field_undoes_all()
    {
        Assert.Equal("""{"data":{"a":{"broken":null,"value":-9},"b":{"value":-9}},"errors":[{"message":"Broken.","locations":[{"line":1,"column":29}],"path":["a","broken"],"extensions":{"code":"B"}}]}""",
            await Ask("mutation @atomic { a: add { broken value } b: add { value } }"));
        Assert.Equal(["begin", "add", "undo field", "add", "undo", "dispose"], _log);
    }

    [Fact]
    public async Task A_conflict_repeats_the_whole_from_the_start()
    {
        _repeats = added => added == 2;
        Assert.Equal("""{"data":{"a":{"value":3},"b":{"value":4}}}""", await Ask("mutation @atomic { a: add { value } b: add { value } }"));
        Assert.Equal(["begin", "add", "add", "begin", "add", "add", "commit", "dispose"], _log);
    }

    [Fact]
    public async Task A_commit_that_fails_undoes_all()
    {
        _commitFails = new GraphQLException("Full.", "STORAGE_FULL");
        Assert.Equal("""{"data":{"a":{"value":-9},"b":null},"errors":[{"message":"Full.","locations":[{"line":1,"column":37}],"path":["b"],"extensions":{"code":"STORAGE_FULL"}}]}""",
            await Ask("mutation @atomic { a: add { value } b: add { value } }"));
        Assert.Equal(["begin", "add", "add", "commit", "undo", "dispose"], _log);
    }

    [Fact]
    public async Task A_field_with_bad_arguments_keeps_all_from_beginning()
    {
        Assert.StartsWith("""{"data":{"a":{"value":-9},"b":null},"errors":[{"message":"Argument""",
            await Ask("mutation($by: Int!) @atomic { a: add { value } b: add(by: $by) { value } }", """{"by":13}"""), StringComparison.Ordinal);
        Assert.Equal(["dispose"], _log);
    }

    [Fact]
    public async Task A_client_that_leaves_leaves_nothing_behind()
    {
        using CancellationTokenSource leaves = new();
        _leaves = leaves;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask("mutation @atomic { a: add { value } b: leave { value } c: add { value } }"));
        Assert.Equal(["begin", "add", "leave", "dispose"], _log);
    }

    [Fact]
    public async Task Without_the_directive_there_is_no_unit()
    {
        await Ask("mutation { a: add { value } }");
        Assert.Equal(["add"], _log);
    }

    [Fact]
    public async Task Nothing_selected_is_nothing_done() =>
        Assert.Equal("""{"data":{}}""", await Ask("mutation($x: Boolean!) @atomic { add @include(if: $x) { value } }", """{"x":false}"""));

    private Task<string> Ask(string document, string? variables = null) =>
        Executor(MakeSchema()).Ask(document, variables, scope: Scope(_leaves?.Token ?? default) with { UnitOfWork = _ => new Unit(this) });

    private Schema MakeSchema()
    {
        var added = 0;
        var counter = Object("Counter", Read<Box>("value", T("Int!"), c => c.Value), new FieldDefinition("broken", T("Int"))
        {
            Resolver = Each<Box>((c, _) => c.Value > 0 ? throw new GraphQLException("Broken.", "B") : null),
        });
        FieldDefinition Field(string name, Func<BatchContext, object?> answer) => new(name, counter)
        {
            Arguments = name == "add" ? [new InputValue("by", T("Int")) { Convert = by => (int)by == 13 ? throw new InvalidValueException("Unlucky.") : by }] : [],
            Resolver = Once(batch =>
            {
                _log.Add(name);
                return answer(batch);
            }),
        };
        var mutation = Object("Mutation", Field("add", _ => new Box(++added)), Field("refuse", _ => new Box(-1)), Field("fail", _ => throw new GraphQLException("No.", "NO")), Field("leave", _ =>
        {
            _leaves!.Cancel();
            throw new InvalidOperationException();
        }));
        _added = () => added;
        return new Schema(Object("Query", Read<object>("ok", T("Boolean"), _ => true)), mutation, null, [], [AtomicDirective.Definition]);
    }

    private Func<int> _added = () => 0;

    private sealed record Box(int Value);

    private sealed class Unit(AtomicTests test) : UnitOfWork
    {
        public override bool MustRepeat => test._repeats(test._added());

        public override ValueTask BeginAsync(CancellationToken cancel)
        {
            test._log.Add("begin");
            return default;
        }

        public override ValueTask UndoFieldAsync()
        {
            test._log.Add("undo field");
            return default;
        }

        public override ValueTask CommitAsync(CancellationToken cancel)
        {
            test._log.Add("commit");
            return test._commitFails is null ? default : throw test._commitFails;
        }

        public override ValueTask UndoAsync()
        {
            test._log.Add("undo");
            return default;
        }

        public override bool HasFailed(object? answer) => answer is Box { Value: -1 };

        public override object? Undone(FieldDefinition field, RequestContext request, string failed) => new Box(-9);

        public override ValueTask DisposeAsync()
        {
            test._log.Add("dispose");
            return default;
        }
    }
}
