using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence;

/// <summary>The one DbContext. Leased only through the factory, for one scope.</summary>
public sealed partial class CmmsDb(DbContextOptions<CmmsDb> options) : DbContext(options);
