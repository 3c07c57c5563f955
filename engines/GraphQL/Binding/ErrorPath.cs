using System.Text.RegularExpressions;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>Finds the input that an exception names in C#, such as <c>patch.UnitCost</c> or <c>lines[2].partId</c>.</summary>
internal static partial class ErrorPath
{
    /// <summary>The names from the input down, or null when the expression names none of its fields.</summary>
    public static IReadOnlyList<string>? Find(InputObjectType input, string expression)
    {
        var parts = Part().Matches(Chain().Match(expression.Replace("?.", ".", StringComparison.Ordinal)).Value).Select(m => m.Value.Trim('[', ']')).ToArray();
        // The more of the end is known, the better; what stands before is the name of a local variable.
        for (var end = parts.Length; end > 0; end--)
            for (var start = 0; start < end; start++)
                if (Match(input, parts.AsSpan(start, end - start)) is { } path) return path;
        return null;
    }

    private static List<string>? Match(InputObjectType input, ReadOnlySpan<string> parts)
    {
        var path = new List<string>();
        GraphQLType at = input;
        foreach (var part in parts)
        {
            if (char.IsAsciiDigit(part[0]))
            {
                if (at.Nullable is not ListType list) return null;
                at = list.Item;
                path.Add(part);
                continue;
            }
            // The value of an optional or nullable is the value itself.
            if (path.Count > 0 && part is "Value") continue;
            if (at.Nullable is not InputObjectType fields || fields.Fields.FirstOrDefault(f => string.Equals(f.Name, part, StringComparison.OrdinalIgnoreCase)) is not { } found) return null;
            path.Add(found.Name);
            at = found.Type;
        }
        return path;
    }

    /// <summary>The leading chain of members and indexes, before any call or operator.</summary>
    [GeneratedRegex(@"^\s*@?[A-Za-z_]\w*(\[\d+\])*(!?\.@?[A-Za-z_]\w*(\[\d+\])*)*")]
    private static partial Regex Chain();

    [GeneratedRegex(@"[A-Za-z_]\w*|\[\d+\]")]
    private static partial Regex Part();
}
