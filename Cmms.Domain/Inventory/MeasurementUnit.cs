namespace Cmms.Domain.Inventory;

/// <summary>What a quantity of a part counts: "Item", itm; "Litre", l.</summary>
public sealed class MeasurementUnit : SiteEntity
{
    private readonly List<Part> _parts = [];
    private MeasurementUnit() { } // EF Core

    public MeasurementUnit(string name, string shortName)
    {
        Name = name;
        ShortName = shortName;
    }

    /// <summary>Unique on the site.</summary>
    public string Name { get; set => field = Check.Text(value, 100, nameof(Name)); } = "";

    /// <summary>As it stands beside a quantity: kg, m, pc.</summary>
    public string ShortName { get; set => field = Check.Text(value, 20, nameof(ShortName)); } = "";

    /// <summary>The parts that are counted in it.</summary>
    public IReadOnlyList<Part> Parts => _parts;
}
