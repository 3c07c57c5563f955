namespace Cmms.Domain.Work;

/// <summary>What work is sorted into, and what companies are for: refrigeration, electrics, cleaning (seed 003: categories).</summary>
public sealed class Category : SiteEntity
{
    private Category() { } // EF Core

    public Category(string name, string? description = null)
    {
        Name = name;
        Description = description;
    }

    /// <summary>Unique on the site.</summary>
    public string Name { get; set => field = Check.Text(value, 100, nameof(Name)); } = "";

    /// <summary>What belongs to it.</summary>
    public string? Description { get; set => field = Check.OptionalText(value, 4000, nameof(Description)); }

    /// <summary>Whether it was put away: kept where it is, offered for nothing new.</summary>
    public bool IsArchived { get; private set; }

    public void Archive()
    {
        if (IsArchived) return;
        IsArchived = true;
        Raise("CategoryArchived");
    }

    public void Restore()
    {
        if (!IsArchived) return;
        IsArchived = false;
        Raise("CategoryRestored");
    }
}
