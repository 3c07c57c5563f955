namespace Cmms.Domain.Inventory;

/// <summary>A kind of part, such as "Filters".</summary>
public sealed class PartType : SiteEntity
{
    private readonly List<Part> _parts = [];
    private PartType() { } // EF Core

    public PartType(string name, string? description = null)
    {
        Name = name;
        Description = description;
    }

    /// <summary>Unique on the site.</summary>
    public string Name { get; set => field = Check.Text(value, 200, nameof(Name)); } = "";

    /// <summary>What belongs to this kind.</summary>
    public string? Description { get; set => field = Check.OptionalText(value, 4000, nameof(Description)); }

    /// <summary>The parts of this type.</summary>
    public IReadOnlyList<Part> Parts => _parts;
}
