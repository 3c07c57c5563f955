using System.Reflection;
using System.Text.Json;

namespace Engines.GraphQL.Binding;

/// <summary>C# names as the schema spells them.</summary>
internal static class Naming
{
    public static string Field(PropertyInfo property) => property.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? Camel(property.Name);

    public static string Argument(ParameterInfo parameter) => parameter.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? Camel(parameter.Name!);

    /// <summary>Without "Get" before and "Async" after.</summary>
    public static string Field(MethodInfo method)
    {
        if (method.GetCustomAttribute<GraphQLNameAttribute>() is { } given) return given.Name;
        var name = method.Name;
        if (name.EndsWith("Async", StringComparison.Ordinal) && name.Length > 5) name = name[..^5];
        if (name.StartsWith("Get", StringComparison.Ordinal) && name.Length > 3 && char.IsUpper(name[3])) name = name[3..];
        return Camel(name);
    }

    public static string Type(Type type)
    {
        if (type.GetCustomAttribute<GraphQLNameAttribute>() is { } given) return given.Name;
        var name = type.Name;
        return name.IndexOf('`') is > 0 and var tick ? name[..tick] + string.Concat(type.GetGenericArguments().Select(Type)) : name;
    }

    public static string EnumValue(FieldInfo member) => member.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? UpperSnake(member.Name);

    public static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    public static string UpperSnake(string name) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(name);

    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    public static string Plural(string name) => name switch
    {
        [.., 'y'] when name.Length > 1 && !"aeiou".Contains(name[^2]) => name[..^1] + "ies",
        [.., 's' or 'x' or 'z'] or [.., 's' or 'c', 'h'] => name + "es",
        _ => name + "s",
    };

    public static string? Deprecation(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(typeof(GraphQLDeprecatedAttribute), true) is [GraphQLDeprecatedAttribute deprecated, ..] ? deprecated.Reason
        : member.GetCustomAttributes(typeof(ObsoleteAttribute), true) is [ObsoleteAttribute obsolete, ..] ? obsolete.Message ?? "No longer supported"
        : null;
}
