using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Organization;

public static class EmailAddresses
{
    /// <summary>Asks for another address, which counts once it is confirmed. That it is somebody's is told at once, though only the confirmation decides.</summary>
    /// <exception cref="Duplicate"/>
    public static async Task RequestEmail(this CmmsDb db, User user, string email, CancellationToken cancel)
    {
        user.RequestEmail(email);
        var address = user.UnconfirmedEmail;
        if (address is not null && await db.Users.AnyAsync(u => u.Email == address, cancel)) throw new Duplicate(nameof(User.Email), address);
    }
}
