using Cmms.Domain.Persistence;

namespace Cmms.Graph.Access;

internal static class AccessRegistration
{
    /// <summary>Who comes in: API keys always, tokens where a provider is configured.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, AuthSettings settings)
    {
        services.AddSingleton(settings).AddSingleton<DemoKeys>().AddSingleton<OpenCredentials>().AddSingleton<Refusals>();
        services.AddSingleton<KeyUses>().AddHostedService(s => s.GetRequiredService<KeyUses>());
        if (settings.OpenId is { } provider)
            services.AddSingleton(provider).AddSingleton<ProviderKeys>().AddSingleton<ProviderTokens>().AddSingleton<LoginCount>().AddSingleton<TokenSignIn>();
        return services.AddSingleton(s => new Authentication(
            s.GetRequiredService<CmmsDbFactory>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<DemoKeys>(), s.GetRequiredService<OpenCredentials>(),
            s.GetRequiredService<KeyUses>(), s.GetRequiredService<Refusals>(), s.GetService<TokenSignIn>()));
    }
}
