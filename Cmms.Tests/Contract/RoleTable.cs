using System.Text.RegularExpressions;

namespace Cmms.Tests.Contract;

/// <summary>The tables of docs/guides/permissions.md, as a reader finds them there.</summary>
internal sealed class RoleTable
{
    public const string Nobody = nameof(Nobody), Owner = nameof(Owner);
    private readonly Dictionary<(string Kind, string Field), Dictionary<string, string>> _cells = [];

    public RoleTable(string page)
    {
        foreach (var kind in (string[])["Queries", "Mutations", "Subscriptions"])
        {
            var section = Regex.Match(page, $@"^## {kind}\n\n(.*?)(?=\n\n|\z)", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value.Split('\n');
            var columns = Cells(section[0]);
            foreach (var line in section.Skip(2).Where(l => l.Length > 0))
                _cells.Add((kind, Cells(line)[0].Trim('`')), columns.Zip(Cells(line)).Skip(2).ToDictionary(c => c.First, c => c.Second));
        }
    }

    public static RoleTable Read() => new(File.ReadAllText(Repository.File("docs", "guides", "permissions.md")));

    /// <summary>yes, no or own only. Of an owner, who is a viewer on the site where this is tried, as the role there says.</summary>
    public string Of(string kind, string field, string column) =>
        _cells[(kind, field)][column] is var cell && cell == "as their role" ? Of(kind, field, "Viewer") : cell;

    public IEnumerable<string> Fields(string kind) => _cells.Keys.Where(k => k.Kind == kind).Select(k => k.Field);

    private static string[] Cells(string line) => [.. line.Trim('|', ' ').Split('|').Select(c => c.Trim())];
}
