using Cmms.Domain.Files;

namespace Cmms.Domain.Assets;

/// <summary>A place on a site, within another place: building, floor, room, line.</summary>
public sealed class Location : TreeNode, IHasAttachments
{
    private readonly List<Location> _children = [];
    private readonly List<Asset> _assets = [];
    private readonly List<Attachment> _attachments = [];
    private Location() { } // EF Core

    /// <param name="parent">Where it lies (<see cref="Trees.FindParent"/>); null at the top.</param>
    public Location(string name, Location? parent = null) => Place(name, parent);

    /// <summary>Its short name on plans and labels; unique on the site.</summary>
    public string? Code { get; set => field = Check.OptionalText(value, 64, nameof(Code)); }

    /// <summary>What is found there, in words.</summary>
    public string? Description { get; set => field = Check.OptionalText(value, 4000, nameof(Description)); }

    /// <summary>Where it is, for a letter or a navigator.</summary>
    public string? Address { get; set => field = Check.OptionalText(value, 500, nameof(Address)); }

    /// <summary>What its label says; unique at the customer's.</summary>
    public string? QrCode { get; set => field = QrCodes.Check(value); }

    /// <summary>The place it lies in.</summary>
    public Location? Parent { get; private set; }

    /// <summary>The top of its tree; null for the top itself.</summary>
    public Location? Root { get; private set; }

    /// <summary>The places in it.</summary>
    public IReadOnlyList<Location> Children => _children;

    /// <summary>The assets that stand right there.</summary>
    public IReadOnlyList<Asset> Assets => _assets;

    /// <summary>Pictures and documents of it.</summary>
    public IReadOnlyList<Attachment> Attachments => _attachments;

    private protected override void Attach(TreeNode? parent) => Parent = (Location?)parent;
}
