using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

/// <summary>What all rules share: the document's index, where the walk is in the schema, and the errors.</summary>
internal sealed class ValidationContext
{
    /// <summary>One error may involve thousands of places; a reader wants a few.</summary>
    private const int MaxLocations = 20;
    private readonly List<GraphQLError> _errors = [];
    private readonly Dictionary<DefinitionNode, List<FragmentSpreadNode>> _spreads = [];
    private readonly Dictionary<OperationDefinitionNode, List<FragmentDefinitionNode>> _reached = [];

    public ValidationContext(Schema schema, DocumentNode document, ValidationOptions options)
    {
        (Schema, Document, Options) = (schema, document, options);
        foreach (var fragment in document.Definitions.OfType<FragmentDefinitionNode>()) Fragments.TryAdd(fragment.Name, fragment);
    }

    public Schema Schema { get; }
    public DocumentNode Document { get; }
    public ValidationOptions Options { get; }
    public IReadOnlyList<GraphQLError> Errors => _errors;
    public Dictionary<string, FragmentDefinitionNode> Fragments { get; } = new(StringComparer.Ordinal);
    public IEnumerable<OperationDefinitionNode> Operations => Document.Definitions.OfType<OperationDefinitionNode>();

    /// <summary>The type whose fields the walk is among; null when unknown.</summary>
    public CompositeType? ParentType { get; set; }
    /// <summary>The field that the walk is in; null when unknown.</summary>
    public FieldDefinition? Field { get; set; }
    /// <summary>The directive that the walk is in; null when unknown.</summary>
    public DirectiveDefinition? Directive { get; set; }
    /// <summary>The variables that each operation and fragment uses itself; complete when the walk is.</summary>
    public Dictionary<DefinitionNode, List<VariableUsage>> Usages { get; } = [];

    public void Report(string rule, string message, ReadOnlySpan<Span> places) =>
        Add(Options.RevealSchema ? message : $"The document is not valid here ({rule}).", ErrorCodes.ValidationFailed, places);

    public void ReportTooComplex(string message, ReadOnlySpan<Span> places) => Add(message, ErrorCodes.TooComplex, places);

    /// <summary>The spreads anywhere in a definition's own text.</summary>
    public IReadOnlyList<FragmentSpreadNode> SpreadsOf(DefinitionNode definition)
    {
        if (_spreads.TryGetValue(definition, out var spreads)) return spreads;
        _spreads[definition] = spreads = [];
        if (definition is OperationDefinitionNode operation) Collect(operation.SelectionSet, spreads);
        else if (definition is FragmentDefinitionNode fragment) Collect(fragment.SelectionSet, spreads);
        return spreads;
    }

    /// <summary>The fragments that an operation spreads, directly or not, each once.</summary>
    public IReadOnlyList<FragmentDefinitionNode> FragmentsOf(OperationDefinitionNode operation)
    {
        if (_reached.TryGetValue(operation, out var reached)) return reached;
        _reached[operation] = reached = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<DefinitionNode>([operation]);
        while (waiting.TryDequeue(out var definition))
            foreach (var spread in SpreadsOf(definition))
                if (seen.Add(spread.Name) && Fragments.TryGetValue(spread.Name, out var fragment))
                {
                    reached.Add(fragment);
                    waiting.Enqueue(fragment);
                }
        return reached;
    }

    /// <summary>The variables that an operation uses itself and through fragments.</summary>
    public IEnumerable<VariableUsage> UsagesOf(OperationDefinitionNode operation) =>
        FragmentsOf(operation).Prepend<DefinitionNode>(operation).SelectMany(IEnumerable<VariableUsage> (d) => Usages.TryGetValue(d, out var usages) ? usages : []);

    private void Add(string message, string code, ReadOnlySpan<Span> places)
    {
        var locations = new List<SourceLocation>();
        foreach (var place in places[..Math.Min(places.Length, MaxLocations)]) locations.Add(Document.Locate(place.Start));
        _errors.Add(new GraphQLError(message, code, locations));
        if (_errors.Count >= Options.MaxErrors) throw new ValidationStopped();
    }

    private static void Collect(SelectionSetNode set, List<FragmentSpreadNode> spreads)
    {
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FragmentSpreadNode spread: spreads.Add(spread); break;
                case FieldNode { SelectionSet: { } below }: Collect(below, spreads); break;
                case InlineFragmentNode inline: Collect(inline.SelectionSet, spreads); break;
            }
        }
    }
}

/// <summary>A variable where it is used.</summary>
/// <param name="Type">What is expected there; null when unknown.</param>
/// <param name="HasDefault">Whether the place has a default of its own.</param>
/// <param name="OneOf">The input object of which exactly one field may be given, when this is one.</param>
internal readonly record struct VariableUsage(VariableNode Node, GraphQLType? Type, bool HasDefault, InputObjectType? OneOf);

/// <summary>Ends validation early: there are enough errors.</summary>
internal sealed class ValidationStopped : Exception;
