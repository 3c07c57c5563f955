using System.Text.Json.Nodes;
using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Xunit;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

public sealed class ErrorTests
{
    private readonly List<FailureReport> _reports = [];

    [Fact]
    public async Task An_unexpected_exception_shows_a_trace_id_and_nothing_else()
    {
        var json = await Ask("{ ok boom }");
        var error = JsonNode.Parse(json)!["errors"]![0]!;
        Assert.StartsWith("""{"data":{"ok":"yes","boom":null},""", json, StringComparison.Ordinal);
        Assert.DoesNotContain("password", json, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.Internal, (string?)error["extensions"]!["code"]);
        var report = Assert.Single(_reports);
        Assert.Equal(report.TraceId, (string?)error["extensions"]!["traceId"]);
        Assert.Equal(["boom"], report.Path);
        Assert.Equal("the password is 123", report.Exception.Message);
        Assert.Equal("""[{"line":1,"column":6}]""", error["locations"]!.ToJsonString());
    }

    [Fact]
    public async Task A_getter_that_throws_fails_its_own_field() => Assert.StartsWith("""{"data":{"ok":"yes","getter":null},"errors":[{"message":"Something went wrong on the server.""", await Ask("{ ok getter }"), StringComparison.Ordinal);

    [Fact]
    public async Task An_exception_of_a_batch_fails_the_field_of_every_parent()
    {
        var json = await Ask("{ items { name broken } }");
        Assert.StartsWith("""{"data":{"items":[{"name":"i1","broken":null},{"name":"i2","broken":null}]},"errors":[""", json, StringComparison.Ordinal);
        Assert.Contains("""{"message":"Not today.","locations":[{"line":1,"column":16}],"path":["items",0,"broken"],"extensions":{"code":"CLOSED","until":{"day":"Monday","hours":[9,17.5,null,true]}}}""", json, StringComparison.Ordinal);
        Assert.Contains("""["items",1,"broken"]""", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_one_parent_is_its_own() => Assert.Equal(
        """{"data":{"items":[{"half":"fine"},{"half":null}]},"errors":[{"message":"No half.","locations":[{"line":1,"column":11}],"path":["items",1,"half"],"extensions":{"code":"HALF"}}]}""",
        await Ask("{ items { half } }"));

    [Fact]
    public async Task A_batch_that_answers_too_few_values_is_an_error()
    {
        Assert.StartsWith("""{"data":{"items":[{"few":null},{"few":null}]},"errors":[""", await Ask("{ items { few } }"), StringComparison.Ordinal);
        Assert.Equal("Item.few answered 1 values for 2 parents.", Assert.Single(_reports).Exception.Message);
    }

    [Fact]
    public async Task A_value_that_its_scalar_refuses_is_an_error_of_its_place() => Assert.StartsWith(
        """{"data":{"ok":"yes","numbers":[1,null,3]},"errors":[{"message":"Int cannot represent""", await Ask("{ ok numbers }"), StringComparison.Ordinal);

    [Fact]
    public async Task A_value_that_is_no_list_is_an_error() => Assert.StartsWith("""{"data":{"noList":null},"errors":[{"message":"Expected a list for Query.noList.","locations":""", await Ask("{ noList }"), StringComparison.Ordinal);

    [Fact]
    public async Task A_sequence_that_fails_half_way_fails_its_field() =>
        Assert.StartsWith("""{"data":{"ok":"yes","sequence":null,"items":[{"name":"i1"},{"name":"i2"}]},"errors":""", await Ask("{ ok sequence { half } items { name } }"), StringComparison.Ordinal);

    [Fact]
    public async Task Null_at_the_root_leaves_no_data() => Assert.StartsWith("""{"data":null,"errors":[{"message":"Cannot return null for non-nullable field Query.must.""", await Ask("{ ok must }"), StringComparison.Ordinal);

    [Fact]
    public async Task A_merged_field_is_located_at_all_its_places()
    {
        const string document = "query ($x: Boolean!) {\n  boom\n  boom @include(if: $x)\n  ...F }\nfragment F on Query { boom }";
        Assert.Contains("""[{"line":2,"column":3},{"line":5,"column":23}]""", await Ask(document, """{"x":false}"""), StringComparison.Ordinal);
        Assert.Contains("""[{"line":2,"column":3},{"line":3,"column":3},{"line":5,"column":23}]""", await Ask(document, """{"x":true}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_too_long_times_out_and_nothing_more_is_started()
    {
        var executor = Executor(MakeSchema(), new ExecutionOptions { Deadline = TimeSpan.FromMilliseconds(50) });
        var json = await executor.Ask("{ ok slow items { half } }");
        Assert.StartsWith("""{"data":{"ok":"yes","slow":null,"items":[{"half":null},{"half":null}]},"errors":[{"message":"The operation took too long.","locations":[{"line":1,"column":6}],"path":["slow"],"extensions":{"code":"TIMEOUT"}}""", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_left_gets_no_answer()
    {
        using var client = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Executor(MakeSchema()).Ask("{ slow }", scope: Scope(client.Token)));
    }

    private Task<string> Ask(string document, string? variables = null) => Executor(MakeSchema(), new ExecutionOptions { OnError = _reports.Add }).Ask(document, variables);

    private static Schema MakeSchema()
    {
        var item = Object("Item",
            Read<string>("name", T("String!"), i => i),
            new FieldDefinition("broken", T("String"))
            {
                Resolver = new BatchResolver(_ => throw new GraphQLException(new GraphQLError("Not today.", "CLOSED", Extensions: new Dictionary<string, object?>
                {
                    ["until"] = new Dictionary<string, object?> { ["day"] = "Monday", ["hours"] = new object?[] { 9, 17.5, null, true } },
                }))),
            },
            new FieldDefinition("half", T("String")) { Resolver = Each<string>((i, _) => i == "i1" ? "fine" : throw new GraphQLException("No half.", "HALF")) },
            new FieldDefinition("few", T("String")) { Resolver = new BatchResolver(_ => ValueTask.FromResult<IReadOnlyList<object?>>(["one"])) });
        return SchemaOf(Object("Query",
            Read<RequestContext>("ok", T("String!"), _ => "yes"),
            Read<RequestContext>("getter", T("String"), _ => throw new InvalidOperationException("the password is 123")),
            Read<RequestContext>("must", T("String!"), _ => null),
            Read<RequestContext>("numbers", T("[Int]"), _ => new object[] { 1, 99_999_999_999L, 3 }),
            Read<RequestContext>("noList", T("[String]"), _ => "text"),
            Read<RequestContext>("items", T("[Item!]!", item), _ => new[] { "i1", "i2" }),
            Read<RequestContext>("sequence", T("[Item!]", item), _ => Enumerable.Range(0, 3).Select(i => i < 2 ? "i1" : throw new InvalidOperationException("half way"))),
            new FieldDefinition("boom", T("String")) { Resolver = Once(_ => throw new InvalidOperationException("the password is 123")) },
            new FieldDefinition("slow", T("String"))
            {
                Resolver = new BatchResolver(async batch =>
                {
                    await Task.Delay(Timeout.Infinite, batch.Cancel);
                    return ["late"];
                }),
            }));
    }
}
