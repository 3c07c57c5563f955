namespace Engines.GraphQL.Data;

/// <summary>Text that a database could not take: PostgreSQL refuses U+0000 and lone surrogates, SQLite overlong patterns.</summary>
internal static class Text
{
    private const int Longest = 4000;

    /// <exception cref="GraphQLException">The text is refused.</exception>
    public static void Check(string text, string argument)
    {
        if (text.Length > Longest) throw Refuse(argument, $"longer than {Longest} characters");
        if (!IsStorable(text)) throw Refuse(argument, "holds a character that is no text");
    }

    public static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0') return false;
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i])) return false;
        }
        return true;
    }

    private static GraphQLException Refuse(string argument, string why) => new($"{argument}: {why}.", ErrorCodes.BadUserInput);
}
