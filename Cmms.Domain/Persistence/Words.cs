namespace Cmms.Domain.Persistence;

internal static class Words
{
    /// <summary>A type's name as people say it: "Work order".</summary>
    public static string Of(Type type) => SchemaConventions.Snake(type.Name) is var snake ? char.ToUpperInvariant(snake[0]) + snake[1..].Replace('_', ' ') : "";

    /// <summary>As clients spell a field: "unitCost".</summary>
    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>As clients spell an enum's value: "IN_PROGRESS".</summary>
    public static string Constant(Enum value) => SchemaConventions.Snake(value.ToString()).ToUpperInvariant();
}
