using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Engines.Rules;

/// <summary>Names and facts as people read them, the same on every machine.</summary>
internal static class Words
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]?> Readable = new();

    /// <summary>LowStockReorder → Low stock reorder.</summary>
    public static string Sentence(string name)
    {
        var words = Spaced(name);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>StockLevel → stock level; (Part, Vendor) → part and vendor; Group of parts → part group.</summary>
    public static string Phrase(Type type)
    {
        if (!type.IsGenericType) return Spaced(type.Name);
        var arguments = type.GetGenericArguments();
        if (type.IsAssignableTo(typeof(ITuple))) return string.Join(" and ", arguments.Select(Phrase));
        if (type.GetGenericTypeDefinition() == typeof(Group<,>)) return $"{Phrase(arguments[1])} group";
        if (type.GetGenericTypeDefinition() == typeof(Facts<>)) return $"all {Phrase(arguments[0])}";
        return $"{Spaced(type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)])} of {string.Join(" and ", arguments.Select(Phrase))}";
    }

    /// <summary>Whether the type holds what a rule collected.</summary>
    public static bool IsSet(Type type) => type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Facts<>) || type.GetGenericTypeDefinition() == typeof(Group<,>));

    /// <summary>A fact in words: its own ToString, or what it is and its properties.</summary>
    public static string Fact(object fact)
    {
        var type = fact.GetType();
        if (Readable.GetOrAdd(type, Properties) is not { } properties) return Value(fact);
        return $"{Phrase(type)} ({string.Join(", ", properties.Select(p => $"{Spaced(p.Name)} {Value(p.GetValue(fact))}"))})";
    }

    public static string Value(object? value) => value switch
    {
        null => "none",
        string text => text,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("O", CultureInfo.InvariantCulture),
        Enum choice => Spaced(choice.ToString()),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        ICollection items => $"{items.Count} items",
        _ => value.ToString() ?? "",
    };

    private static PropertyInfo[]? Properties(Type type)
    {
        var text = type.GetMethod(nameof(ToString), Type.EmptyTypes)!;
        var own = text.DeclaringType != typeof(object) && text.DeclaringType != typeof(ValueType) && !text.IsDefined(typeof(CompilerGeneratedAttribute));
        return own ? null : [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)];
    }

    private static string Spaced(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var starts = char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (starts) text.Append(' ');
            var acronym = char.IsUpper(name[i]) && ((i + 1 < name.Length && char.IsUpper(name[i + 1])) || (i > 0 && char.IsUpper(name[i - 1]) && !starts));
            text.Append(acronym ? name[i] : char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
