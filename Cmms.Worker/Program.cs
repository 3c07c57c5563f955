using Cmms.Worker;
using Microsoft.Extensions.Hosting;

using var host = WorkerHost.Build(args);
await host.RunAsync();
