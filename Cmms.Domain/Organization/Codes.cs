using System.Text.RegularExpressions;

namespace Cmms.Domain.Organization;

/// <summary>Short names that people type and that stand in headers and addresses.</summary>
internal static partial class Codes
{
    /// <summary>Letters, digits and <c>-_.</c>, never digits alone: <c>X-Site-Id</c> takes an id or a code, and they must not be mistaken for each other.</summary>
    public static string Site(string value, string field)
    {
        var code = value.Trim();
        if (!SiteCode().IsMatch(code) || code.All(char.IsAsciiDigit))
            throw new InvalidValue(field, "must be 2 to 32 letters, digits, '-', '_' or '.', and not digits alone");
        return code;
    }

    public static string Slug(string value, string field)
    {
        var slug = value.Trim();
        return SlugText().IsMatch(slug) ? slug : throw new InvalidValue(field, "must be 2 to 63 lower case letters, digits or hyphens");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{1,31}$")]
    private static partial Regex SiteCode();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,62}$")]
    private static partial Regex SlugText();
}
