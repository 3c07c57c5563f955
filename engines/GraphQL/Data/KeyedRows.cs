using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Data;

/// <summary>Rows by the values of one column: one statement with one text, however many values.</summary>
internal static class KeyedRows
{
    public static async Task<IReadOnlyDictionary<object, object>> Load<T>(DbContext context, IProperty key, IReadOnlyCollection<object> values, CancellationToken cancel)
        where T : class
    {
        var rows = await Among(context.Set<T>().AsNoTracking(), key, values).ToListAsync(cancel);
        var getter = key.GetGetter();
        return rows.ToDictionary(row => getter.GetClrValue(row)!, object (row) => row);
    }

    public static IQueryable<T> Among<T>(IQueryable<T> rows, IProperty key, IReadOnlyCollection<object> values)
    {
        var entity = Expression.Parameter(typeof(T), "e");
        var among = Operators.In(key.On(entity), nullable: false, [.. values]);
        return rows.Where(Expression.Lambda<Func<T, bool>>(among, entity));
    }
}
