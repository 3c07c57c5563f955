using Cmms.Domain.Persistence;

namespace Cmms.Domain.Imports;

/// <summary>Bringing tables into a site: all of a table or nothing of it.</summary>
public static class Importing
{
    extension(CmmsDb db)
    {
        /// <param name="rehearse">Everything is done as it would be, and undone at the end.</param>
        /// <exception cref="InvalidValue">The table itself is wrong: its headings, or how many rows it has.</exception>
        public Task<ImportResult> ImportParts(ImportTable table, MissingNames missing, bool rehearse, CancellationToken cancel) => Whole(db, new PartImport(db, missing), table, rehearse, cancel);

        /// <inheritdoc cref="ImportParts"/>
        public Task<ImportResult> ImportAssets(ImportTable table, MissingNames missing, bool rehearse, CancellationToken cancel) => Whole(db, new AssetImport(db, missing), table, rehearse, cancel);

        /// <inheritdoc cref="ImportParts"/>
        public Task<ImportResult> ImportLocations(ImportTable table, bool rehearse, CancellationToken cancel) => Whole(db, new LocationImport(db), table, rehearse, cancel);
    }

    /// <summary>The headings of each kind of table, as exports write them.</summary>
    public static IReadOnlyList<string> PartHeadings { get; } = [.. new PartImport(null!, MissingNames.Refuse).Columns.Select(c => c.Heading)];
    public static IReadOnlyList<string> AssetHeadings { get; } = [.. new AssetImport(null!, MissingNames.Refuse).Columns.Select(c => c.Heading)];
    public static IReadOnlyList<string> LocationHeadings { get; } = [.. new LocationImport(null!).Columns.Select(c => c.Heading)];

    private static async Task<ImportResult> Whole<T>(CmmsDb db, Importer<T> importer, ImportTable table, bool rehearse, CancellationToken cancel) where T : SiteEntity
    {
        var result = await importer.Run(table, cancel);
        if (rehearse || result.Errors.Count > 0) db.UndoAtEnd();
        return result;
    }
}
