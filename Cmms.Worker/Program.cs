using Cmms.Domain.Observability;
using Cmms.Worker;
using Microsoft.Extensions.Hosting;

using var telemetry = TelemetryExport.Start("cmms-worker", "Quartz", "Npgsql", "System.Runtime");
using var host = WorkerHost.Build(args);
await host.RunAsync();
