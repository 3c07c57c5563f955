using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Assets;

[MutationType, Authorize(Permission.ManageAssets)]
internal static class LocationMutations
{
    /// <summary>Adds a place.</summary>
    /// <param name="parentId">The place that it lies in; none: it stands at the top.</param>
    /// <param name="generateQrCode">Give it a new code for its label.</param>
    [Error<NotFound, Duplicate>]
    public static async Task<Location> CreateLocation(
        string name, string? code, string? description, string? address, string? qrCode, [ID<Location>] long? parentId,
        CmmsDb db, CancellationToken cancel, bool generateQrCode = false)
    {
        Location location = new(name, await db.FindParent<Location>(parentId, cancel)) { Code = code, Description = description, Address = address };
        location.QrCode = await db.LabelOf(location, null, qrCode, generateQrCode, remove: false, cancel);
        db.Locations.Add(location);
        await db.SaveChangesAsync(cancel);
        return location;
    }

    /// <summary>Changes what is known about a place, and where it lies; the paths below it follow.</summary>
    /// <param name="version">The version that was read: the change is refused if the place has changed since.</param>
    /// <param name="parentId">The place that it lies in; null: it moves to the top.</param>
    /// <param name="generateQrCode">Give it a new code for its label.</param>
    /// <param name="removeQrCode">Take its code away.</param>
    [Error<NotFound, Duplicate, TreeCycle, Conflict>]
    public static async Task<Location> UpdateLocation(
        [ID<Location>] long id, int? version, Optional<string> name, Optional<string?> code, Optional<string?> description, Optional<string?> address,
        Optional<string?> qrCode, [ID<Location>] Optional<long?> parentId, CmmsDb db, CancellationToken cancel, bool generateQrCode = false, bool removeQrCode = false)
    {
        if (name.IsSet || parentId.IsSet) await db.FindInTree<Location>(id, cancel);
        var location = await db.FindVersion<Location>(id, version, cancel);
        if (name.IsSet || parentId.IsSet) await db.Move(location, name.Or(location.Name), parentId.Or(location.ParentId), cancel);
        location.Code = code.Or(location.Code);
        location.Description = description.Or(location.Description);
        location.Address = address.Or(location.Address);
        location.QrCode = await db.LabelOf(location, location.QrCode, qrCode.Or(location.QrCode), generateQrCode, removeQrCode, cancel);
        await db.SaveChangesAsync(cancel);
        return location;
    }

    /// <summary>Puts a place away: kept for its history, offered for nothing new.</summary>
    /// <param name="children">What becomes of the places in it.</param>
    [Error<NotFound, InUse>]
    public static async Task<Location> ArchiveLocation(
        [ID<Location>] long id, CmmsDb db, CancellationToken cancel, ChildrenOnArchive children = ChildrenOnArchive.Refuse)
    {
        var location = await db.FindInTree<Location>(id, cancel);
        await db.Archive(location, children, cancel);
        await db.SaveChangesAsync(cancel);
        return location;
    }

    /// <summary>Takes an archived place up again; what was archived below it stays so until it is asked for.</summary>
    [Error<NotFound>]
    public static async Task<Location> RestoreLocation([ID<Location>] long id, CmmsDb db, CancellationToken cancel)
    {
        var location = await db.FindInTree<Location>(id, cancel);
        await db.Restore(location, cancel);
        await db.SaveChangesAsync(cancel);
        return location;
    }
}
