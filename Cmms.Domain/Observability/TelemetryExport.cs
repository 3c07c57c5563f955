using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Cmms.Domain.Observability;

/// <summary>
/// Traces and metrics to an OpenTelemetry collector, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one; the other variables of its
/// specification apply too. Without that variable nothing is listened to.
/// </summary>
public sealed class TelemetryExport : IDisposable
{
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private TelemetryExport(string service, string[] sources)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService(service).AddTelemetrySdk().AddEnvironmentVariableDetector();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(sources).AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(sources).AddOtlpExporter().Build();
    }

    /// <param name="sources">The activity sources and meters whose voices are heard.</param>
    /// <returns>To be disposed last, when what is left is sent; null where there is no collector.</returns>
    public static TelemetryExport? Start(string service, params string[] sources) =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")) ? null : new TelemetryExport(service, sources);

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
