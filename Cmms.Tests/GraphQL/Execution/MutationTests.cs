using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Xunit;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

public sealed class MutationTests
{
    private sealed class Counter
    {
        public int Value { get; set; }
    }

    private readonly List<string> _log = [];
    private readonly Counter _counter = new();

    [Fact]
    public async Task Each_mutation_is_done_with_its_selection_before_the_next_begins()
    {
        // All three answer the same object: what each has seen must not change afterwards.
        Assert.Equal("""{"data":{"a":{"value":1,"double":2},"b":{"value":2,"double":4},"c":{"value":3,"double":6}}}""",
            await Ask("mutation { a: add { value double } b: add { value double } c: add { value double } }"));
        Assert.Equal(["add", "double", "add", "double", "add", "double"], _log);
    }

    [Fact]
    public async Task A_failed_mutation_does_not_stop_the_later_ones() => Assert.Equal(
        """{"data":{"a":{"value":1},"fail":null,"b":{"value":2}},"errors":[{"message":"No.","locations":[{"line":1,"column":29}],"path":["fail"],"extensions":{"code":"NO"}}]}""",
        await Ask("mutation { a: add { value } fail { value } b: add { value } }"));

    [Fact]
    public async Task A_failed_mutation_that_must_not_be_null_takes_the_data_but_not_the_later_ones()
    {
        Assert.StartsWith("""{"data":null,"errors":[{"message":"No.",""", await Ask("mutation { must { value } add { double } }"), StringComparison.Ordinal);
        Assert.Equal(["add", "double"], _log);
    }

    [Fact]
    public async Task The_host_wraps_each_mutation_and_may_run_it_again()
    {
        var scope = Scope() with
        {
            RunMutation = async (field, resolve) =>
            {
                _log.Add($"begin {field.Field.Name}");
                await resolve();
                var answer = await resolve();
                _log.Add("commit");
                return answer;
            },
        };
        Assert.Equal("""{"data":{"add":{"value":2,"double":4}}}""", await Executor(MakeSchema()).Ask("mutation { add { value double } }", scope: scope));
        Assert.Equal(["begin add", "add", "add", "commit", "double"], _log);
    }

    [Fact]
    public async Task A_mutation_may_be_forbidden_by_the_transport()
    {
        using var result = (SingleResult)await Executor(MakeSchema()).ExecuteAsync(Request("mutation { add { value } }") with { AllowMutation = false }, Scope());
        Assert.Equal(ResultKind.MutationNotAllowed, result.Kind);
        Assert.Empty(_log);
    }

    private Task<string> Ask(string document) => Executor(MakeSchema()).Ask(document);

    private Schema MakeSchema()
    {
        var counter = Object("Counter",
            Read<Counter>("value", T("Int!"), c => c.Value),
            new FieldDefinition("double", T("Int!"))
            {
                Resolver = Each<Counter>((c, _) =>
                {
                    _log.Add("double");
                    return c.Value * 2;
                }),
            });
        var fail = Once(_ => throw new GraphQLException("No.", "NO"));
        return SchemaOf(Object("Query", Read<RequestContext>("ok", T("String"), _ => "yes")), Object("Mutation",
            new FieldDefinition("add", counter)
            {
                Resolver = Once(_ =>
                {
                    _log.Add("add");
                    _counter.Value++;
                    return _counter;
                }),
            },
            new FieldDefinition("fail", counter) { Resolver = fail },
            new FieldDefinition("must", T("Counter!", counter)) { Resolver = fail }));
    }
}
