using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

/// <summary>
/// A schema from SDL text. An enum value's runtime value is its name; a scalar that the specification does not define takes any JSON; a value of
/// an interface or union is a dictionary that says its type under <c>__typename</c>.
/// </summary>
public static class SdlSchema
{
    /// <param name="resolver">The resolver of a field by type and field name; null: the dictionary entry of that name.</param>
    /// <exception cref="SyntaxException">The text is not SDL.</exception>
    /// <exception cref="SchemaException">The definitions contradict each other or the specification.</exception>
    public static Schema Build(string sdl, Func<string, string, FieldResolver?>? resolver = null) =>
        new SdlBuilder(Parser.Parse(sdl, ParserOptions.Trusted), resolver ?? (static (_, _) => null)).Build();
}
