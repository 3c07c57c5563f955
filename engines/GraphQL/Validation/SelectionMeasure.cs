using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

/// <summary>
/// How large each operation is with its fragments spread out, without spreading them: each fragment is measured once and its size reused,
/// so a document of n nodes costs n steps, however often fragments spread fragments.
/// </summary>
internal sealed class SelectionMeasure(ValidationContext context)
{
    private readonly Dictionary<FragmentDefinitionNode, SelectionSize> _fragments = [];
    private readonly HashSet<FragmentDefinitionNode> _open = [];
    private int _nesting;

    public List<(OperationDefinitionNode Operation, SelectionSize Size)> Operations { get; } = [];
    /// <summary>What is below <c>__schema</c> and <c>__type</c>.</summary>
    public List<(FieldNode Field, SelectionSize Size)> Introspections { get; } = [];
    /// <summary>The first directive of each place that has more than is allowed.</summary>
    public List<DirectiveNode> Crowded { get; } = [];
    /// <summary>The first selection that lies too deep; null when none does.</summary>
    public SyntaxNode? TooNested { get; private set; }

    public void MeasureAll()
    {
        foreach (var definition in context.Document.Definitions)
        {
            switch (definition)
            {
                case OperationDefinitionNode operation:
                    Crowd(operation.Directives);
                    foreach (var variable in operation.Variables) Crowd(variable.Directives);
                    Operations.Add((operation, Measure(operation.SelectionSet)));
                    break;
                case FragmentDefinitionNode fragment: Measure(fragment); break;
            }
        }
    }

    private SelectionSize Measure(SelectionSetNode set)
    {
        var size = default(SelectionSize);
        if (++_nesting > context.Options.MaxNesting) TooNested ??= set;
        else
        {
            foreach (var selection in set.Selections)
            {
                Crowd(selection.Directives);
                size = size.Beside(selection switch
                {
                    FieldNode field => Measure(field),
                    InlineFragmentNode inline => Measure(inline.SelectionSet),
                    FragmentSpreadNode spread => Measure(spread),
                    _ => default,
                });
            }
        }
        _nesting--;
        size = size with { Nesting = size.Nesting + 1 };
        if (size.Nesting > context.Options.MaxNesting) TooNested ??= set;
        return size;
    }

    private SelectionSize Measure(FieldNode field)
    {
        var below = field.SelectionSet is { } set ? Measure(set) : default;
        if (field.Name is "__schema" or "__type")
        {
            Introspections.Add((field, below));
            below = below with { Depth = 0 };
        }
        return below.Under(field);
    }

    private SelectionSize Measure(FragmentSpreadNode spread)
    {
        var size = context.Fragments.TryGetValue(spread.Name, out var fragment) ? Measure(fragment) : default;
        return size with { Visits = SelectionSize.Sum(size.Visits, 1) };
    }

    private SelectionSize Measure(FragmentDefinitionNode fragment)
    {
        if (_fragments.TryGetValue(fragment, out var size)) return size;
        // What spreads itself is another rule's business.
        if (!_open.Add(fragment)) return default;
        Crowd(fragment.Directives);
        size = Measure(fragment.SelectionSet);
        _open.Remove(fragment);
        return _fragments[fragment] = size;
    }

    private void Crowd(IReadOnlyList<DirectiveNode> directives)
    {
        if (directives.Count > context.Options.MaxDirectives) Crowded.Add(directives[0]);
    }
}
