namespace Cmms.Domain.Projects;

/// <summary>A company that projects are done for.</summary>
public sealed class Partner : SiteEntity
{
    private Partner() { } // EF Core

    public Partner(string name) => Name = Check.Text(name);

    public string Name { get; private set; } = "";
    public string? TaxId { get; private set; }
    public string? ContactName { get; private set; }
    public string? ContactPhone { get; private set; }
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
