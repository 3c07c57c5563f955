using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Organization;

/// <summary>
/// What an hour of a person costs is read by owners, by the person, and by those whose role manages work orders on a site where the person has a role. As a
/// condition or an order it would tell of everybody at once: that is for owners alone.
/// </summary>
[ObjectType<User>]
[OwnerOnly(Properties = [nameof(User.RegularRate), nameof(User.OvertimeRate1), nameof(User.OvertimeRate2)])]
internal static class UserRateFields
{
    /// <summary>Cost of an hour of regular work, in the currency of the site; null for those who may not know: only owners, the person, and who manages work orders on a site of the person may.</summary>
    public static Task<IReadOnlyList<Money?>> RegularRate(IReadOnlyList<User> users, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        RateAsync(users, u => u.RegularRate, caller, db, cancel);

    /// <summary>Cost of an hour of overtime, first rate, in the currency of the site; null for those who may not know: only owners, the person, and who manages work orders on a site of the person may.</summary>
    public static Task<IReadOnlyList<Money?>> OvertimeRate1(IReadOnlyList<User> users, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        RateAsync(users, u => u.OvertimeRate1, caller, db, cancel);

    /// <summary>Cost of an hour of overtime, second rate, in the currency of the site; null for those who may not know: only owners, the person, and who manages work orders on a site of the person may.</summary>
    public static Task<IReadOnlyList<Money?>> OvertimeRate2(IReadOnlyList<User> users, SiteCaller caller, CmmsDb db, CancellationToken cancel) =>
        RateAsync(users, u => u.OvertimeRate2, caller, db, cancel);

    private static async Task<IReadOnlyList<Money?>> RateAsync(
        IReadOnlyList<User> users, Func<User, Money?> rate, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        var visible = await VisibleAsync(users, caller, db, cancel);
        return [.. users.Select(u => visible(u) ? rate(u) : null)];
    }

    private static async Task<Func<User, bool>> VisibleAsync(IReadOnlyList<User> users, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        if (caller.IsOwner) return _ => true;
        var sites = caller.Caller.Sites.Where(s => s.Status is SiteStatus.Active && s.Role.Allows(Permission.ManageWorkOrders)).Select(s => s.Id).ToList();
        var others = users.Select(u => u.Id).Where(id => id != caller.UserId).Distinct().ToList();
        var managed = sites.Count == 0 || others.Count == 0 ? []
            : (await db.UserRoles.Where(r => sites.Contains(r.SiteId) && others.Contains(r.UserId)).Select(r => r.UserId).ToListAsync(cancel)).ToHashSet();
        return user => user.Id == caller.UserId || managed.Contains(user.Id);
    }
}
