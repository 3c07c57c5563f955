using Cmms.Domain.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Cmms.Domain.Persistence;

public static class PersistenceRegistration
{
    /// <summary>The factory and the tail of the event log: contexts are leased, never injected raw.</summary>
    public static IServiceCollection AddCmmsPersistence(this IServiceCollection services, DatabaseOptions options) =>
        services.AddSingleton(options).AddSingleton(_ => new CmmsDbFactory(options)).AddSingleton<EventTail>();
}
