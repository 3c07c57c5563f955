using Cmms.Domain.Persistence;

namespace Cmms.Domain.Imports;

/// <summary>Objects as a file names them: by code, name or path, whatever the case and accents. Only what is asked for is read.</summary>
/// <param name="what">As errors call them.</param>
/// <param name="ids">By folded name.</param>
/// <param name="make">Makes one of a name that nothing has; null: that is an error.</param>
internal sealed class Names<T>(CmmsDb db, string what, IEnumerable<(string? Name, long Id)> ids, Func<string, T>? make = null) where T : Entity
{
    private readonly Dictionary<string, long> _ids = ids.Where(i => i.Name is not null).GroupBy(i => Text.Fold(i.Name!), i => i.Id).ToDictionary(g => g.Key, g => g.First());
    private readonly Dictionary<long, T> _held = [];

    public bool Has(string name) => _ids.ContainsKey(Text.Fold(name));

    public void Add(string? name, long id)
    {
        if (name is not null) _ids.TryAdd(Text.Fold(name), id);
    }

    /// <exception cref="NotFound"/>
    public async Task<T> Find(string name, string heading, CancellationToken cancel)
    {
        if (!_ids.TryGetValue(Text.Fold(name), out var id))
        {
            if (make is null) throw new NotFound($"{what} '{name}'", heading);
            var made = make(name);
            db.Add(made);
            await db.SaveChangesAsync(cancel);
            Add(name, id = made.Id);
            _held.Add(id, made);
        }
        if (_held.TryGetValue(id, out var known)) return known;
        return _held[id] = await db.Find<T>(id, cancel, heading);
    }

    /// <summary>What was read is read again when it is asked for.</summary>
    public void Forget() => _held.Clear();
}
