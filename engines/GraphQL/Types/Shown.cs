using System.Text.Json;
using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

/// <summary>Values as messages show them: short, whatever came in.</summary>
internal static class Shown
{
    private const int Longest = 100;

    public static string Of(ValueNode literal) => Shorten(SyntaxPrinter.Print(literal));

    public static string Of(JsonElement value) => Shorten(value.GetRawText());

    /// <summary>Text and numbers; of anything else only the type, which is no secret of the value.</summary>
    public static string Of(object value) => value switch
    {
        string text => Shorten($"\"{text}\""),
        bool or IFormattable => Shorten(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}")),
        _ => value.GetType().Name,
    };

    /// <summary>The text of a JSON string.</summary>
    /// <exception cref="InvalidValueException">Half a surrogate pair is no text.</exception>
    public static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new InvalidValueException("A string is not valid Unicode text.");
        }
    }

    /// <summary>The name of a JSON property.</summary>
    /// <exception cref="InvalidValueException">Half a surrogate pair is no text.</exception>
    public static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw new InvalidValueException("A property's name is not valid Unicode text.");
        }
    }

    private static string Shorten(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest), "…");
}
