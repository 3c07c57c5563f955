using System.Net.Mime;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Files;

/// <summary>A file that arrived in the <see cref="FileStore"/> and can be kept.</summary>
/// <param name="Name">What whoever sent it calls it.</param>
/// <param name="ContentType">What they say it is.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Start">Its first bytes.</param>
/// <param name="Keep">Keeps it, and answers its name in the store.</param>
public sealed record Arrival(string Name, string ContentType, long Size, byte[] Start, Func<string> Keep);

/// <summary>What is attached to what.</summary>
public static class Attachments
{
    /// <summary>Of a picture, in bytes (seed 003: 150 MB).</summary>
    public const int LargestImage = 150 * 1024 * 1024;

    /// <summary>Of any other file, in bytes (seed 003: 100 MB).</summary>
    public const int LargestDocument = 100 * 1024 * 1024;

    private const string Pdf = MediaTypeNames.Application.Pdf;

    /// <summary>Those of things of one type.</summary>
    /// <param name="subject">A type that has attachments.</param>
    public static IQueryable<Attachment> Of(this IQueryable<Attachment> attachments, Type subject, IReadOnlyCollection<long> ids)
    {
        var key = subject.Name + nameof(Entity.Id);
        return attachments.Where(a => EF.Property<long?>(a, key) != null && ids.Contains(EF.Property<long?>(a, key)!.Value));
    }

    extension(CmmsDb db)
    {
        /// <summary>Those of all sites, for whoever has shown a signature, and for upkeep.</summary>
        public IQueryable<Attachment> AnybodysAttachments => db.Attachments.IgnoreQueryFilters();

        /// <summary>Attaches files to something that is saved and held, and saves them; all of them or none. Those who follow it hear of it.</summary>
        /// <exception cref="FileTooLarge"/>
        /// <exception cref="InvalidValue">A file is empty, or it would have more than <see cref="Attachment.MostOfOne"/>.</exception>
        public async Task<IReadOnlyList<Attachment>> Attach(IHasAttachments subject, IReadOnlyList<Arrival> files, CancellationToken cancel)
        {
            if (files.Count == 0) return [];
            var kinds = files.Select((file, i) => KindOf(file, $"files[{i}]")).ToList();
            if (await db.Attachments.Of(subject.GetType(), [subject.Id]).CountAsync(cancel) + files.Count > Attachment.MostOfOne)
                throw new InvalidValue("files", $"would make more than {Attachment.MostOfOne}");
            // A request may send one file for several places.
            var names = files.Select(file => file.Keep()).ToList();
            var stored = await db.StoredFiles.AsTracking().Where(f => names.Contains(f.Name)).ToDictionaryAsync(f => f.Name, cancel);
            foreach (var name in names) stored.TryAdd(name, new StoredFile(db.Scope.CustomerId!.Value, name, db.Now));
            List<Attachment> attached = [.. files.Select((file, i) => new Attachment(subject, kinds[i].Kind, file.Name, kinds[i].ContentType, (int)file.Size, stored[names[i]]))];
            db.Attachments.AddRange(attached);
            await db.SaveChangesAsync(cancel);
            Tell(db, attached[0], "FilesAttached");
            return attached;
        }

        /// <summary>Takes a file away for good. Those who follow what it belonged to hear of it.</summary>
        public async Task Detach(Attachment attachment, CancellationToken cancel)
        {
            db.Attachments.Remove(attachment);
            await db.SaveChangesAsync(cancel);
            Tell(db, attachment, "FileRemoved");
        }

        /// <summary>What a request shows, its order shows too.</summary>
        internal async Task ShowAttachments(WorkRequest request, WorkOrder order, CancellationToken cancel)
        {
            foreach (var attachment in await db.Attachments.Include(a => a.File).Where(a => a.WorkRequestId == request.Id).OrderBy(a => a.Id).ToListAsync(cancel)) db.Attachments.Add(attachment.For(order));
        }

        /// <summary>What is attached to some orders goes to another.</summary>
        internal async Task MoveAttachments(IReadOnlyCollection<long> orderIds, WorkOrder to, CancellationToken cancel)
        {
            foreach (var attachment in await db.Attachments.Of(typeof(WorkOrder), orderIds).OrderBy(a => a.Id).ToListAsync(cancel)) attachment.GoTo(to);
        }
    }

    /// <summary>A line of the ledger has no history of its own.</summary>
    private static void Tell(CmmsDb db, Attachment attachment, string what)
    {
        var (type, id) = attachment.Subject;
        if (type != typeof(StockTransaction)) db.Record(type.Name, id, type.Name + what, []);
    }

    private static (AttachmentKind Kind, string ContentType) KindOf(Arrival file, string field)
    {
        if (file.Size == 0) throw new InvalidValue(field, "must not be empty");
        var image = Pictures.ContentTypeOf(file.Start);
        var largest = image is null ? LargestDocument : LargestImage;
        if (file.Size > largest) throw new FileTooLarge(field, (int)file.Size, largest);
        if (image is not null) return (AttachmentKind.Image, image);
        // Browsers open these where they stand, so they have to be what they are called.
        if (file.Start.AsSpan().StartsWith("%PDF-"u8)) return (AttachmentKind.Document, Pdf);
        return (AttachmentKind.Document, file.ContentType.StartsWith(Pdf, StringComparison.OrdinalIgnoreCase) ? MediaTypeNames.Application.Octet : file.ContentType);
    }
}
