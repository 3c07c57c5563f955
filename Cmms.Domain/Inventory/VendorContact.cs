namespace Cmms.Domain.Inventory;

/// <summary>Somebody to reach at a vendor.</summary>
public sealed class VendorContact : SiteEntity
{
    private VendorContact() { } // EF Core

    internal VendorContact(Vendor vendor, string name)
    {
        Vendor = vendor;
        Name = name;
    }

    public long VendorId { get; private set; }

    /// <summary>Where the contact works.</summary>
    public Vendor Vendor { get; private set; } = null!;

    /// <summary>The name of the person.</summary>
    public string Name { get; set => field = Check.Text(value, 200, nameof(Name)); } = "";

    /// <summary>What the contact does there.</summary>
    public string? Role { get; set => field = Check.OptionalText(value, 200, nameof(Role)); }

    /// <summary>Where the contact can be written to.</summary>
    public string? Email { get; set => field = Check.OptionalText(value, 254, nameof(Email)); }

    /// <summary>Where the contact can be called.</summary>
    public string? Phone { get; set => field = Check.OptionalText(value, 50, nameof(Phone)); }

    /// <summary>What to dial after the telephone number.</summary>
    public string? Extension { get; set => field = Check.OptionalText(value, 20, nameof(Extension)); }

    /// <summary>Whether this is the one to ask first; one a vendor at most, and one where there are any.</summary>
    public bool IsPrimary { get; internal set; }
}
