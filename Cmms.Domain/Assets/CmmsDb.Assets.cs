using Cmms.Domain.Assets;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence;

public sealed partial class CmmsDb
{
    public DbSet<Location> Locations => Set<Location>();
    public DbSet<Asset> Assets => Set<Asset>();
    public DbSet<AssetType> AssetTypes => Set<AssetType>();
    public DbSet<Downtime> Downtimes => Set<Downtime>();
    public DbSet<StatusChange> StatusChanges => Set<StatusChange>();
}
