namespace Cmms.Domain.Imports;

/// <summary>A table that somebody brings along, as texts.</summary>
/// <param name="Headings">Of its columns, in order.</param>
/// <param name="Rows">Those that are not empty; each has as many cells as there are headings.</param>
public sealed record ImportTable(IReadOnlyList<string> Headings, IReadOnlyList<ImportLine> Rows)
{
    /// <summary>More would take longer than anybody waits for an answer.</summary>
    public const int MostRows = 5_000;
}

/// <summary>One row of a table.</summary>
/// <param name="Number">The line of the file on which it begins, from 1.</param>
public sealed record ImportLine(int Number, IReadOnlyList<string> Cells);

/// <summary>What an import came to. With errors, nothing of it was kept.</summary>
/// <param name="Rows">How many rows the file has.</param>
/// <param name="Created">How many of them are new.</param>
/// <param name="Updated">How many changed something that was there.</param>
/// <param name="Unchanged">How many say what was there already.</param>
public sealed record ImportResult(int Rows, int Created, int Updated, int Unchanged, IReadOnlyList<ImportError> Errors);

/// <summary>What is wrong with a row.</summary>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Column">The heading of the column, as the file has it; null where no single one is at fault.</param>
/// <param name="Code">Stable, as in other errors.</param>
/// <param name="Message">In words.</param>
public sealed record ImportError(int Line, string? Column, string Code, string Message);

/// <summary>What becomes of names that nothing has yet: part types, asset types, measurement units.</summary>
public enum MissingNames
{
    /// <summary>They are errors.</summary>
    Refuse,
    /// <summary>They are made.</summary>
    Create,
}
