using System.Diagnostics;
using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Xunit;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

public sealed class LimitTests
{
    private sealed class Guard(string? code) : FieldGuard
    {
        public int Asked { get; private set; }
        public override string Requirement => "";

        public override GraphQLError? Deny(RequestContext request)
        {
            Asked++;
            return code is null ? null : new GraphQLError("Denied.", code);
        }
    }

    private readonly List<string> _ran = [];
    private readonly Guard _open = new(null);

    [Fact]
    public async Task A_forbidden_field_never_runs_and_is_null_where_it_stands()
    {
        Assert.Equal(
            """{"data":{"a":{"name":"x","hidden":null,"secret":null}},"errors":[{"message":"Denied.","locations":[{"line":1,"column":19}],"path":["a","hidden"],"extensions":{"code":"FORBIDDEN"}},{"message":"Denied.","locations":[{"line":1,"column":26}],"path":["a","secret"],"extensions":{"code":"FORBIDDEN"}}]}""",
            await Ask("{ a: thing { name hidden secret { name } } }"));
        Assert.Equal(["thing"], _ran);
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_given_up_whole()
    {
        var schema = SchemaOf(Object("Query", Read<object>("long", T("String"), _ => new string('x', 30_000))));
        async Task<string> Within(int bytes) => await Executor(schema, new ExecutionOptions { MaxAnswerBytes = bytes }).Ask("{ long again: long }");
        Assert.Equal(
            """{"errors":[{"message":"The answer would have more than 50000 bytes; ask for less at once.","extensions":{"code":"QUERY_TOO_COMPLEX"}}]}""", await Within(50_000));
        Assert.StartsWith("""{"data":{"long":"xx""", await Within(100_000), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_forbidden_field_must_not_be_null_its_parent_is() =>
        Assert.StartsWith("""{"data":{"thing":null},"errors":[{"message":"Denied.",""", await Ask("{ thing { must } }"), StringComparison.Ordinal);

    [Fact]
    public async Task An_unauthenticated_caller_is_refused_before_anything_runs()
    {
        using var result = (SingleResult)await Executor(MakeSchema()).ExecuteAsync(Request("{ thing { name } other: thing { members } }"), Scope());
        Assert.Equal(ResultKind.Refused, result.Kind);
        Assert.Equal("""{"errors":[{"message":"Denied.","locations":[{"line":1,"column":33}],"extensions":{"code":"UNAUTHENTICATED"}}]}""", Text(result));
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task A_field_that_is_not_included_is_not_guarded()
    {
        Assert.Equal("""{"data":{"thing":{"name":"x"}}}""", await Executor(MakeSchema()).Ask("query ($x: Boolean!) { thing { name members @include(if: $x) } }", """{"x":false}"""));
        Assert.Equal(0, _open.Asked);
    }

    [Fact]
    public async Task A_guard_is_asked_once_a_request_however_often_its_field_stands()
    {
        await Ask("{ things(first: 9) { open again: open } thing { open } }");
        Assert.Equal(1, _open.Asked);
    }

    [Theory]
    [InlineData("{ things(first: 50) { name thing { name thing { name } } things(first: 50) { name thing { name } } } }", true)]
    [InlineData("{ things(first: 50) { things(first: 50) { things(first: 50) { name thing { name } } } } }", false)]
    [InlineData("{ things { things { things { thing { name } } } } }", false)]
    [InlineData("{ things(first: 1000000) { thing { name } } }", false)]
    [InlineData("query ($n: Int) { things(first: $n) { thing { name } } }", false)]
    [InlineData("query ($n: Int, $no: Boolean = false) { ok things(first: $n) @include(if: $no) { thing { name } } }", true)]
    public async Task What_may_cost_too_much_is_refused_before_it_runs(string document, bool passes)
    {
        using var result = (SingleResult)await Executor(MakeSchema()).ExecuteAsync(Request(document, """{"n":1000000}"""), Scope());
        if (passes)
        {
            Assert.Equal(ResultKind.Executed, result.Kind);
            Assert.Contains("GraphQL-Cost", result.Headers.Keys);
            return;
        }
        Assert.Equal(ErrorCodes.TooComplex, Assert.Single(result.Errors).Code);
        Assert.Matches("""
            "extensions":\{"code":"QUERY_TOO_COMPLEX","cost":\{"requested":\d+,"maximum":10000\}\}
            """.Trim(), Text(result));
        Assert.Empty(_ran);
    }

    [Fact]
    public void Fragments_that_double_at_each_step_are_read_once_each()
    {
        var document = "{ thing { ...F0 } }";
        for (var i = 0; i < 25; i++) document += $" fragment F{i} on Thing {{ ...F{i + 1} ...F{i + 1} }}";
        document += " fragment F25 on Thing { name }";
        Assert.Equal("""{"data":{"thing":{"name":"x"}}}""", Quickly(document));
    }

    [Fact]
    public void Fields_that_double_at_each_step_are_refused()
    {
        var document = "{ thing { ...F0 } }";
        for (var i = 0; i < 20; i++) document += $" fragment F{i} on Thing {{ a: thing {{ ...F{i + 1} }} b: thing {{ ...F{i + 1} }} }}";
        document += " fragment F20 on Thing { name }";
        Assert.Contains(ErrorCodes.TooComplex, Quickly(document), StringComparison.Ordinal);
    }

    [Fact]
    public void Fragments_under_ever_new_conditions_are_refused()
    {
        var document = $"query ({string.Join(", ", Enumerable.Range(0, 40).Select(i => $"$v{i}: Boolean = true"))}) {{ thing {{ ...F0 }} }}";
        for (var i = 0; i < 20; i++) document += $" fragment F{i} on Thing {{ ...F{i + 1} @include(if: $v{2 * i}) ...F{i + 1} @include(if: $v{2 * i + 1}) }}";
        document += " fragment F20 on Thing { name }";
        Assert.Contains(ErrorCodes.TooComplex, Quickly(document), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_equal_fields_are_one()
    {
        var document = $"{{ {string.Concat(Enumerable.Repeat("thing { name } ", 200))} }}";
        Assert.Equal("""{"data":{"thing":{"name":"x"}}}""", Quickly(document));
    }

    [Fact]
    public async Task A_deep_answer_is_written_whole()
    {
        var json = await Ask($"{{ {string.Concat(Enumerable.Repeat("thing { ", 14))} name {new string('}', 15)}");
        Assert.EndsWith("""{"name":"x"}}}}}}}}}}}}}}}}""", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Introspection_may_be_kept_from_a_caller()
    {
        var scope = Scope() with { MayIntrospect = false };
        var executor = Executor(MakeSchema());
        Assert.Contains(ErrorCodes.IntrospectionDisabled, await executor.Ask("{ ok __schema { queryType { name } } }", scope: scope), StringComparison.Ordinal);
        Assert.Contains(ErrorCodes.IntrospectionDisabled, await executor.Ask("{ __type(name: \"Thing\") { name } }", scope: scope), StringComparison.Ordinal);
        Assert.Equal("""{"data":{"ok":"yes","__typename":"Query"}}""", await executor.Ask("{ ok __typename }", scope: scope));
        var misspelt = await executor.Ask("{ thing { nam } }", scope: scope);
        Assert.Contains(ErrorCodes.ValidationFailed, misspelt, StringComparison.Ordinal);
        Assert.DoesNotContain("Thing", misspelt, StringComparison.Ordinal);
        Assert.Equal("""{"data":{"__type":{"name":"Thing"},"__schema":{"queryType":{"name":"Query"}}}}""", await Ask("{ __type(name: \"Thing\") { name } __schema { queryType { name } } }"));
    }

    private Task<string> Ask(string document) => Executor(MakeSchema()).Ask(document);

    private string Quickly(string document)
    {
        var clock = Stopwatch.StartNew();
        var answer = Executor(MakeSchema(), new ExecutionOptions { Validation = Lenient }).Ask(document).GetAwaiter().GetResult();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"It took {clock.Elapsed}.");
        return answer;
    }

    private Schema MakeSchema()
    {
        var thing = new ObjectType("Thing");
        var things = new FieldDefinition("things", T("[Thing!]", thing))
        {
            Arguments = [new InputValue("first", T("Int"))],
            SizeArgument = "first",
            AssumedSize = 50,
            Resolver = Once(_ => Run("things", new[] { "x" })),
        };
        thing.Add(Read<string>("name", T("String!"), n => n))
            .Add(new FieldDefinition("hidden", T("String")) { Guards = [new Guard(ErrorCodes.Forbidden)], Resolver = new InlineResolver(_ => Run("hidden", "?")) })
            .Add(new FieldDefinition("secret", thing) { Guards = [new Guard(ErrorCodes.Forbidden)], Resolver = Once(_ => Run("secret", "?")) })
            .Add(new FieldDefinition("must", T("String!")) { Guards = [new Guard(null), new Guard(ErrorCodes.Forbidden)], Resolver = Once(_ => Run("must", "?")) })
            .Add(new FieldDefinition("members", T("String")) { Guards = [new Guard(ErrorCodes.Unauthenticated)], Resolver = Once(_ => Run("members", "?")) })
            .Add(new FieldDefinition("open", T("String")) { Guards = [_open], Resolver = Once(_ => "yes") })
            .Add(new FieldDefinition("thing", thing) { Resolver = Each<string>((x, _) => x) })
            .Add(things);
        return SchemaOf(Object("Query",
            Read<RequestContext>("ok", T("String!"), _ => "yes"),
            new FieldDefinition("thing", thing) { Resolver = Once(_ => Run("thing", "x")) },
            things));
    }

    private T Run<T>(string name, T value)
    {
        _ran.Add(name);
        return value;
    }
}
