using System.Diagnostics;
using Engines.GraphQL.Language;

namespace Engines.GraphQL.Execution.Telemetry;

/// <summary>Watches a subscription while it is open. Its messages belong to the trace in which it was begun.</summary>
internal sealed class StreamWatch(ExecutionOptions options, OperationDefinitionNode operation, OperationWatch begun)
{
    private readonly ReadOnlyMemory<byte> _text = begun.Text;
    private readonly ActivityContext _trace = begun.Context;

    /// <summary>Counts as open until it is disposed.</summary>
    public static IDisposable Open()
    {
        GraphQLTelemetry.Subscriptions.Add(1);
        return new Opened();
    }

    public OperationWatch Message()
    {
        GraphQLTelemetry.Delivered.Add(1);
        var watch = new OperationWatch(options, _text, _trace);
        watch.Found(operation, _text);
        return watch;
    }

    private sealed class Opened : IDisposable
    {
        public void Dispose() => GraphQLTelemetry.Subscriptions.Add(-1);
    }
}
