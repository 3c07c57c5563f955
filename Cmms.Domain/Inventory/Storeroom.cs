using Cmms.Domain.Assets;

namespace Cmms.Domain.Inventory;

/// <summary>Where parts are kept. A site has one default storeroom, which stands wherever none is named.</summary>
public sealed class Storeroom : SiteEntity
{
    private readonly List<StockLevel> _levels = [];
    private Storeroom() { } // EF Core

    public Storeroom(string name, bool isDefault = false)
    {
        Name = name;
        IsDefault = isDefault;
    }

    /// <summary>Unique on the site.</summary>
    public string Name { get; set => field = Check.Text(value, 200, nameof(Name)); } = "";

    /// <summary>What is kept there, in words.</summary>
    public string? Description { get; set => field = Check.OptionalText(value, 4000, nameof(Description)); }

    /// <summary>Whether it stands for the site where no storeroom is named.</summary>
    public bool IsDefault { get; internal set; }

    public long? LocationId { get; private set; }

    /// <summary>Where it is.</summary>
    public Location? Location { get; private set; }

    /// <summary>What lies in it, by part.</summary>
    public IReadOnlyList<StockLevel> Levels => _levels;

    /// <exception cref="InvalidValue">The location is archived.</exception>
    public void StandAt(Location? location)
    {
        if (location is { IsArchived: true } && location.Id != LocationId) throw new InvalidValue("locationId", "is archived");
        (Location, LocationId) = (location, location.Key());
    }
}
