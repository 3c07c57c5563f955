using Cmms.Domain.Observability;
using Cmms.Domain.Persistence;
using Cmms.Graph;
using Cmms.Graph.Access;
using Engines.GraphQL.Execution.Telemetry;
using Engines.GraphQL.Types;

if (args is [("schema" or "permissions") and var what, "export", .. var rest])
{
    // The model alone makes the schema: nothing is opened.
    using var factory = new CmmsDbFactory(new DatabaseOptions { ConnectionString = "Data Source=:memory:" });
    var schema = CmmsSchema.Build(factory.Model);
    var text = what == "schema" ? SchemaPrinter.Print(schema) : PermissionPage.Write(schema);
    if (rest is [var path]) await File.WriteAllTextAsync(path, text);
    else Console.Out.Write(text);
    return;
}

using var telemetry = TelemetryExport.Start("cmms-graph", GraphQLTelemetry.Name, Refusals.Telemetry, "Microsoft.AspNetCore", "Microsoft.AspNetCore.Hosting", "Npgsql", "System.Runtime");
await using var app = await GraphHost.BuildAsync(args);
await app.RunAsync();
