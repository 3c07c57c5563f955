using Engines.GraphQL.Execution;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Engines.GraphQL.Server;

public static class GraphQLServerExtensions
{
    /// <summary>Registers the executor that <see cref="MapGraphQL"/> serves.</summary>
    public static IServiceCollection AddGraphQLServer(this IServiceCollection services, Func<IServiceProvider, RequestExecutor> executor)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton(executor);
    }

    /// <summary>Serves GraphQL at one address: POST and GET, event streams (graphql-sse) and WebSockets (graphql-transport-ws).</summary>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder endpoints, string pattern, GraphQLServerOptions options)
    {
        var services = endpoints.ServiceProvider;
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var time = services.GetRequiredService<TimeProvider>();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Engines.GraphQL.Server");
        var operations = new OperationStarter(
            services.GetRequiredService<RequestExecutor>(), services.GetRequiredService<IServiceScopeFactory>(), options);
        var sockets = new SocketTransport(operations, options, time, log, stopping);
        var http = new HttpTransport(operations, options, time, log, stopping);

        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(context =>
        {
            var admission = options.Admission(context);
            context.Response.OnStarting(Describe, (admission, context.Response.Headers));
            return context.WebSockets.IsWebSocketRequest ? sockets.HandleAsync(context, admission) : http.HandleAsync(context, admission);
        });
        return endpoints.Map(pattern, pipeline.Build()).WithDisplayName("GraphQL");
    }

    private static Task Describe(object state)
    {
        var (admission, headers) = ((Admission, IHeaderDictionary))state;
        admission.Describe(headers);
        return Task.CompletedTask;
    }
}
