using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Execution.Persisted;
using Engines.GraphQL.Execution.Telemetry;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Xunit;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

/// <summary>What an operation leaves for OpenTelemetry and for the log. Listeners hear of the whole process: each test looks only at what it began itself.</summary>
public sealed class TelemetryTests : IDisposable
{
    private static readonly AsyncLocal<object?> s_test = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, Dictionary<string, object?> Tags)> _measured = new();
    private readonly ConcurrentQueue<OperationReport> _reports = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();
    private readonly object _me = new();

    public TelemetryTests()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GraphQLTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => s_test.Value == _me ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (s_test.Value == _me) _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GraphQLTelemetry.Name) listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _meters.Start();
    }

    [Fact]
    public async Task An_operation_is_a_span_with_the_names_of_OpenTelemetry_and_without_its_document()
    {
        const string document = "query Greeting($text: String) { echo(text: $text) }";
        await Ask(document, """{ "text": "hunter2" }""");
        var span = Assert.Single(_spans);
        Assert.Equal(("query", ActivityKind.Server, ActivityStatusCode.Unset), (span.DisplayName, span.Kind, span.Status));
        Assert.Equal(
            [("graphql.document.hash", HashOf(document)), ("graphql.operation.name", "Greeting"), ("graphql.operation.type", "query")],
            Sorted(span.TagObjects));

        var (_, seconds, tags) = Assert.Single(_measured);
        Assert.InRange(seconds, 0, 60);
        Assert.Equal([("graphql.operation.type", "query"), ("graphql.outcome", "ok")], Sorted(tags));
        Assert.Empty(_reports);
    }

    [Fact]
    public async Task The_document_is_in_the_span_only_where_that_is_asked_for()
    {
        await Ask("{ echo }", options: new ExecutionOptions { TraceDocuments = true });
        Assert.Equal("{ echo }", Assert.Single(_spans).GetTagItem("graphql.document"));
    }

    [Theory]
    [InlineData("{ echo", null, "unknown", "refused", ErrorCodes.ParseFailed)]
    [InlineData("{ nothing }", null, "unknown", "refused", ErrorCodes.ValidationFailed)]
    [InlineData("query Wrong($text: String) { echo(text: $text) }", """{ "text": { "hunter2": 1 } }""", "query", "refused", ErrorCodes.BadUserInput)]
    [InlineData("mutation Failing($text: String) { fail(text: $text) }", """{ "text": "hunter2" }""", "mutation", "errors", ErrorCodes.Internal)]
    public async Task What_fails_is_counted_and_reported_by_name_and_hash_and_never_with_variables(string document, string? variables, string type, string outcome, string code)
    {
        await Ask(document, variables);
        var (_, _, tags) = Assert.Single(_measured, m => m.Instrument == "graphql.server.operation.duration");
        Assert.Equal([("error.type", code), ("graphql.operation.type", type), ("graphql.outcome", outcome)], Sorted(tags));
        var refused = _measured.Where(m => m.Instrument == "graphql.server.refused_documents").Select(m => m.Tags["error.type"]);
        Assert.Equal(code is ErrorCodes.ParseFailed or ErrorCodes.ValidationFailed ? [code] : [], refused);

        var span = Assert.Single(_spans);
        Assert.Equal((ActivityStatusCode.Error, code), (span.Status, span.GetTagItem("error.type")));
        var report = Assert.Single(_reports);
        Assert.Equal((HashOf(document), false), (report.DocumentHash, report.IsSlow));
        Assert.Equal([code], report.Codes);
        Assert.Equal(variables is null ? null : document.Split(' ', '(')[1], report.Name);
        Assert.DoesNotContain("hunter2", report + string.Join(' ', span.TagObjects) + span.StatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_slow_is_reported()
    {
        await Ask("query Slow { wait }", options: new ExecutionOptions { SlowAfter = TimeSpan.FromMilliseconds(20) });
        var report = Assert.Single(_reports);
        Assert.Equal(("Slow", OperationType.Query, true), (report.Name, report.Type, report.IsSlow));
        Assert.InRange(report.Duration, TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(2));
        Assert.Empty(report.Codes);
    }

    [Fact]
    public async Task A_subscription_is_counted_while_it_is_open_and_so_is_each_message()
    {
        s_test.Value = _me;
        await using var messages = ((StreamResult)await Executor().ExecuteAsync(Request("subscription Ticks { tick }"), Scope())).Messages.GetAsyncEnumerator();
        Assert.Equal(0, Sum("graphql.server.active_subscriptions"));
        Assert.True(await messages.MoveNextAsync());
        messages.Current.Dispose();
        Assert.Equal((1, 1), (Sum("graphql.server.active_subscriptions"), Sum("graphql.server.delivered_events")));
        Assert.True(await messages.MoveNextAsync());
        messages.Current.Dispose();
        Assert.False(await messages.MoveNextAsync());
        Assert.Equal((0, 2), (Sum("graphql.server.active_subscriptions"), Sum("graphql.server.delivered_events")));

        Assert.Equal(3, _spans.Count); // its beginning, and two messages in the same trace
        Assert.Single(_spans.Select(span => span.TraceId).Distinct());
        Assert.All(_spans, span => Assert.Equal(("subscription", (object?)"Ticks"), (span.DisplayName, span.GetTagItem("graphql.operation.name"))));
        Assert.Equal(2, _measured.Count(m => m.Instrument == "graphql.server.operation.duration"));
    }

    [Fact]
    public async Task A_client_that_leaves_has_cancelled()
    {
        s_test.Value = _me;
        using CancellationTokenSource client = new();
        var asking = Executor().ExecuteAsync(Request("{ forever }"), Scope(client.Token)).AsTask();
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal("cancelled", Assert.Single(_measured).Tags["graphql.outcome"]);
        Assert.Single(_spans);
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private double Sum(string instrument) => _measured.Where(m => m.Instrument == instrument).Sum(m => m.Value);

    private void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (s_test.Value == _me) _measured.Enqueue((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));
    }

    private async Task Ask(string document, string? variables = null, ExecutionOptions? options = null)
    {
        s_test.Value = _me; // flows into all that is begun from here
        await Executor(options).Ask(document, variables);
    }

    private RequestExecutor Executor(ExecutionOptions? options = null) => Kit.Executor(MakeSchema(), (options ?? new ExecutionOptions()) with { OnOperation = _reports.Enqueue });

    private static string HashOf(string document) => TrustedDocuments.HashOf(Encoding.UTF8.GetBytes(document));

    private static IEnumerable<(string, string)> Sorted(IEnumerable<KeyValuePair<string, object?>> tags) =>
        tags.Select(tag => (tag.Key, (string)tag.Value!)).OrderBy(tag => tag.Key, StringComparer.Ordinal);

    private static Schema MakeSchema()
    {
        var query = Object("Query",
            Text("echo", Once(batch => batch.Argument<string>("text"))),
            Text("wait", After(TimeSpan.FromMilliseconds(30))),
            Text("forever", After(Timeout.InfiniteTimeSpan)));
        var mutation = Object("Mutation", Text("fail", Once(batch => throw new InvalidOperationException($"{batch.Argument<string>("text")} cannot be done"))));
        var subscription = Object("Subscription", new FieldDefinition("tick", T("Int")) { Resolver = new StreamResolver(_ => Ticks()) });
        return SchemaOf(query, mutation, subscription);
    }

    private static FieldDefinition Text(string name, FieldResolver resolver) => new(name, T("String")) { Resolver = resolver, Arguments = [new("text", T("String"))] };

    private static BatchResolver After(TimeSpan delay) => new(async batch =>
    {
        await Task.Delay(delay, batch.Cancel);
        return [null];
    });

    private static async IAsyncEnumerable<object?> Ticks()
    {
        yield return 1;
        await Task.Yield();
        yield return 2;
    }
}
