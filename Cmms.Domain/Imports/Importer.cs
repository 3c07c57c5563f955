using Cmms.Domain.Persistence;

namespace Cmms.Domain.Imports;

/// <summary>A column that an import knows.</summary>
/// <param name="Heading">As exports write it.</param>
/// <param name="Aliases">How other systems call it.</param>
/// <param name="Set">Puts a cell that is not empty into the object of its row.</param>
internal sealed record Column<T>(string Heading, string[] Aliases, Func<T, Cell, Task> Set)
{
    public Column(string heading, string[] aliases, Action<T, Cell> set) : this(heading, aliases, (row, cell) =>
    {
        set(row, cell);
        return Task.CompletedTask;
    })
    {
    }
}

/// <summary>
/// Brings a table into the site, all of it or nothing: a row whose code is known changes what is there, any other makes something new; an empty cell leaves
/// what is there as it is. It runs inside an open write transaction; when a row is wrong, or for a rehearsal, that is undone at its end.
/// </summary>
internal abstract class Importer<T>(CmmsDb db) where T : SiteEntity
{
    /// <summary>Rows after which what is tracked is forgotten: each save looks at all of it.</summary>
    private const int Chunk = 10;
    private int _created, _updated, _unchanged;
    private readonly List<ImportError> _errors = [];

    protected CmmsDb Db => db;

    /// <summary>All columns, in the order of exports; the first names the object.</summary>
    public abstract IReadOnlyList<Column<T>> Columns { get; }

    /// <summary>The heading of the column by which an object is known.</summary>
    protected abstract string KeyColumn { get; }

    /// <summary>Reads what rows may name.</summary>
    protected abstract Task Prepare(CancellationToken cancel);

    /// <summary>The object that the row is about, held; null where it is new.</summary>
    protected abstract Task<T?> Known(ImportRow row, CancellationToken cancel);

    /// <summary>Something new of this row, not yet added.</summary>
    protected abstract Task<T> Make(ImportRow row, CancellationToken cancel);

    /// <summary>What several cells say together.</summary>
    protected abstract Task Complete(T item, ImportRow row, CancellationToken cancel);

    /// <summary>What is done when it is saved.</summary>
    /// <returns>Whether that changed anything.</returns>
    protected abstract Task<bool> Follow(T item, ImportRow row, bool isNew, CancellationToken cancel);

    /// <summary>The rows in an order in which each can be done: whatever it refers to within the file comes before it.</summary>
    protected virtual IEnumerable<ImportRow> InOrder(IReadOnlyList<ImportRow> rows) => rows;

    /// <summary>Nothing that was read before is known any more.</summary>
    protected abstract void Forget();

    public async Task<ImportResult> Run(ImportTable table, CancellationToken cancel)
    {
        var columns = ColumnsOf(table);
        if (table.Rows.Count == 0) throw new InvalidValue("file", "has no rows");
        if (table.Rows.Count > ImportTable.MostRows) throw new InvalidValue("file", $"has {table.Rows.Count} rows; at most {ImportTable.MostRows} are taken at once");
        var rows = table.Rows.Select(line => new ImportRow(line, columns.Select(c => c.Column.Heading), columns.Select((c, i) => new Cell(c.Heading, Cell.Plain(line.Cells[i]))))).ToList();
        await Prepare(cancel);
        RefuseTwins(rows);
        var done = 0;
        foreach (var row in InOrder(rows))
        {
            if (_errors.Exists(e => e.Line == row.Line)) continue;
            await Attempt(row, columns, cancel);
            if (++done % Chunk > 0) continue;
            db.ChangeTracker.Clear();
            Forget();
        }
        return new ImportResult(rows.Count, _created, _updated, _unchanged, [.. _errors.OrderBy(e => e.Line)]);
    }

    protected void Fail(ImportRow row, DomainError error) => _errors.Add(new ImportError(row.Line, row.HeadingOf(error.Field), error.Code, error.Message));

