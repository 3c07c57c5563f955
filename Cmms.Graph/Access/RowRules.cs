using Cmms.Domain;

namespace Cmms.Graph.Access;

/// <summary>Every rule about rows that there is.</summary>
internal static class RowRules
{
    public static IReadOnlyList<RowRule> All { get; } =
        [.. typeof(RowRules).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(RowRule))).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => (RowRule)Activator.CreateInstance(t)!)];

    /// <summary>Those of the rows that there are for the caller, whatever led to them.</summary>
    public static IQueryable<T> VisibleTo<T>(this IQueryable<T> rows, SiteCaller caller) where T : Entity =>
        All.OfType<RowRule<T>>().Aggregate(rows, (seen, rule) => rule.Visible(seen, caller));
}
