using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Files;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Files;

/// <summary>A picture or document that belongs to something.</summary>
[ObjectType<Attachment>]
[Authorize(Permission.ViewMachines, Permission.ViewInventory, Permission.ViewWorkOrders, Permission.ViewRequests, Permission.SubmitRequests)]
[Hide(nameof(Attachment.FileName), nameof(Attachment.File), nameof(Attachment.Subject), nameof(Attachment.AssetId), nameof(Attachment.LocationId), nameof(Attachment.PartId),
    nameof(Attachment.StockTransactionId), nameof(Attachment.VendorId), nameof(Attachment.WorkRequestId), nameof(Attachment.WorkRequest), nameof(Attachment.WorkOrderId))]
[UseSearch(nameof(Attachment.Name))]
internal static class AttachmentFields
{
    /// <summary>
    /// Where it is shown, below this server's address. Whoever has the address may see it, without a key, for an hour or two: put it into a page, do not keep it.
    /// Pictures and PDF are shown, anything else is saved.
    /// </summary>
    public static string Url([Parent] Attachment attachment, [Service] TimeProvider clock) => AttachmentFile.UrlOf(attachment, clock.Now);

    /// <summary>As <c>url</c>, to save it under its name.</summary>
    public static string DownloadUrl([Parent] Attachment attachment, [Service] TimeProvider clock) => AttachmentFile.DownloadUrlOf(attachment, clock.Now);

    /// <summary>Smaller versions; null for a document.</summary>
    public static Thumbnails? Thumbnails([Parent] Attachment attachment, [Service] TimeProvider clock) => AttachmentFile.ThumbnailsOf(attachment, clock.Now);

    /// <summary>What it belongs to.</summary>
    public static async Task<IReadOnlyList<IHasAttachments>> Subject(IReadOnlyList<Attachment> attachments, CmmsDb db, CancellationToken cancel)
    {
        Dictionary<(Type, long), IHasAttachments> subjects = [];
        foreach (var group in attachments.Select(a => a.Subject).Distinct().GroupBy(s => s.Type, s => s.Id))
            foreach (var subject in await Load(group.Key, [.. group])) subjects.Add((group.Key, subject.Id), subject);
        return [.. attachments.Select(a => subjects[a.Subject])];

        async Task<IReadOnlyList<IHasAttachments>> Load(Type type, IReadOnlyList<long> ids) => type.Name switch
        {
            nameof(Asset) => await Rows<Asset>(ids),
            nameof(Location) => await Rows<Location>(ids),
            nameof(Part) => await Rows<Part>(ids),
            nameof(StockTransaction) => await Rows<StockTransaction>(ids),
            nameof(Vendor) => await Rows<Vendor>(ids),
            nameof(WorkRequest) => await Rows<WorkRequest>(ids),
            _ => await Rows<WorkOrder>(ids),
        };

        async Task<IReadOnlyList<IHasAttachments>> Rows<T>(IReadOnlyList<long> ids) where T : Entity, IHasAttachments =>
            await db.Set<T>().Where(row => ids.Contains(row.Id)).ToListAsync(cancel);
    }
}

/// <summary>What files can be attached to.</summary>
[InterfaceType<IHasAttachments>(Name = "HasAttachments")]
internal static class HasAttachmentsFields
{
    /// <summary>The pictures of it, in the order in which they were attached; a hundred at most.</summary>
    [Cost(1, AssumedSize = 5)]
    public static Task<IReadOnlyList<IReadOnlyList<Attachment>>> Images(IReadOnlyList<IHasAttachments> subjects, CmmsDb db, CancellationToken cancel) =>
        Of(subjects, AttachmentKind.Image, db, cancel);

    /// <summary>The other files of it, in the order in which they were attached; a hundred at most.</summary>
    [Cost(1, AssumedSize = 5)]
    public static Task<IReadOnlyList<IReadOnlyList<Attachment>>> Documents(IReadOnlyList<IHasAttachments> subjects, CmmsDb db, CancellationToken cancel) =>
        Of(subjects, AttachmentKind.Document, db, cancel);

    /// <summary>The first of its pictures, for lists; null without any.</summary>
    public static async Task<IReadOnlyList<Thumbnails?>> Image(IReadOnlyList<IHasAttachments> subjects, CmmsDb db, [Service] TimeProvider clock, CancellationToken cancel)
    {
        Dictionary<(Type, long), Attachment> first = [];
        foreach (var group in subjects.GroupBy(s => s.GetType(), s => s.Id))
        {
            var key = group.Key.Name + nameof(Entity.Id);
            var firsts = db.Attachments.Of(group.Key, [.. group.Distinct()]).Where(a => a.Kind == AttachmentKind.Image).GroupBy(a => EF.Property<long?>(a, key)).Select(g => g.Min(a => a.Id));
            foreach (var image in await db.Attachments.Where(a => firsts.Contains(a.Id)).ToListAsync(cancel)) first.Add(image.Subject, image);
        }
        return [.. subjects.Select(s => first.GetValueOrDefault((s.GetType(), s.Id)) is { } image ? AttachmentFile.ThumbnailsOf(image, clock.Now) : null)];
    }

    private static async Task<IReadOnlyList<IReadOnlyList<Attachment>>> Of(IReadOnlyList<IHasAttachments> subjects, AttachmentKind kind, CmmsDb db, CancellationToken cancel)
    {
        List<Attachment> all = [];
        foreach (var group in subjects.GroupBy(s => s.GetType(), s => s.Id))
            all.AddRange(await db.Attachments.Of(group.Key, [.. group.Distinct()]).Where(a => a.Kind == kind).OrderBy(a => a.Id).ToListAsync(cancel));
        var bySubject = all.ToLookup(a => a.Subject);
        return [.. subjects.Select(IReadOnlyList<Attachment> (s) => [.. bySubject[(s.GetType(), s.Id)]])];
    }
}

/// <summary>Smaller versions of a picture: WebP, no larger than it. Their addresses are good for an hour or two.</summary>
/// <param name="Small">At most 160 pixels wide and high, for lists.</param>
/// <param name="Medium">At most 640 pixels wide and high.</param>
/// <param name="Large">At most 1,600 pixels wide and high.</param>
internal sealed record Thumbnails(string Small, string Medium, string Large);

/// <summary>Smaller versions of a picture: WebP, no larger than it. Their addresses are good for an hour or two.</summary>
[ObjectType<Thumbnails>]
internal static class ThumbnailsFields;
