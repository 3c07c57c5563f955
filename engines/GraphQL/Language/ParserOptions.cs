namespace Engines.GraphQL.Language;

/// <summary>What a document may cost to read. Nesting is always bounded: an overflowing stack cannot be caught in .NET.</summary>
public sealed record ParserOptions
{
    public static ParserOptions Default { get; } = new();

    /// <summary>For text of our own, such as a schema: as many tokens as it takes.</summary>
    public static ParserOptions Trusted { get; } = new() { MaxTokens = int.MaxValue };

    public int MaxTokens { get; init; } = 8_000;
    /// <summary>How deep selection sets may nest in one definition.</summary>
    public int MaxSelectionDepth { get; init; } = 200;
    /// <summary>How deep lists and objects may nest in a value, and lists in a type.</summary>
    public int MaxValueDepth { get; init; } = 64;
}
