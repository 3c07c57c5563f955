using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Engines.GraphQL.Execution.Telemetry;

/// <summary>
/// An activity source and a meter for whoever listens, OpenTelemetry above all; where nobody does they cost next to nothing. Names follow
/// OpenTelemetry's conventions for GraphQL as far as these go. Nothing here ever holds a variable.
/// </summary>
public static class GraphQLTelemetry
{
    /// <summary>The name of both.</summary>
    public const string Name = "Engines.GraphQL";

    internal const string OperationType = "graphql.operation.type", OperationName = "graphql.operation.name", Document = "graphql.document",
        DocumentHash = "graphql.document.hash", Outcome = "graphql.outcome", ErrorType = "error.type";

    internal static readonly ActivitySource Activities = new(Name);
    private static readonly Meter s_meter = new(Name);

    /// <summary>Of each query and mutation, and of each message of a subscription.</summary>
    internal static readonly Histogram<double> Duration = s_meter.CreateHistogram("graphql.server.operation.duration", "s", "How long operations take.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

    internal static readonly UpDownCounter<long> Subscriptions = s_meter.CreateUpDownCounter<long>("graphql.server.active_subscriptions", "{subscription}", "Subscriptions that are open.");
    internal static readonly Counter<long> Delivered = s_meter.CreateCounter<long>("graphql.server.delivered_events", "{event}", "Messages that subscriptions have answered.");
    internal static readonly Counter<long> Refused = s_meter.CreateCounter<long>("graphql.server.refused_documents", "{document}", "Documents that could not be read or are not valid.");
}
