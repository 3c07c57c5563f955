using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution.Planning;

internal enum FieldKind
{
    /// <summary><c>__typename</c>: known when planned.</summary>
    Typename,
    /// <summary>A leaf that writes itself from its parent.</summary>
    Leaf,
    /// <summary>Read from the parent while the answer is written.</summary>
    Inline,
    /// <summary>Resolved a level at a time; its results are kept until they are written.</summary>
    Stored,
}

/// <summary>One or more equal fields of the document, merged under one response key of one concrete type.</summary>
internal sealed class FieldPlan(string key, FieldDefinition definition, ObjectType parent, FieldPlan? above, FieldOccurrence[] occurrences, int[]? when)
{
    private IReadOnlyList<SourceLocation>? _locations;
    private PropertySet? _reads;
    private PropertySet? _readsOfNodes;

    public string Key => key;
    public byte[] Name { get; } = JsonOutput.EncodeName(key);
    public FieldDefinition Definition => definition;
    public ObjectType Parent => parent;
    public FieldOccurrence[] Occurrences => occurrences;
    /// <summary>The conditions of which one must hold; null: always included where its parent is.</summary>
    public int[]? When => when;
    public ValueShape Shape { get; } = ValueShape.Of(definition.Type);
    /// <summary>The type of its objects, where that is one that not everybody may see.</summary>
    public ObjectType? GuardedType { get; } = definition.Type.Named is ObjectType { Guards.Count: > 0 } guarded ? guarded : null;

    public FieldKind Kind { get; set; }
    /// <summary>Where the results are kept; -1: nowhere.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>The arguments when no variable is among them.</summary>
    public InputFields? Constants { get; set; }
    public GraphQLError? ConstantsError { get; set; }
    public int ArgumentSlot { get; set; } = -1;

    /// <summary>One selection per possible type; empty for leaves.</summary>
    public SelectionPlan[] Selections { get; set; } = [];
    /// <summary>By object type, for interfaces and unions.</summary>
    public Dictionary<ObjectType, SelectionPlan>? ByType { get; set; }
    /// <summary>Whether some objects below must be collected.</summary>
    public bool Collects { get; set; }

    public Func<object, object?>? Read { get; set; }
    public Func<object, JsonOutput, bool>? WriteLeaf { get; set; }
    public ScalarType? Scalar { get; } = definition.Type.Named as ScalarType;
    public IReadOnlyDictionary<object, byte[]>? EnumNames { get; set; }
    /// <summary>The quoted type name, for <c>__typename</c>.</summary>
    public byte[]? Typename { get; set; }

    /// <summary>The selection of a value's concrete type; null when the value has no type of this field's.</summary>
    public SelectionPlan? SelectionFor(object value, Schema schema)
    {
        if (ByType is null) return Selections[0];
        var type = definition.Type.Named switch
        {
            InterfaceType { ResolveType: { } resolve } => resolve(value),
            UnionType { ResolveType: { } resolve } => resolve(value),
            _ => schema.ObjectTypeOf(value),
        };
        return type is null ? null : ByType.GetValueOrDefault(type);
    }

    /// <inheritdoc cref="FieldSelection.Reads"/>
    public PropertySet Reads(bool ofNodes) => ofNodes
        ? _readsOfNodes ??= PropertySet.Of(Below(this).SelectMany(f => f.Definition.Name switch { "nodes" => Needs(f), "edges" => Below(f).Where(e => e.Definition.Name == "node").SelectMany(Needs), _ => [] }))
        : _reads ??= PropertySet.Of(Needs(this));

    private static IEnumerable<FieldPlan> Below(FieldPlan field) => field.Selections.SelectMany(s => s.Fields);

    private static IEnumerable<(IReadOnlyList<string>?, string?, PropertySet?)> Needs(FieldPlan field) => Below(field).Where(f => f.Kind != FieldKind.Typename)
        .Select(f => (f.Definition.Needs, f.Definition.Follows, f.Definition.Follows is null ? null : f.Reads(ofNodes: false)));

    /// <summary>The response keys down to this field.</summary>
    public IReadOnlyList<object> Path()
    {
        var keys = new List<object>();
        for (var field = this; field is not null; field = field.Above) keys.Add(field.Key);
        keys.Reverse();
        return keys;
    }

    /// <summary>Where this field stands in the document, leaving out what this request excludes.</summary>
    public IReadOnlyList<SourceLocation> Locations(DocumentNode document, bool[]? conditions)
    {
        if (when is null && _locations is { } known) return known;
        var locations = new List<SourceLocation>(occurrences.Length);
        foreach (var occurrence in occurrences)
        {
            if (conditions is not null && !conditions[occurrence.When]) continue;
            var location = document.Locate(occurrence.Node.Span.Start);
            if (!locations.Contains(location)) locations.Add(location);
        }
        if (Array.TrueForAll(occurrences, o => o.When == ConditionTable.Always)) _locations = locations;
        return locations;
    }

    private FieldPlan? Above => above;
}

/// <param name="When">The condition under which this occurrence is in the operation, given that its parent is.</param>
/// <param name="Order">Its number among the fields of its selection, fragments included.</param>
internal readonly record struct FieldOccurrence(FieldNode Node, int When, int Order);

/// <summary>The wrappers of a field's type, ready to walk a value with.</summary>
internal sealed record ValueShape(bool NonNull, ValueShape? Item)
{
    public static ValueShape Of(GraphQLType type) => new(type.IsNonNull, type.Nullable is ListType list ? Of(list.Item) : null);
}
