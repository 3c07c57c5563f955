using System.Diagnostics;
using Cmms.Domain.Events;
using Cmms.Domain;
using Cmms.Domain.Demo;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Cmms.Graph.Events;
using Cmms.Graph.Live;
using Cmms.Graph.Observability;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Server;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cmms.Graph;

/// <summary>Puts the program together: database, schema, transports, health.</summary>
internal static partial class GraphHost
{
    /// <param name="configure">For tests: a clock, a port.</param>
    public static async Task<WebApplication> BuildAsync(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]); // else the folder is watched, and with it each write of a database there
        // Four lines a request cost more than a small request; whoever wants them says so by Logging:LogLevel:Microsoft.AspNetCore.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore", "Warning")] });
        configure?.Invoke(builder);

        var database = builder.Configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions();
        var graphQL = GraphQLSettings.Of(builder.Configuration, builder.Environment);
        // Its lines hold the addresses of requests, and a GET has its variables there.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddCmmsPersistence(database);
        builder.Services.AddScoped<RequestSession>();
        builder.Services.AddSingleton<Room>();
        builder.Services.AddSingleton<ApiKeyAuthentication>();
        builder.Services.AddSingleton<DemoKeys>();
        builder.Services.AddSingleton<OpenCredentials>();
        builder.Services.AddSingleton<EventTail>();
        builder.Services.AddSingleton<EventValues>();
        builder.Services.AddSingleton<EventExport>();
        builder.Services.AddSingleton<EventFeed>();
        builder.Services.AddSingleton<ProjectOf>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EventFeed>());
        builder.Services.AddSingleton(services => CmmsSchema.Build(services.GetRequiredService<CmmsDbFactory>().Model));
        builder.Services.AddGraphQLServer(services => new RequestExecutor(services.GetRequiredService<Engines.GraphQL.Types.Schema>(), Options(services, graphQL)));

        var app = builder.Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Cmms.Graph");
        // A deployment that migrates in a step of its own says so.
        if (builder.Configuration.GetValue("Database:Migrate", true)) await MigrationRunner.MigrateAsync(database);
        Database(log, database.Provider, SqliteLibrary.Version);
        if (app.Configuration.GetValue<bool>("Demo") && await DemoPlant.SeedAsync(app.Services.GetRequiredService<CmmsDbFactory>(), app.Services.GetRequiredService<TimeProvider>().Now))
            Seeded(log);

        foreach (var (document, error) in app.Services.GetRequiredService<RequestExecutor>().WarmUp()) NotOfThisSchema(log, document.Name, error.Message);
        var access = app.Services.GetRequiredService<ApiKeyAuthentication>();
        var options = new GraphQLServerOptions
        {
            Authenticate = access.OverHttp,
            AuthenticateSocket = access.OverSocket,
            CreateScope = start => Scope(start, graphQL),
            LandingPage = LandingPage.Write,
        };
        graphQL.ApplyTo(options);
        app.MapGraphQL("/graphql", options);
        app.MapHealth();
        app.MapEventExport();
        return app;
    }

    private static RequestScope Scope(OperationStart start, GraphQLSettings settings) => new(start.Services, start.Cancel)
    {
        MayIntrospect = settings.MayIntrospect((SiteCaller?)start.Caller),
        RunMutation = (field, resolve) => SignedInGuard.Session(field.Request).Mutate(field, resolve),
        UnitOfWork = context => SignedInGuard.Session(context).Atomic(),
        Prepare = context =>
        {
            var session = SignedInGuard.Session(context);
            session.Caller = (SiteCaller?)start.Caller;
            session.RequestId = Activity.Current?.TraceId.ToString();
        },
    };

    private static ExecutionOptions Options(IServiceProvider services, GraphQLSettings settings)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Cmms.Graph");
        return settings.Limits.ApplyTo(new ExecutionOptions()) with
        {
            Persisted = settings.Persisted(),
            OnError = report => Failed(log, report.Exception, report.TraceId, string.Join('.', report.Path)),
            OnOperation = report => OperationLog.Write(log, report),
            SlowAfter = TimeSpan.FromMilliseconds(settings.SlowAfter),
            TraceDocuments = settings.TraceDocuments,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A field failed: {Path} (trace {TraceId})")]
    private static partial void Failed(ILogger log, Exception exception, string traceId, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The trusted document {Document} is not valid for this schema: {Error}")]
    private static partial void NotOfThisSchema(ILogger log, string document, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database was empty: it has the demo plant now, with two years of its history")]
    private static partial void Seeded(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "Database: {Provider} (SQLite library {Sqlite})")]
    private static partial void Database(ILogger log, DatabaseProvider provider, Version sqlite);
}
