namespace Cmms.Domain.Inventory;

/// <summary>That a vendor sells a part, under which number, and whether it is the one to buy from.</summary>
public sealed class VendorPart : SiteEntity
{
    private VendorPart() { } // EF Core

    internal VendorPart(Part part, Vendor vendor)
    {
        Part = part;
        Vendor = vendor;
    }

    public long PartId { get; private set; }

    /// <summary>What it sells.</summary>
    public Part Part { get; private set; } = null!;

    public long VendorId { get; private set; }

    /// <summary>Who sells it.</summary>
    public Vendor Vendor { get; private set; } = null!;

    /// <summary>The vendor's own number for it.</summary>
    public string? VendorPartNumber { get; internal set => field = Check.OptionalText(value, 100, nameof(VendorPartNumber)); }

    /// <summary>Whether reorders go there; one vendor a part at most.</summary>
    public bool IsPreferred { get; internal set; }
}

/// <summary>What is said about a vendor when a part's vendors are set.</summary>
public sealed record VendorOffer(long VendorId, string? VendorPartNumber = null, bool IsPreferred = false);
