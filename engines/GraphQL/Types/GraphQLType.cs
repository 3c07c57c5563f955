namespace Engines.GraphQL.Types;

/// <summary>A type of the schema: named, or a list or non-null wrapper around another.</summary>
public abstract class GraphQLType
{
    /// <summary>The named type inside all wrappers.</summary>
    public abstract NamedType Named { get; }

    /// <summary>As SDL writes it, such as <c>[ID!]!</c>.</summary>
    public abstract override string ToString();

    public bool IsNonNull => this is NonNullType;

    /// <summary>This type without an outer non-null wrapper.</summary>
    public GraphQLType Nullable => this is NonNullType nonNull ? nonNull.Inner : this;
}

public sealed class ListType(GraphQLType item) : GraphQLType
{
    public GraphQLType Item => item;
    public override NamedType Named => item.Named;
    public override string ToString() => $"[{item}]";
}

public sealed class NonNullType(GraphQLType inner) : GraphQLType
{
    public GraphQLType Inner => inner is NonNullType ? throw new ArgumentException("A non-null type cannot wrap a non-null type.") : inner;
    public override NamedType Named => inner.Named;
    public override string ToString() => $"{inner}!";
}

/// <summary>A type with a name. Its members may be filled in after it is made, since types refer to each other; <see cref="Schema"/> seals them.</summary>
public abstract class NamedType(string name) : GraphQLType
{
    public string Name => name;
    public string? Description { get; set; }
    /// <summary>Directives applied to the definition, as SDL shows them.</summary>
    public List<AppliedDirective> Directives { get; } = [];
    public override NamedType Named => this;
    public override string ToString() => name;

    public bool IsLeaf => this is ScalarType or EnumType;
    public bool IsComposite => this is CompositeType;
    public bool IsInput => this is ScalarType or EnumType or InputObjectType;
    public bool IsOutput => this is not InputObjectType;
}

/// <summary>A directive applied in the type system, with its arguments as literals.</summary>
public sealed record AppliedDirective(string Name, IReadOnlyList<Language.ArgumentNode> Arguments);
