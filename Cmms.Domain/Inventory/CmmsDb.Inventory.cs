using Cmms.Domain.Inventory;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence;

public sealed partial class CmmsDb
{
    public DbSet<Part> Parts => Set<Part>();
    public DbSet<PartType> PartTypes => Set<PartType>();
    public DbSet<MeasurementUnit> MeasurementUnits => Set<MeasurementUnit>();
    public DbSet<Storeroom> Storerooms => Set<Storeroom>();
    public DbSet<StockLevel> StockLevels => Set<StockLevel>();
    public DbSet<StockTransaction> StockTransactions => Set<StockTransaction>();
    public DbSet<Vendor> Vendors => Set<Vendor>();
    public DbSet<VendorContact> VendorContacts => Set<VendorContact>();
    public DbSet<VendorPart> VendorParts => Set<VendorPart>();
    public DbSet<PurchaseRequest> PurchaseRequests => Set<PurchaseRequest>();
    public DbSet<PurchaseLine> PurchaseLines => Set<PurchaseLine>();

    /// <summary>The one way to move stock.</summary>
    public StockLedger Stock => new(this);
}
