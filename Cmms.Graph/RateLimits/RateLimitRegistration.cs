using Cmms.Domain.Persistence;
using Engines.GraphQL.Server;

namespace Cmms.Graph.RateLimits;

internal static class RateLimitRegistration
{
    /// <summary>Counted in the database where several processes may be at work on it, else in memory.</summary>
    public static IServiceCollection AddRateLimits(this IServiceCollection services, RateLimitSettings settings, DatabaseProvider provider)
    {
        services.AddSingleton(new Buckets(settings.Window));
        if (provider is DatabaseProvider.PostgreSql)
        {
            services.AddSingleton(s => new SharedCounts(
                s.GetRequiredService<CmmsDbFactory>(), s.GetRequiredService<Buckets>(), settings.Window, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<SharedCounts>>()));
        }
        return services.AddSingleton(s => new RateLimiter(settings, s.GetRequiredService<Buckets>(), s.GetService<SharedCounts>(), s.GetRequiredService<TimeProvider>()));
    }

    public static void UseRateLimits(this GraphQLServerOptions options, RateLimiter limiter)
    {
        options.Admission = http => new RateAdmission(limiter, ClientAddress.NameOf(http.Connection.RemoteIpAddress));
        options.ExposedHeaders.UnionWith(RateAdmission.Headers);
    }
}
