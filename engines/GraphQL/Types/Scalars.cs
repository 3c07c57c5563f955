namespace Engines.GraphQL.Types;

/// <summary>The scalars of the specification. Every schema uses these very instances.</summary>
public static class Scalars
{
    /// <summary>Runtime values: <see cref="int"/>.</summary>
    public static ScalarType Int { get; } = new IntScalar();
    /// <summary>Runtime values: <see cref="double"/>.</summary>
    public static ScalarType Float { get; } = new FloatScalar();
    /// <summary>Runtime values: <see cref="string"/>.</summary>
    public static ScalarType String { get; } = new StringScalar();
    /// <summary>Runtime values: <see cref="bool"/>.</summary>
    public static ScalarType Boolean { get; } = new BooleanScalar();
    /// <summary>Runtime values: <see cref="string"/>.</summary>
    public static ScalarType ID { get; } = new IdScalar();

    internal static IReadOnlyList<ScalarType> All { get; } = [Int, Float, String, Boolean, ID];

    internal static ScalarType? Find(string name) => All.FirstOrDefault(s => s.Name == name);
}
