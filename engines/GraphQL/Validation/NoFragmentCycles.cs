using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class NoFragmentCycles(ValidationContext context) : ValidationRule(context)
{
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly List<FragmentSpreadNode> _path = [];

    public override void EnterFragment(FragmentDefinitionNode fragment) => Follow(fragment);

    private void Follow(FragmentDefinitionNode fragment)
    {
        if (!_visited.Add(fragment.Name)) return;
        _open[fragment.Name] = _path.Count;
        foreach (var spread in Context.SpreadsOf(fragment))
        {
            _path.Add(spread);
            if (_open.TryGetValue(spread.Name, out var start)) ReportCycle(spread, _path[start..]);
            else if (Context.Fragments.TryGetValue(spread.Name, out var next)) Follow(next);
            _path.RemoveAt(_path.Count - 1);
        }
        _open.Remove(fragment.Name);
    }

    private void ReportCycle(FragmentSpreadNode spread, List<FragmentSpreadNode> cycle)
    {
        var via = string.Join(", ", cycle.Take(cycle.Count - 1).Take(20).Select(s => $"\"{s.Name}\""));
        Report($"Cannot spread fragment \"{spread.Name}\" within itself{(via.Length > 0 ? $" via {via}" : "")}.", [.. cycle.Select(s => s.Span)]);
    }
}
