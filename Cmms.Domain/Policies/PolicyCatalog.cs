using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Planning;
using Cmms.Domain.Projects;
using Cmms.Domain.Work;

namespace Cmms.Domain.Policies;

/// <summary>All policies there are.</summary>
public static class PolicyCatalog
{
    public static IReadOnlyList<Policy> All { get; } = [new LowStockPolicy(), new WarrantyPolicy(), new OutagePolicy(), new PmPolicy(), new ReleasePolicy(), new PriceJumpPolicy(), new SlowStockPolicy()];

    /// <exception cref="NotFound"/>
    public static Policy Find(string key) => All.FirstOrDefault(p => p.Key == key) ?? throw new NotFound("Policy", nameof(key));
}
