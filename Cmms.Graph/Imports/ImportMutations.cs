using Cmms.Domain.Files;
using Cmms.Domain.Imports;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Imports;

/// <summary>Tables that people bring along: all of a file or nothing of it.</summary>
[MutationType]
internal static class ImportMutations
{
    /// <summary>
    /// Brings parts in from a CSV file; a row with the number of a part changes it, any other makes a new one. Columns: name, number, description, area, type, storeroom, unit, non stock, on hand,
    /// minimum, desired, unit cost, lead time, vendor, vendor part number, qr code, or as other systems call them. What is on hand and what one costs are taken of new parts alone.
    /// </summary>
    /// <param name="file">UTF-8, the headings on its first line; at most 5,000 rows and 5 MiB.</param>
    /// <param name="dryRun">Only try: everything is done as it would be, and undone.</param>
    /// <param name="missing">What becomes of part types and units that are not there yet.</param>
    [Payload("import"), Authorize(Permission.ManageInventory), Error<FileTooLarge, UnsupportedFile>]
    public static async Task<ImportOutcome> ImportParts(UploadedFile file, CmmsDb db, CancellationToken cancel, bool dryRun = false, MissingNames missing = MissingNames.Refuse) =>
        new(await db.ImportParts(await CsvTable.Read(file, cancel), missing, dryRun, cancel), dryRun);

    /// <summary>
    /// Brings assets in from a CSV file; a row with the code of an asset changes it, any other makes a new one. Columns: name, code, parent, location, types, process, description, manufacturer, model,
    /// serial number, condition, purchase date, purchase cost, replacement cost, salvage value, downtime cost per hour, warranty expiration date, warranty notice days, life expectancy months,
    /// theoretical capacity, capacity unit, technicians, qr code, or as other systems call them. Parents may stand anywhere in the same file.
    /// </summary>
    /// <param name="file">UTF-8, the headings on its first line; at most 5,000 rows and 5 MiB.</param>
    /// <param name="dryRun">Only try: everything is done as it would be, and undone.</param>
    /// <param name="missing">What becomes of asset types that are not there yet.</param>
    [Payload("import"), Authorize(Permission.ManageAssets), Error<FileTooLarge, UnsupportedFile>]
    public static async Task<ImportOutcome> ImportAssets(UploadedFile file, CmmsDb db, CancellationToken cancel, bool dryRun = false, MissingNames missing = MissingNames.Refuse) =>
        new(await db.ImportAssets(await CsvTable.Read(file, cancel), missing, dryRun, cancel), dryRun);

    /// <summary>
    /// Brings locations in from a CSV file; a row with the code of a location, or without a code its path, changes it, any other makes a new one. Columns: name, code, parent, description, address,
    /// qr code, or as other systems call them. Parents may stand anywhere in the same file.
    /// </summary>
    /// <param name="file">UTF-8, the headings on its first line; at most 5,000 rows and 5 MiB.</param>
    /// <param name="dryRun">Only try: everything is done as it would be, and undone.</param>
    [Payload("import"), Authorize(Permission.ManageAssets), Error<FileTooLarge, UnsupportedFile>]
    public static async Task<ImportOutcome> ImportLocations(UploadedFile file, CmmsDb db, CancellationToken cancel, bool dryRun = false) =>
        new(await db.ImportLocations(await CsvTable.Read(file, cancel), dryRun, cancel), dryRun);
}

/// <summary>What an import came to. With row errors, nothing of it was kept.</summary>
/// <param name="IsDryRun">Whether it was only tried.</param>
internal sealed record ImportOutcome(ImportResult Result, bool IsDryRun)
{
    private const int MostErrors = 1_000;

    /// <summary>How many rows the file has.</summary>
    public int Rows => Result.Rows;

    /// <summary>How many of them are new.</summary>
    public int Created => Result.Created;

    /// <summary>How many changed something that was there.</summary>
    public int Updated => Result.Updated;

    /// <summary>How many say what was there already.</summary>
    public int Unchanged => Result.Unchanged;

    /// <summary>Whether what it says was kept: it was no trial, and no row was wrong.</summary>
    public bool IsApplied => !IsDryRun && Result.Errors.Count == 0;

    /// <summary>What is wrong with which row, in the order of the file; at most 1,000.</summary>
    public IReadOnlyList<ImportError> RowErrors => [.. Result.Errors.Take(MostErrors)];
}

/// <summary>What an import came to. With row errors, nothing of it was kept.</summary>
[ObjectType<ImportOutcome>(Name = "ImportResult"), Hide(nameof(ImportOutcome.Result))]
internal static class ImportOutcomeFields;

/// <summary>What is wrong with a row.</summary>
[ObjectType<ImportError>(Name = "ImportRowError")]
internal static class ImportErrorFields;
