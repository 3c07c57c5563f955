namespace Engines.GraphQL.Language;

/// <summary>The value of a block string: common indentation and blank first and last lines removed.</summary>
internal static class BlockString
{
    public static string Dedent(string raw)
    {
        var lines = raw.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        int common = int.MaxValue, first = -1, last = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            var indent = Indent(lines[i]);
            if (indent == lines[i].Length) continue;
            if (first < 0) first = i;
            last = i;
            if (i > 0) common = Math.Min(common, indent);
        }
        if (first < 0) return "";
        for (var i = 1; i < lines.Length; i++) lines[i] = lines[i].Length > common ? lines[i][common..] : "";
        return string.Join('\n', lines, first, last - first + 1);
    }

    /// <summary>Whether a value survives being written as a block string and read back.</summary>
    public static bool CanHold(string value)
    {
        if (value.Length == 0) return true;
        if (value.Any(c => c < ' ' && c is not ('\n' or '\t'))) return false;
        var lines = value.Split('\n');
        if (Indent(lines[0]) == lines[0].Length || Indent(lines[^1]) == lines[^1].Length) return false;
        // Were every line indented, the indentation would be taken for layout.
        return !lines.Where(l => Indent(l) < l.Length).All(l => Indent(l) > 0);
    }

    private static int Indent(string line)
    {
        var i = 0;
        while (i < line.Length && line[i] is ' ' or '\t') i++;
        return i;
    }
}
