using Cmms.Domain;
using Cmms.Domain.Files;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Organization;

[MutationType]
internal static class UserMutations
{
    /// <summary>
    /// Changes what is known about a person: users their own name, language, phone number, job title and e-mail, which stays unconfirmed until confirmEmail; owners everything
    /// of everybody, at once.
    /// </summary>
    /// <param name="version">The version that was read: the change is refused if the user has changed since.</param>
    [AnySite, Own<OwnProfile>, Error<NotFound, Duplicate, LastOwner, Conflict>]
    public static async Task<User> UpdateUser(
        [ID<User>] long id, int? version, Optional<string> name, Optional<string> surname, Optional<string> language, Optional<string?> phoneNumber,
        Optional<string?> jobTitle, Optional<string> email, Optional<bool> canBeAssignedToWorkOrders, Optional<Money?> regularRate,
        Optional<Money?> overtimeRate1, Optional<Money?> overtimeRate2, Optional<CustomerRole> customerRole, Optional<UserAuthType> authType, SiteCaller caller,
        CmmsDb db, CancellationToken cancel)
    {
        var ownersOnly = authType.IsSet || canBeAssignedToWorkOrders.IsSet || regularRate.IsSet || overtimeRate1.IsSet || overtimeRate2.IsSet || customerRole.IsSet;
        if (ownersOnly && !caller.IsOwner) throw new GraphQLException(OwnerGuard.Refusal);
        await OwnProfile.Rule.Require(id, caller, db, cancel);
        var user = await db.FindVersion<User>(id, version, cancel);
        if (customerRole.IsSet) user.ChangeCustomerRole(customerRole.Value, await Owners.CountOthers(db, user, cancel));
        if (name.IsSet || surname.IsSet) user.Rename(name.Or(user.Name), surname.Or(user.Surname));
        user.Language = language.Or(user.Language);
        user.PhoneNumber = phoneNumber.Or(user.PhoneNumber);
        user.JobTitle = jobTitle.Or(user.JobTitle);
        user.AuthType = authType.Or(user.AuthType);
        if (email.IsSet && caller.IsOwner) user.ChangeEmail(email.Value!);
        else if (email.IsSet) await db.RequestEmail(user, email.Value!, cancel);
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

    /// <summary>Gives a person access again, with the roles and keys of before; who never accepted the invitation has it from now on too.</summary>
    [OwnerOnly, Error<NotFound>]
    public static async Task<User> ReactivateUser([ID<User>] long id, CmmsDb db, CancellationToken cancel)
    {
        var user = await db.Find<User>(id, cancel);
        user.Reactivate();
        await db.SaveChangesAsync(cancel);
        return user;
    }

    /// <summary>Gives a person a picture, or takes it away: one's own, or for an owner anybody's.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="image">A PNG, JPEG, GIF or WebP picture of at most 5 MB, told by its content; null takes the picture away.</param>
    [AnySite, Own<OwnProfile>, Error<NotFound, FileTooLarge, UnsupportedFile>]
    public static async Task<User> SetUserAvatar([ID<User>] long userId, UploadedFile? image, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        await OwnProfile.Rule.Require(userId, caller, db, cancel);
        var user = await db.Find<User>(userId, cancel);
        if (image?.Length > UserAvatar.MaxSize) throw new FileTooLarge(nameof(image), (int)image.Length, UserAvatar.MaxSize);
        await db.SetAvatar(user, image is null ? null : await BytesOf(image, cancel), cancel);
        await db.SaveChangesAsync(cancel);
        return user;
    }

    private static async Task<byte[]> BytesOf(UploadedFile file, CancellationToken cancel)
    {
        var bytes = new byte[file.Length];
        await using var content = file.OpenRead();
        await content.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }
}
