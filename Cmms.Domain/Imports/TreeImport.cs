using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Imports;

/// <summary>Things in a tree. A parent is named by its code or its path ("Building A > Roof"), and may stand anywhere in the same file.</summary>
internal abstract class TreeImport<T>(CmmsDb db, string what) : Importer<T>(db) where T : TreeNode
{
    private const string Separator = " > ";
    private Names<T> _nodes = null!;

    protected override string KeyColumn => "code";

    protected Column<T> ParentColumn { get; } = new("parent", ["parent code", "parent path", "padre"], (_, _) => { });

    protected abstract IQueryable<KeyValuePair<string?, long>> Codes { get; }

    protected abstract T New(string name, T? parent);

    protected abstract string? CodeOf(T node);

    /// <summary>Whether something without a code is known by its path.</summary>
    protected virtual bool IsKnownByPath => false;

    protected override async Task Prepare(CancellationToken cancel)
    {
        var paths = await Db.Set<T>().Select(n => new { n.Path, n.Id }).ToListAsync(cancel);
        var codes = await Codes.ToListAsync(cancel);
        _nodes = new(Db, what, codes.Select(c => (c.Key, c.Value)).Concat(paths.Select(p => ((string?)p.Path, p.Id))));
    }

    protected override async Task<T?> Known(ImportRow row, CancellationToken cancel)
    {
        if (row.TextOf("code") is { } code) return _nodes.Has(code) && await _nodes.Find(code, "code", cancel) is var node && CodeOf(node) == code ? node : null;
        if (!IsKnownByPath || row.TextOf("name") is not { } name) return null;
        var path = row["parent"] is { IsEmpty: false } parent ? (await _nodes.Find(parent.Text, parent.Heading, cancel)).Path + Separator + name : name;
        return _nodes.Has(path) ? await _nodes.Find(path, "name", cancel) : null;
    }

    protected override async Task<T> Make(ImportRow row, CancellationToken cancel)
    {
        var name = row.TextOf("name") ?? throw new InvalidValue(row["name"]?.Heading ?? "name", "must not be empty for a new one");
        try
        {
            return New(name, await Db.FindParent<T>(row["parent"] is { IsEmpty: false } parent ? (await _nodes.Find(parent.Text, parent.Heading, cancel)).Id : null, cancel));
        }
        catch (InvalidValue wrong) when (wrong.Field == "parentId" && row["parent"] is { } parent)
        {
            throw new CellError(parent.Heading, wrong);
        }
    }

    protected override async Task Complete(T item, ImportRow row, CancellationToken cancel)
    {
        if (item.Id == 0) return;
        var (name, parent) = (row.TextOf("name") ?? item.Name, row["parent"] is { IsEmpty: false } cell ? (await _nodes.Find(cell.Text, cell.Heading, cancel)).Id : item.ParentId);
        if (name == item.Name && parent == item.ParentId) return;
        try
        {
            await Db.Move(item, name, parent, cancel);
        }
        catch (DomainError wrong) when (wrong.Field == "parentId" && row["parent"] is { } of)
        {
            throw new CellError(of.Heading, wrong);
        }
    }

    protected override Task<bool> Follow(T item, ImportRow row, bool isNew, CancellationToken cancel)
    {
        _nodes.Add(CodeOf(item), item.Id);
        _nodes.Add(item.Path, item.Id);
        return Task.FromResult(false);
    }

    protected override IEnumerable<ImportRow> InOrder(IReadOnlyList<ImportRow> rows)
    {
        var left = rows.ToList();
        while (left.Count > 0)
        {
            var coming = left.SelectMany(Brings).Select(Text.Fold).ToHashSet();
            var ready = left.Where(r => r.TextOf("parent") is not { } parent || !coming.Contains(Text.Fold(parent))).ToList();
            if (ready.Count == 0)
            {
                foreach (var row in left) Fail(row, new CellError(row["parent"]!.Heading, new TreeCycle(row.TextOf("name") ?? row.TextOf("code") ?? "It")));
                yield break;
            }
            foreach (var row in ready) yield return row;
            left.RemoveAll(ready.Contains);
        }
    }

    protected override void Forget() => _nodes.Forget();

    /// <summary>The names by which rows of the file may refer to this one.</summary>
    private static IEnumerable<string> Brings(ImportRow row)
    {
        if (row.TextOf("code") is { } code) yield return code;
        if (row.TextOf("name") is { } name) yield return row.TextOf("parent") is { } parent ? parent + Separator + name : name;
    }
}
