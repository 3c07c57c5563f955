using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Cmms.Tests.Architecture;

/// <summary>Who may know whom, and where SQL may stand.</summary>
public sealed partial class ArrowTests
{
    private static readonly string s_root = Root();

    public static TheoryData<string, string[]> Arrows => new()
    {
        { "engines/Rules/Engines.Rules.csproj", [] },
        { "engines/GraphQL/Engines.GraphQL.csproj", [] },
        { "Cmms.Domain/Cmms.Domain.csproj", ["Engines.Rules"] },
        { "Cmms.Graph/Cmms.Graph.csproj", ["Cmms.Domain", "Engines.GraphQL"] },
        { "Cmms.Worker/Cmms.Worker.csproj", ["Cmms.Domain"] },
    };

    [Theory, MemberData(nameof(Arrows))]
    public void A_project_knows_only_those_that_it_may(string project, string[] mayKnow)
    {
        var references = XDocument.Load(Path.Combine(s_root, project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Empty(references.Except(mayKnow));
    }

    [Fact]
    public void The_rule_engine_needs_no_package() =>
        Assert.Empty(XDocument.Load(Path.Combine(s_root, "engines/Rules/Engines.Rules.csproj")).Descendants("PackageReference"));

    [Fact]
    public void No_assembly_knows_another_than_its_project_says()
    {
        Assert.DoesNotContain(References(typeof(Cmms.Domain.Entity)), name => name.StartsWith("Cmms.", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.DoesNotContain(References(typeof(Engines.GraphQL.GraphQLError)), name => name.StartsWith("Cmms.", StringComparison.Ordinal));

        static IEnumerable<string> References(Type type) => type.Assembly.GetReferencedAssemblies().Select(name => name.Name!);
    }

    [Fact]
    public void The_engines_never_speak_of_maintenance() =>
        Assert.Empty(Sources("engines").Where(source => Regex.IsMatch(source.Text, @"\bCmms\b", RegexOptions.IgnoreCase)).Select(source => source.Path));

    [Theory, InlineData("Cmms.Domain"), InlineData("Cmms.Graph"), InlineData("Cmms.Worker")]
    public void Raw_SQL_stands_in_Persistence_alone(string folder) => Assert.Empty(
        from source in Sources(folder)
        where !source.Path.StartsWith("Cmms.Domain/Persistence/", StringComparison.Ordinal)
        from match in RawSql().Matches(source.Text)
        select $"{source.Path}: {match.Value}");

    /// <summary>Each names the owner itself, and is reviewed here: the caller behind a key, or a token that is shown once, whose customer is not
    /// known yet; a site's costs, asked from outside it; a file that whoever shows its signature may see.</summary>
    [Fact]
    public void Only_these_look_beyond_the_scope() => Assert.Equal(
        ["Cmms.Domain/Files/Attachments.cs", "Cmms.Domain/Organization/Caller.cs", "Cmms.Domain/Organization/OneTimeToken.cs", "Cmms.Domain/Organization/SiteCosts.cs"],
        from folder in (string[])["Cmms.Domain", "Cmms.Graph", "Cmms.Worker"]
        from source in Sources(folder)
        where source.Text.Contains("IgnoreQueryFilters", StringComparison.Ordinal)
        orderby source.Path
        select source.Path);

    [Fact]
    public void The_scan_for_raw_SQL_finds_it_where_it_is() =>
        Assert.Contains(Sources("Cmms.Domain/Persistence/Sql"), source => RawSql().IsMatch(source.Text));

    private static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(s_root, folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(s_root, file).Replace('\\', '/')
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        select (path, File.ReadAllText(file));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex(@"\b(ExecuteSql\w*|FromSql\w*|SqlQuery\w*|CommandText|CreateCommand|GetDbConnection|new (Npgsql|Sqlite)Connection)\b")]
    private static partial Regex RawSql();
}