    private async Task Attempt(ImportRow row, IReadOnlyList<(Column<T> Column, string Heading)> columns, CancellationToken cancel)
    {
        try
        {
            var known = await Known(row, cancel);
            var item = known ?? await Make(row, cancel);
            foreach (var (column, _) in columns)
            {
                if (row[column.Heading] is not { IsEmpty: false } cell) continue;
                try
                {
                    await column.Set(item, cell);
                }
                catch (DomainError error) when (row.HeadingOf(error.Field) is null)
                {
                    throw new CellError(cell.Heading, error);
                }
            }
            await Complete(item, row, cancel);
            if (known is null) db.Add(item);
            var changes = db.ChangeTracker.HasChanges();
            await db.SaveChangesAsync(cancel);
            changes |= await Follow(item, row, known is null, cancel);
            if (known is null) _created++;
            else if (changes) _updated++;
            else _unchanged++;
        }
        catch (DomainError error)
        {
            Fail(row, error);
            // What is half done is undone with all the rest; the other rows are to say what is wrong with them too.
            db.ChangeTracker.Clear();
            Forget();
        }
    }

    private List<(Column<T> Column, string Heading)> ColumnsOf(ImportTable table)
    {
        Dictionary<string, Column<T>> known = [];
        foreach (var column in Columns)
            foreach (var name in column.Aliases.Prepend(column.Heading)) known.Add(Plain(name), column);
        List<(Column<T>, string)> found = [];
        foreach (var heading in table.Headings)
        {
            if (!known.TryGetValue(Plain(heading), out var column))
                throw new InvalidValue("file", $"has a column '{heading}' that is not known; those that are: {string.Join(", ", Columns.Select(c => c.Heading))}");
            if (found.Exists(f => f.Item1 == column)) throw new InvalidValue("file", $"has two columns for '{column.Heading}'");
            found.Add((column, heading));
        }
        if (!found.Exists(f => f.Item1 == Columns[0]) && !found.Exists(f => f.Item1.Heading == KeyColumn)) throw new InvalidValue("file", $"must have a column '{Columns[0].Heading}'");
        return found;
    }

    private void RefuseTwins(List<ImportRow> rows)
    {
        foreach (var twins in rows.Where(r => r[KeyColumn] is { IsEmpty: false }).GroupBy(r => r[KeyColumn]!.Text).Where(g => g.Count() > 1))
            foreach (var twin in twins.Skip(1))
                _errors.Add(new ImportError(twin.Line, twin[KeyColumn]!.Heading, "DUPLICATE", $"'{twins.Key}' stands on line {twins.First().Line} already."));
    }

    /// <summary>"On Hand Qty", "on_hand_qty" and "onHandQty" are one column.</summary>
    private static string Plain(string heading) => string.Concat(Text.Fold(heading).Where(char.IsLetterOrDigit));
}

/// <summary>A row and its cells, by the headings of the columns that the import knows.</summary>
internal sealed class ImportRow(ImportLine line, IEnumerable<string> headings, IEnumerable<Cell> cells)
{
    private readonly Dictionary<string, Cell> _cells = headings.Zip(cells).ToDictionary(c => c.First, c => c.Second);

    public int Line => line.Number;

    /// <summary>Null where the file has no such column.</summary>
    public Cell? this[string heading] => _cells.GetValueOrDefault(heading);

    /// <summary>The text of a cell that is there and not empty.</summary>
    public string? TextOf(string heading) => this[heading] is { IsEmpty: false } cell ? cell.Text : null;

    /// <summary>The file's heading that an error is about; null where no cell is.</summary>
    public string? HeadingOf(string field) => _cells.Values.FirstOrDefault(c => c.Heading == field)?.Heading;
}

/// <summary>An error of the domain, of a cell.</summary>
internal sealed class CellError(string heading, DomainError error) : DomainError(error.Code, error.Message, heading);
