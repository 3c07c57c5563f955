using System.Diagnostics;
using System.Text;
using Engines.GraphQL.Execution.Persisted;
using Engines.GraphQL.Language;

namespace Engines.GraphQL.Execution.Telemetry;

/// <summary>Watches one operation, or one message of a subscription, from its beginning to its end.</summary>
internal sealed class OperationWatch(ExecutionOptions options, ReadOnlyMemory<byte> text, ActivityContext parent = default) : IDisposable
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Activity? _activity = GraphQLTelemetry.Activities.StartActivity("GraphQL Operation", ActivityKind.Server, parent);
    private OperationDefinitionNode? _operation;
    private ReadOnlyMemory<byte> _text = text;
    private bool _ended;

    public ActivityContext Context => _activity?.Context ?? default;
    public ReadOnlyMemory<byte> Text => _text;

    private string? TypeName => _operation?.Operation switch
    {
        OperationType.Query => "query",
        OperationType.Mutation => "mutation",
        OperationType.Subscription => "subscription",
        _ => null,
    };

    /// <summary>What was asked for has been found.</summary>
    /// <param name="text">The document, which the request may only have named.</param>
    public void Found(OperationDefinitionNode operation, ReadOnlyMemory<byte> text)
    {
        (_operation, _text) = (operation, text);
        if (_activity is null) return;
        // By its type alone: names are the clients' own and without number.
        _activity.DisplayName = TypeName!;
        _activity.SetTag(GraphQLTelemetry.OperationType, TypeName);
        if (operation.Name is { } name) _activity.SetTag(GraphQLTelemetry.OperationName, name);
        if (!_activity.IsAllDataRequested) return;
        _activity.SetTag(GraphQLTelemetry.DocumentHash, TrustedDocuments.HashOf(text.Span));
        if (options.TraceDocuments) _activity.SetTag(GraphQLTelemetry.Document, Encoding.UTF8.GetString(text.Span));
    }

    public void Ended(ExecutionResult result)
    {
        // A stream's messages are watched one by one.
        if (result is SingleResult single) End(single.Kind is ResultKind.Executed, single.Errors);
        else _ended = true;
    }

    /// <summary>Without an end it was given up: its client has left.</summary>
    public void Dispose()
    {
        if (!_ended) Record(Stopwatch.GetElapsedTime(_began), "cancelled", null);
        _activity?.Dispose();
    }

    private void End(bool executed, IReadOnlyList<GraphQLError> errors)
    {
        _ended = true;
        var elapsed = Stopwatch.GetElapsedTime(_began);
        var code = errors.Count == 0 ? null : errors[0].Code;
        Record(elapsed, code is null ? "ok" : executed ? "errors" : "refused", code);
        if (code is ErrorCodes.ParseFailed or ErrorCodes.ValidationFailed) GraphQLTelemetry.Refused.Add(1, new KeyValuePair<string, object?>(GraphQLTelemetry.ErrorType, code));
        if (code is not null) _activity?.SetStatus(ActivityStatusCode.Error).SetTag(GraphQLTelemetry.ErrorType, code);
        if (options.OnOperation is null || (code is null && elapsed < options.SlowAfter)) return;
        options.OnOperation(new OperationReport(_operation?.Name, _operation?.Operation, _text.IsEmpty ? null : TrustedDocuments.HashOf(_text.Span),
            elapsed, elapsed >= options.SlowAfter, [.. errors.Select(e => e.Code).Distinct()]));
    }

    private void Record(TimeSpan elapsed, string outcome, string? code)
    {
        if (!GraphQLTelemetry.Duration.Enabled) return;
        TagList tags = new() { { GraphQLTelemetry.OperationType, TypeName ?? "unknown" }, { GraphQLTelemetry.Outcome, outcome } };
        if (code is not null) tags.Add(GraphQLTelemetry.ErrorType, code);
        GraphQLTelemetry.Duration.Record(elapsed.TotalSeconds, tags);
    }
}
