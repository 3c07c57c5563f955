using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Data;

/// <summary>A column that a list searches, and what one must be allowed to read to search it: the property itself, and whatever the way to it leads through.</summary>
/// <param name="guards">Asked for once the schema is whole.</param>
internal sealed class SearchPath(ColumnPath column, Func<IEnumerable<FieldGuard>> guards)
{
    private FieldGuard[]? _guards;

    public ColumnPath Column => column;

    public bool MayRead(RequestContext caller)
    {
        foreach (var guard in _guards ??= [.. guards()])
            if (guard.Deny(caller) is not null) return false;
        return true;
    }
}
