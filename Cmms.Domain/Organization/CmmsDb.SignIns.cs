using Cmms.Domain.Organization;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence;

public sealed partial class CmmsDb
{
    internal DbSet<UserIdentity> UserIdentities => Set<UserIdentity>();
    internal DbSet<LoginSession> LoginSessions => Set<LoginSession>();
}
