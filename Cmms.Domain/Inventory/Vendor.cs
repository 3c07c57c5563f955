using Cmms.Domain.Assets;
using Cmms.Domain.Files;
using Cmms.Domain.Work;

namespace Cmms.Domain.Inventory;

/// <summary>A company that sells parts to the site or works for it.</summary>
public sealed class Vendor : SiteEntity, IHasAttachments
{
    private readonly List<VendorContact> _contacts = [];
    private readonly List<VendorPart> _vendorParts = [];
    private readonly List<Asset> _assets = [];
    private readonly List<Location> _locations = [];
    private readonly List<Category> _categories = [];
    private readonly List<Attachment> _attachments = [];
    private Vendor() { } // EF Core

    public Vendor(string name) => Name = name;

    /// <summary>What it is called.</summary>
    public string Name { get; set => field = Check.Text(value, 200, nameof(Name)); } = "";

    /// <summary>What it sells or does, in words.</summary>
    public string? Description { get; set => field = Check.OptionalText(value, 4000, nameof(Description)); }

    /// <summary>Whether it is still bought from; an archived vendor is not.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>Whether work orders may be given to it.</summary>
    public bool AssignToWorkOrders { get; set; }

    /// <summary>Whether parts are bought from it.</summary>
    public bool PartsSupplier { get; set; }

    /// <summary>Its number with the tax office.</summary>
    public string? TaxId { get; set => field = Check.OptionalText(value, 50, nameof(TaxId)); }

    /// <summary>Where it is, for a letter or a navigator.</summary>
    public string? Address { get; set => field = Check.OptionalText(value, 500, nameof(Address)); }

    /// <summary>From 1, poor, to 5, excellent.</summary>
    public int? Rating { get; set => field = value is { } stars ? Check.Between(stars, 1, 5, nameof(Rating)) : null; }

    /// <summary>What an hour of its work costs.</summary>
    public Money? HourlyRate { get; set; }

    /// <summary>Whom to ask there.</summary>
    public IReadOnlyList<VendorContact> Contacts => _contacts;

    /// <summary>What it sells.</summary>
    public IReadOnlyList<VendorPart> VendorParts => _vendorParts;

    /// <summary>The assets it supplies or services.</summary>
    public IReadOnlyList<Asset> Assets => _assets;

    /// <summary>The locations it works at.</summary>
    public IReadOnlyList<Location> Locations => _locations;

    /// <summary>What it is for.</summary>
    public IReadOnlyList<Category> Categories => _categories;

    /// <summary>Contracts and other files about it.</summary>
    public IReadOnlyList<Attachment> Attachments => _attachments;

    public void Archive()
    {
        if (!IsActive) return;
        IsActive = false;
        Raise("VendorArchived");
    }

    public void Restore()
    {
        if (IsActive) return;
        IsActive = true;
        Raise("VendorRestored");
    }

    internal void WorkAt(IReadOnlyCollection<Location> locations)
    {
        _locations.RemoveAll(l => !locations.Contains(l));
        _locations.AddRange(locations.Where(l => !_locations.Contains(l)));
    }

    /// <exception cref="InvalidValue">A category that was put away, and that it has not already.</exception>
    internal void BeFor(IReadOnlyCollection<Category> categories)
    {
        if (categories.FirstOrDefault(c => c.IsArchived && !_categories.Contains(c)) is { } gone) throw new InvalidValue("categoryIds", $"names {gone.Name}, which is archived");
        _categories.RemoveAll(c => !categories.Contains(c));
        _categories.AddRange(categories.Where(c => !_categories.Contains(c)));
    }
}
