using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Organization;

public static class Owners
{
    /// <summary>
    /// How many active owners the customer has beside this user. Holds the customer's row until the transaction ends, so that two owners
    /// who remove each other at once cannot both succeed.
    /// </summary>
    public static async Task<int> CountOthers(CmmsDb db, User user, CancellationToken cancel)
    {
        await db.Find<Customer>(user.CustomerId, cancel);
        return await db.Users.CountAsync(
            u => u.Id != user.Id && u.CustomerId == user.CustomerId && u.Status == UserStatus.Active && u.CustomerRole == CustomerRole.Owner, cancel);
    }
}
