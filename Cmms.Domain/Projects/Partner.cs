namespace Cmms.Domain.Projects;

/// <summary>A company that projects are done for.</summary>
public sealed class Partner : SiteEntity
{
    private Partner() { } // EF Core

    public Partner(string name) => Name = Check.Text(name);

    /// <summary>What it is called.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its number with the tax office.</summary>
    public string? TaxId { get; private set; }

    /// <summary>Whom to ask for there.</summary>
    public string? ContactName { get; private set; }

    /// <summary>The telephone of that person.</summary>
    public string? ContactPhone { get; private set; }

    /// <summary>When it was put away; null: it is in use.</summary>
    public Instant? ArchivedAt { get; private set; }

    public void Describe(string name, string? taxId, string? contactName, string? contactPhone) =>
        (Name, TaxId, ContactName, ContactPhone) =
        (Check.Text(name), Check.OptionalText(taxId, 40), Check.OptionalText(contactName, 200), Check.OptionalText(contactPhone, 40));

    public void Archive(Instant now)
    {
        if (ArchivedAt is not null) return;
        ArchivedAt = now;
        Raise("PartnerArchived");
    }
}
