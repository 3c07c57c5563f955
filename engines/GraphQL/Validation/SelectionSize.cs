using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

/// <summary>How large a selection is with its fragments spread out. Counts stop at a million: more is all the same.</summary>
internal readonly record struct SelectionSize
{
    private const int Most = 1_000_000;

    /// <summary>Fields within fields.</summary>
    public int Depth { get; init; }
    /// <summary>Selection sets within selection sets, of fields or fragments.</summary>
    public int Nesting { get; init; }
    /// <summary><c>ofType</c> within <c>ofType</c>.</summary>
    public int OfTypes { get; init; }
    /// <summary>Introspection's lists within each other.</summary>
    public int Lists { get; init; }
    /// <summary>All of introspection's lists, also those of which there are few.</summary>
    public int ListFields { get; init; }
    /// <summary>Fields of this level alone.</summary>
    public int Fields { get; init; }
    public int Aliases { get; init; }
    public int LongestAlias { get; init; }
    /// <summary>Fragment spreads, each with those inside its fragment.</summary>
    public int Visits { get; init; }

    public SelectionSize Beside(SelectionSize other) => new()
    {
        Depth = Math.Max(Depth, other.Depth),
        Nesting = Math.Max(Nesting, other.Nesting),
        OfTypes = Math.Max(OfTypes, other.OfTypes),
        Lists = Math.Max(Lists, other.Lists),
        ListFields = Sum(ListFields, other.ListFields),
        Fields = Sum(Fields, other.Fields),
        Aliases = Sum(Aliases, other.Aliases),
        LongestAlias = Math.Max(LongestAlias, other.LongestAlias),
        Visits = Sum(Visits, other.Visits),
    };

    /// <summary>A field with this selection below it.</summary>
    public SelectionSize Under(FieldNode field) => this with
    {
        Depth = Depth + 1,
        OfTypes = OfTypes + (field.Name is "ofType" ? 1 : 0),
        Lists = Lists + (field.Name is "fields" or "interfaces" or "possibleTypes" or "inputFields" ? 1 : 0),
        ListFields = Sum(ListFields, field.Name is "types" or "directives" or "fields" or "interfaces" or "possibleTypes" or "inputFields" or "enumValues" or "args" ? 1 : 0),
        Fields = 1,
        Aliases = Sum(Aliases, field.Alias is null ? 0 : 1),
        LongestAlias = Math.Max(LongestAlias, field.Alias?.Length ?? 0),
    };

    public static int Sum(int a, int b) => Math.Min(Most, a + b);
}
