using System.Globalization;
using System.Text;

namespace Cmms.Domain;

/// <summary>The one form in which texts are searched and sorted, the same on every database.</summary>
public static class Text
{
    /// <summary>Compatibility-decomposed, without marks, in lower case: "Ñandú Ⅳ" is found by "nandu iv".</summary>
    public static string Fold(string value)
    {
        if (Ascii.IsValid(value)) return value.ToLowerInvariant();
        var folded = new StringBuilder(value.Length);
        foreach (var rune in WellFormed(value).Normalize(NormalizationForm.FormKD).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark))
                folded.Append(Rune.ToLowerInvariant(rune));
        return folded.ToString();
    }

    /// <summary>Enumerating runes puts U+FFFD for half a surrogate pair, which normalizing would refuse.</summary>
    private static string WellFormed(string value) => string.Concat(value.EnumerateRunes());
}
