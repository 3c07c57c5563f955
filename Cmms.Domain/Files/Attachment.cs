using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Work;

namespace Cmms.Domain.Files;

/// <summary>A picture or document that belongs to something (seed 003: images, documents).</summary>
public sealed class Attachment : SiteEntity
{
    /// <summary>How many files one thing may have.</summary>
    public const int MostOfOne = 100;

    private Attachment() { } // EF Core

    internal Attachment(IHasAttachments subject, AttachmentKind kind, string name, string contentType, int size, StoredFile file)
    {
        (Kind, Name, ContentType, Size, File, FileName) = (kind, name, contentType, size, file, file.Name);
        BelongTo(subject);
    }

    /// <summary>Whether it is a picture.</summary>
    public AttachmentKind Kind { get; private set; }

    /// <summary>What whoever sent it calls it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The media type: of a picture by its content, of a document as whoever sent it says.</summary>
    public string ContentType { get; private set; } = "";

    /// <summary>In bytes.</summary>
    public int Size { get; private set; }

    public string FileName { get; private set; } = "";
    /// <summary>Where its content is.</summary>
    public StoredFile File { get; private set; } = null!;

    // One of these says what it belongs to.
    public long? AssetId { get; private set; }
    public long? LocationId { get; private set; }
    public long? PartId { get; private set; }
    public long? StockTransactionId { get; private set; }
    public long? VendorId { get; private set; }
    public long? WorkRequestId { get; private set; }
    public WorkRequest? WorkRequest { get; private set; }
    public long? WorkOrderId { get; private set; }

    /// <summary>What it belongs to.</summary>
    public (Type Type, long Id) Subject => this switch
    {
        { AssetId: { } id } => (typeof(Asset), id),
        { LocationId: { } id } => (typeof(Location), id),
        { PartId: { } id } => (typeof(Part), id),
        { StockTransactionId: { } id } => (typeof(StockTransaction), id),
        { VendorId: { } id } => (typeof(Vendor), id),
        { WorkRequestId: { } id } => (typeof(WorkRequest), id),
        _ => (typeof(WorkOrder), WorkOrderId!.Value),
    };

    /// <summary>The same file, of an order as well: what a request showed, its order shows too.</summary>
    internal Attachment For(WorkOrder order) => new(order, Kind, Name, ContentType, Size, File);

    /// <summary>It goes to another order, as when two are merged.</summary>
    internal void GoTo(WorkOrder order) => BelongTo(order);

    private void BelongTo(IHasAttachments subject)
    {
        (AssetId, LocationId, PartId, StockTransactionId, VendorId, WorkRequestId, WorkOrderId) =
            (Of<Asset>(), Of<Location>(), Of<Part>(), Of<StockTransaction>(), Of<Vendor>(), Of<WorkRequest>(), Of<WorkOrder>());

        long? Of<T>() => subject is T ? subject.Id : null;
    }
}

/// <summary>What an attached file is.</summary>
public enum AttachmentKind
{
    /// <summary>A picture that every browser shows: PNG, JPEG, GIF or WebP.</summary>
    Image,
    /// <summary>Anything else.</summary>
    Document,
}
