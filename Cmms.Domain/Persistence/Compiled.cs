using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cmms.Domain.Persistence;

/// <summary>A query that every request makes, compiled once for each model (which is: each provider). It takes all its values as parameters.</summary>
internal sealed class Compiled<TQuery>(Func<TQuery> compile) where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, TQuery> _byModel = [];

    public TQuery For(CmmsDb db) => _byModel.GetValue(db.Model, _ => compile());
}
