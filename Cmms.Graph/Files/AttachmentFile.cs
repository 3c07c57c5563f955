using System.Globalization;
using System.Net.Mime;
using System.Text;
using Cmms.Domain;
using Cmms.Domain.Files;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Cmms.Graph.Files;

/// <summary>Serves attachments to whoever has a signed address. Unknown, removed, expired and forged are one answer.</summary>
internal static class AttachmentFile
{
    private const string Path = "/files", Download = "download";

    /// <summary>Where it is shown; what browsers do not show, they save.</summary>
    public static string UrlOf(Attachment attachment, Instant now) => UrlOf(attachment, null, now);

    /// <summary>Where it is saved under its name.</summary>
    public static string DownloadUrlOf(Attachment attachment, Instant now) => UrlOf(attachment, Download, now);

    /// <summary>Where its small pictures are; null for what is none.</summary>
    public static Thumbnails? ThumbnailsOf(Attachment attachment, Instant now)
    {
        return attachment.Kind is AttachmentKind.Image ? new Thumbnails(Of(ThumbnailSize.Small), Of(ThumbnailSize.Medium), Of(ThumbnailSize.Large)) : null;

        string Of(ThumbnailSize size) => UrlOf(attachment, size.Name, now);
    }

    public static void MapAttachments(this WebApplication app) =>
        app.MapMethods(Path + "/{id:long}/{what?}", [HttpMethods.Get, HttpMethods.Head], (long id, string? what, HttpContext http, CmmsDbFactory factory, TimeProvider clock) => ServeAsync(id, what, http, factory, clock));

    private static async Task<IResult> ServeAsync(long id, string? what, HttpContext http, CmmsDbFactory factory, TimeProvider clock)
    {
        if (SignedAddress.Asked(http.Request, clock.Now) is not { } address) return Results.NotFound();
        await using var db = factory.For(Scope.System);
        // The signature stands in for the caller, whose site nobody knows here.
        if (await db.AnybodysAttachments.SingleOrDefaultAsync(a => a.Id == id, http.RequestAborted) is not { } attachment || !address.IsSignedBy(KeyOf(attachment))) return Results.NotFound();
        return ThumbnailSize.Named(what) is { } size ? await Small(attachment, size) : what is null or Download ? Whole(attachment) : Results.NotFound();

        IResult Whole(Attachment file)
        {
            if (factory.Files.Open(file.FileName) is not { } content) return Results.NotFound();
            var opens = file.ContentType == MediaTypeNames.Application.Pdf;
            http.Response.Harmless(address.SecondsLeft, opens);
            ContentDispositionHeaderValue place = new(what is null && (opens || file.Kind is AttachmentKind.Image) ? "inline" : "attachment");
            place.SetHttpFileName(file.Name);
            http.Response.Headers.ContentDisposition = place.ToString();
            return Results.Stream(content, file.ContentType, lastModified: file.CreatedAt.ToDateTimeOffset(), enableRangeProcessing: true);
        }

        async Task<IResult> Small(Attachment file, ThumbnailSize size)
        {
            if (file.Kind is not AttachmentKind.Image || await size.Of(factory.Files, file.FileName, http.RequestAborted) is not { } picture) return Results.NotFound();
            http.Response.Harmless(address.SecondsLeft);
            return Results.Bytes(picture, MediaTypeNames.Image.Webp);
        }
    }

    private static string UrlOf(Attachment attachment, string? what, Instant now) =>
        SignedAddress.Of(string.Create(CultureInfo.InvariantCulture, $"{Path}/{attachment.Id}{(what is null ? "" : "/")}{what}"), KeyOf(attachment), now);

    private static byte[] KeyOf(Attachment attachment) => Encoding.UTF8.GetBytes(attachment.FileName);
}
