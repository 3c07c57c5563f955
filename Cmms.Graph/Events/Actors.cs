using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Graph.Policies;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Events;

/// <summary>Who did something: a person, a program's key, a policy, or the system itself.</summary>
[UnionType(typeof(User), typeof(ApiKey), typeof(SitePolicy), typeof(SystemActor), Name = "Actor")]
internal static class Actors
{
    /// <summary>What each actor is, in one statement a kind.</summary>
    public static async Task<IReadOnlyList<object>> Of(IReadOnlyList<Actor> actors, CmmsDb db, CancellationToken cancel)
    {
        var userIds = Ids(actors, ActorKind.User);
        var keyIds = Ids(actors, ActorKind.ApiKey);
        var users = userIds.Count == 0 ? [] : await db.Users.Where(u => userIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancel);
        var keys = keyIds.Count == 0 ? [] : await db.ApiKeys.Where(k => keyIds.Contains(k.Id)).ToDictionaryAsync(k => k.Id, cancel);
        var settings = actors.Any(a => a.Kind is ActorKind.Policy) ? await db.PolicySettings.ToDictionaryAsync(s => s.Key, cancel) : [];
        return [.. actors.Select(object (actor) => actor.Kind switch
        {
            ActorKind.User when users.TryGetValue(Id(actor), out var user) => user,
            ActorKind.ApiKey when keys.TryGetValue(Id(actor), out var key) => key,
            ActorKind.Policy when PolicyCatalog.All.FirstOrDefault(p => p.Key == actor.Key) is { } policy => SitePolicy.Of(policy, settings.GetValueOrDefault(policy.Key)),
            _ => new SystemActor(),
        })];
    }

    private static List<long> Ids(IReadOnlyList<Actor> actors, ActorKind kind) => [.. actors.Where(a => a.Kind == kind).Select(Id).Distinct()];

    private static long Id(Actor actor) => long.Parse(actor.Key!, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The system itself.</summary>
/// <param name="Name">What it is called.</param>
internal sealed record SystemActor(string Name = "Cmms");

/// <summary>The system itself.</summary>
[ObjectType<SystemActor>(Name = "System")]
internal static class SystemActorFields;
