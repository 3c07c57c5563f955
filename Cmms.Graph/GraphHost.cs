using System.Diagnostics;
using Cmms.Domain.Events;
using Cmms.Domain;
using Cmms.Domain.Demo;
using Cmms.Domain.Files;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Cmms.Graph.Events;
using Cmms.Graph.Files;
using Cmms.Graph.Imports;
using Cmms.Graph.Live;
using Cmms.Graph.Observability;
using Cmms.Graph.Organization;
using Cmms.Graph.RateLimits;
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
        var limits = RateLimitSettings.Of(builder.Configuration);
        // Its lines hold the addresses of requests, and a GET has its variables there.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddCmmsPersistence(database);
        builder.Services.AddScoped<RequestSession>();
        builder.Services.AddSingleton<Room>();
        builder.Services.AddAccess(AuthSettings.Of(builder.Configuration));
        builder.Services.AddSingleton<EventTail>();
        builder.Services.AddSingleton<EventValues>();
        builder.Services.AddSingleton<EventExport>();
        builder.Services.AddSingleton<ListExport>();
        builder.Services.AddSingleton<EventFeed>();
        builder.Services.AddSingleton<OwnerOf>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EventFeed>());
        if (limits.Enabled) builder.Services.AddRateLimits(limits, database.Provider);
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
        var access = app.Services.GetRequiredService<Authentication>();
        var options = new GraphQLServerOptions
        {
            Authenticate = access.OverHttp,
            AuthenticateSocket = access.OverSocket,
            CreateScope = start => Scope(start, graphQL),
            LandingPage = LandingPage.Write,
        };
        graphQL.ApplyTo(options);
        var files = app.Services.GetRequiredService<CmmsDbFactory>().Files;
        (options.Uploads.Folder, options.Uploads.MayBeKept) = (files.Arrivals, true);
        (options.Uploads.MaxFileBytes, options.Uploads.MaxBytes) = (Attachments.LargestImage, 2L * Attachments.LargestImage);
        if (limits.Enabled) options.UseRateLimits(app.Services.GetRequiredService<RateLimiter>());
        app.UseProxies();
        app.MapGraphQL("/graphql", options);
        app.MapAvatars();
        app.MapAttachments();
        app.MapQrCodes();
        app.MapHealth();
        app.MapEventExport(options.Admission);
        app.MapListExport(options.Admission, options.CreateScope);
        return app;
    }

    private static RequestScope Scope(OperationStart start, GraphQLSettings settings)
    {
        // A socket whose right is over stays open only until it has heard what came before.
        var caller = start.Caller is SiteCaller { Right.IsOver: true } ? null : (SiteCaller?)start.Caller;
        return new(start.Services, start.Cancel)
        {
            MayIntrospect = settings.MayIntrospect(caller),
            Sharing = caller is null ? null : () => caller.Sharing,
            RunMutation = (field, resolve) => SignedInGuard.Session(field.Request).Mutate(field, resolve),
            Renew = context => SignedInGuard.Session(context).ReconnectAsync(),
            UnitOfWork = context => SignedInGuard.Session(context).Unit(),
            Answers = (context, key) => AnswersOfRequest.Of(SignedInGuard.Session(context), key),
            Prepare = context =>
            {
                var session = SignedInGuard.Session(context);
                session.Caller = caller;
                session.RequestId = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString(); // there is none where nobody listens
            },
        };
    }

    private static ExecutionOptions Options(IServiceProvider services, GraphQLSettings settings)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Cmms.Graph");
        return settings.Limits.ApplyTo(new ExecutionOptions()) with
        {
            Persisted = settings.Persisted(),
            MayPass = exception => exception.IsCut,
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
