using Cmms.Domain;
using Cmms.Domain.Files;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Files;

/// <summary>Files of what is here, given and taken by whoever may change that.</summary>
[MutationType, Own<AttachmentRight>]
[Authorize(Permission.SubmitRequests, Permission.ExecuteWorkOrders, Permission.MoveStock, Permission.ManageInventory, Permission.ManageAssets)]
internal static class AttachmentMutations
{
    /// <summary>
    /// Attaches files to an asset, location, part, stock transaction, vendor, work request or work order; all of them or none. A picture is told by its content: PNG,
    /// JPEG, GIF or WebP of at most 150 MB; any other file is a document of at most 100 MB (seed 003). One thing has at most a hundred.
    /// </summary>
    /// <param name="subjectId">What they belong to.</param>
    /// <param name="files">At least one, none of them empty.</param>
    [Error<NotFound, InvalidTransition, FileTooLarge>]
    public static async Task<AttachedFiles> AttachFiles([ID] GlobalId subjectId, IReadOnlyList<UploadedFile> files, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        var subject = await AttachmentRight.Rule.ToChange(subjectId, caller, db, nameof(subjectId), cancel);
        if (files.Count == 0) throw new InvalidValue(nameof(files), "must not be empty");
        return new AttachedFiles(await db.Attach(subject, await Arrivals.Of(files, cancel), cancel), subject);
    }

    /// <summary>Takes a file away for good.</summary>
    [Error<NotFound, InvalidTransition>]
    public static async Task<RemovedAttachment> RemoveAttachment([ID<Attachment>] long id, SiteCaller caller, CmmsDb db, CancellationToken cancel)
    {
        var attachment = await db.Find<Attachment>(id, cancel);
        await AttachmentRight.Rule.Require(id, caller, db, cancel);
        var (type, subjectId) = attachment.Subject;
        var subject = await AttachmentRight.Rule.ToChange(new GlobalId(type.Name, subjectId), caller, db, nameof(id), cancel);
        await db.Detach(attachment, cancel);
        return new RemovedAttachment(attachment, subject);
    }
}

/// <summary>What was attached.</summary>
/// <param name="Attachments">The files, in the order in which they were sent.</param>
/// <param name="Subject">What they belong to.</param>
[Payload]
internal sealed record AttachedFiles(IReadOnlyList<Attachment> Attachments, IHasAttachments Subject);

/// <summary>What was taken away.</summary>
/// <param name="Attachment">The file, as it was.</param>
/// <param name="Subject">What it belonged to.</param>
[Payload]
internal sealed record RemovedAttachment(Attachment Attachment, IHasAttachments Subject);

/// <summary>Files of a request, for those who keep them.</summary>
internal static class Arrivals
{
    private const int StartBytes = 16;

    public static async Task<IReadOnlyList<Arrival>> Of(IReadOnlyList<UploadedFile>? files, CancellationToken cancel)
    {
        List<Arrival> arrivals = [];
        foreach (var file in files ?? [])
        {
            await using var content = file.OpenRead();
            var start = new byte[Math.Min(StartBytes, file.Length)];
            await content.ReadExactlyAsync(start, cancel);
            arrivals.Add(new Arrival(file.Name, file.ContentType, file.Length, start, () => Path.GetFileName(file.Keep())));
        }
        return arrivals;
    }
}
