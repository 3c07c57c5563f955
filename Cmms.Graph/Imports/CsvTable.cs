using System.Globalization;
using System.Text;
using Cmms.Domain;
using Cmms.Domain.Files;
using Cmms.Domain.Imports;
using CsvHelper;
using CsvHelper.Configuration;
using Engines.GraphQL;

namespace Cmms.Graph.Imports;

/// <summary>Reads a CSV file as people's programs write it: UTF-8, parted by commas, semicolons or tabs, the headings on its first line.</summary>
internal static class CsvTable
{
    private const int MostBytes = 5 * 1024 * 1024;

    /// <exception cref="FileTooLarge"/>
    /// <exception cref="UnsupportedFile"/>
    /// <exception cref="InvalidValue">A line has more cells than there are headings.</exception>
    public static async Task<ImportTable> Read(UploadedFile file, CancellationToken cancel)
    {
        if (file.Length > MostBytes) throw new FileTooLarge(nameof(file), (int)Math.Min(file.Length, int.MaxValue), MostBytes);
        try
        {
            using StreamReader reader = new(file.OpenRead(), new UTF8Encoding(false, throwOnInvalidBytes: true));
            using CsvParser parser = new(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { DetectDelimiter = true, DetectDelimiterValues = [",", ";", "\t"], TrimOptions = TrimOptions.Trim, BadDataFound = null });
            if (!await parser.ReadAsync()) throw new UnsupportedFile(nameof(file), "a CSV file with headings on its first line");
            var headings = parser.Record!;
            List<ImportLine> rows = [];
            while (await parser.ReadAsync())
            {
                cancel.ThrowIfCancellationRequested();
                var cells = parser.Record!;
                if (Array.TrueForAll(cells, string.IsNullOrEmpty)) continue;
                if (cells.Length > headings.Length) throw new InvalidValue(nameof(file), $"has more cells on line {parser.RawRow} than headings");
                if (rows.Count == ImportTable.MostRows) throw new InvalidValue(nameof(file), $"has too many rows; at most {ImportTable.MostRows} are taken at once");
                rows.Add(new ImportLine(parser.RawRow, [.. cells, .. Enumerable.Repeat("", headings.Length - cells.Length)]));
            }
            return new ImportTable(headings, rows);
        }
        catch (Exception unreadable) when (unreadable is DecoderFallbackException or CsvHelperException)
        {
            throw new UnsupportedFile(nameof(file), "a CSV file in UTF-8");
        }
    }
}
