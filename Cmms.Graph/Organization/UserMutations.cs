using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Organization;

[MutationType]
internal static class UserMutations
{
    /// <summary>Asks a person to join; the invitation can be accepted for five days (seed 003).</summary>
    /// <param name="canBeAssignedToWorkOrders">Whether the person is meant to do maintenance work.</param>
    [TouchesCredentials, OwnerOnly, Error<Duplicate>]
    public static async Task<User> InviteUser(
        string name, string surname, string email, string? language, string? phoneNumber, string? jobTitle, bool? canBeAssignedToWorkOrders,
        Money? regularRate, Money? overtimeRate1, Money? overtimeRate2, CustomerRole? customerRole, CmmsDb db, Instant now, CancellationToken cancel)
    {
        var user = User.Invite(name, surname, email, now, customerRole ?? CustomerRole.Member);
        (user.PhoneNumber, user.JobTitle, user.CanBeAssignedToWorkOrders) = (phoneNumber, jobTitle, canBeAssignedToWorkOrders ?? false);
        (user.RegularRate, user.OvertimeRate1, user.OvertimeRate2) = (regularRate, overtimeRate1, overtimeRate2);
        if (language is not null) user.Language = language;
        db.Users.Add(user);
        await db.SaveChangesAsync(cancel);
        return user;
    }

    /// <summary>Changes what is known about a person: users their own name, language, phone number and job title; owners everything of everybody.</summary>
    /// <param name="version">The version that was read: the change is refused if the user has changed since.</param>
    [AnySite, Own<OwnProfile>, Error<NotFound, Duplicate, LastOwner, Conflict>]
    public static async Task<User> UpdateUser(
        [ID<User>] long id, int? version, Optional<string> name, Optional<string> surname, Optional<string> language, Optional<string?> phoneNumber,
        Optional<string?> jobTitle, Optional<string> email, Optional<bool> canBeAssignedToWorkOrders, Optional<Money?> regularRate,
        Optional<Money?> overtimeRate1, Optional<Money?> overtimeRate2, Optional<CustomerRole> customerRole, SiteCaller caller, CmmsDb db,
        CancellationToken cancel)
    {
        var ownersOnly = email.IsSet || canBeAssignedToWorkOrders.IsSet || regularRate.IsSet || overtimeRate1.IsSet || overtimeRate2.IsSet || customerRole.IsSet;
        if (ownersOnly && !caller.IsOwner) throw new GraphQLException(OwnerGuard.Refusal);
        await OwnProfile.Rule.Require(id, caller, db, cancel);
        var user = await db.FindVersion<User>(id, version, cancel);
        if (customerRole.IsSet) user.ChangeCustomerRole(customerRole.Value, await Owners.CountOthers(db, user, cancel));
        if (name.IsSet || surname.IsSet) user.Rename(name.Or(user.Name), surname.Or(user.Surname));
        user.Language = language.Or(user.Language);
        user.PhoneNumber = phoneNumber.Or(user.PhoneNumber);
        user.JobTitle = jobTitle.Or(user.JobTitle);
        user.Email = email.Or(user.Email);
        user.CanBeAssignedToWorkOrders = canBeAssignedToWorkOrders.Or(user.CanBeAssignedToWorkOrders);
        user.RegularRate = regularRate.Or(user.RegularRate);
        user.OvertimeRate1 = overtimeRate1.Or(user.OvertimeRate1);
        user.OvertimeRate2 = overtimeRate2.Or(user.OvertimeRate2);
        await db.SaveChangesAsync(cancel);
        return user;
    }

    /// <summary>Ends a person's access at once, keys included; everything done stays under the person's name.</summary>
    [OwnerOnly, Error<NotFound, LastOwner>]
    public static async Task<User> DeactivateUser([ID<User>] long id, CmmsDb db, CancellationToken cancel)
    {
        var user = await db.Find<User>(id, cancel);
        user.Deactivate(await Owners.CountOthers(db, user, cancel));
        await db.SaveChangesAsync(cancel);
        return user;
    }

    /// <summary>Gives a person access again, with the roles and keys of before.</summary>
    [OwnerOnly, Error<NotFound>]
    public static async Task<User> ReactivateUser([ID<User>] long id, CmmsDb db, CancellationToken cancel)
    {
        var user = await db.Find<User>(id, cancel);
        user.Reactivate();
        await db.SaveChangesAsync(cancel);
        return user;
    }
}
