using Cmms.Domain.Assets;

namespace Cmms.Domain.Production;

/// <summary>A step of production that machines belong to (seed 001: proceso), such as spinning or weaving.</summary>
public sealed class Process : SiteEntity
{
    private readonly List<Asset> _assets = [];
    private Process() { } // EF Core

    public Process(string name) => Name = name;

    /// <summary>Unique on the site.</summary>
    public string Name { get; set => field = Check.Text(value, 200, nameof(Name)); } = "";

    /// <summary>A short name for plans and screens; unique on the site.</summary>
    public string? Code { get; set => field = Check.OptionalText(value, 64, nameof(Code)); }

    /// <summary>What is done in it.</summary>
    public string? Description { get; set => field = Check.OptionalText(value, 4000, nameof(Description)); }

    /// <summary>Its place in the line, from 1; processes of one place run side by side.</summary>
    public int Position { get; set => field = Check.Between(value, 1, 1000, nameof(Position)); } = 1;

    /// <summary>Whether it was put away: kept for its history, offered for nothing new.</summary>
    public bool IsArchived { get; private set; }

    /// <summary>The machines that it runs on.</summary>
    public IReadOnlyList<Asset> Assets => _assets;

    public void Archive()
    {
        if (IsArchived) return;
        IsArchived = true;
        Raise("ProcessArchived");
    }

    public void Restore()
    {
        if (!IsArchived) return;
        IsArchived = false;
        Raise("ProcessRestored");
    }
}
