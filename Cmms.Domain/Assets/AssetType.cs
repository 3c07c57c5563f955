namespace Cmms.Domain.Assets;

/// <summary>A kind of asset, such as "Conveyor" or "HVAC"; an asset may be of several.</summary>
public sealed class AssetType : SiteEntity
{
    private readonly List<Asset> _assets = [];
    private AssetType() { } // EF Core

    public AssetType(string name, string? description = null)
    {
        Name = name;
        Description = description;
    }

    /// <summary>Unique on the site.</summary>
    public string Name { get; set => field = Check.Text(value, 200, nameof(Name)); } = "";

    /// <summary>What belongs to this kind.</summary>
    public string? Description { get; set => field = Check.OptionalText(value, 4000, nameof(Description)); }

    /// <summary>The assets of this type.</summary>
    public IReadOnlyList<Asset> Assets => _assets;
}
