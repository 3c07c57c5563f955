using Engines.GraphQL.Types;

namespace Cmms.Tests.Isolation;

/// <summary>All that somebody sees without naming anything: every query, and every object that is known, with all that they show.</summary>
internal sealed class ViewCases(World world, Findings findings)
{
    /// <summary>What a query takes that has to be given, and is nothing of any site.</summary>
    private static readonly Dictionary<string, string> s_samples = new()
    {
        ["policy.key"] = "\"low-stock-reorder\"",
        ["previewPolicy.key"] = "\"low-stock-reorder\"",
        ["previewOccurrences.recurrence"] = "{frequency: MONTH, startDate: \"2026-03-02\"}",
        ["exportUrl.kind"] = "PARTS",
        ["slowMovingParts.days"] = "9",
        ["scan.qrCode"] = "\"QR-PUMP\"",
    };

    private readonly Selections _selections = new(world.Schema);

    /// <summary>Each answer, by what was asked.</summary>
    /// <param name="known">By what objects of the asker's own.</param>
    /// <param name="belongings">All there is by now.</param>
    public async Task<IReadOnlyDictionary<string, string>> TakeAsync(Asker asker, Belongings known, Belongings belongings)
    {
        Dictionary<string, string> views = [];
        foreach (var field in world.Schema.Query.Fields.Where(f => !f.Arguments.Exists(a => a.IsRequired && IsId(a))))
            views[field.Name] = await world.AskAsync(asker, $"{{ {Ask(field, "first: 100")} {_selections.Of(field.Type.Named, 1)} }}");
        foreach (var type in world.Schema.Types.Values.OfType<ObjectType>().Where(Selections.IsNode))
        {
            var ids = known.KnownTo(asker, type.Name).TakeLast(40).ToList();
            views[type.Name] = await world.AskAsync(asker, $"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {type.Name} {_selections.Of(type, 1)} }} }}", new { ids });
        }
        foreach (var (name, answer) in views)
        {
            findings.Expect(world.StrangeIn(answer, asker, belongings) is null, () => $"{asker} sees {world.StrangeIn(answer, asker, belongings)} in {name}");
            findings.Expect(!answer.Contains("INTERNAL_SERVER_ERROR", StringComparison.Ordinal), () => $"{name} fails for {asker}: {Findings.Shorten(answer)}");
        }
        return views;
    }

    /// <summary>Nothing that the victim has done since is noticed, in whatever figure or order.</summary>
    public void Compare(Asker asker, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        foreach (var (name, answer) in before)
            findings.Expect(after[name] == answer, () => $"{asker} notices in {name} what the victim does: {Difference(answer, after[name])}");
    }

    /// <summary>A field with the arguments that it must have, and wide open.</summary>
    public static string Ask(FieldDefinition field, string page, string more = "")
    {
        List<string> arguments = [];
        foreach (var argument in field.Arguments)
        {
            if (s_samples.TryGetValue($"{field.Name}.{argument.Name}", out var sample)) arguments.Add($"{argument.Name}: {sample}");
            else if (argument.Name.StartsWith("include", StringComparison.Ordinal)) arguments.Add($"{argument.Name}: true");
            else if (argument.IsRequired && !IsId(argument)) arguments.Add($"{argument.Name}: {Sample(field, argument)}");
        }
        if (field.FindArgument("first") is not null && page.Length > 0) arguments.Add(page);
        if (more.Length > 0) arguments.Add(more);
        return arguments.Count == 0 ? field.Name : $"{field.Name}({string.Join(", ", arguments)})";
    }

    public static bool IsId(InputValue argument) => argument.Type.Named.Name == "ID";

    private static string Sample(FieldDefinition field, InputValue argument) => argument.Type.Named.Name switch
    {
        "DateTime" => "\"2026-03-02T08:00:00Z\"",
        "Date" => "\"2026-03-02\"",
        "Int" => "5",
        _ => throw new InvalidOperationException($"Nobody has said yet what {field.Name} is to be given as {argument.Name}."),
    };

    private static string Difference(string before, string after)
    {
        var at = 0;
        while (at < before.Length && at < after.Length && before[at] == after[at]) at++;
        return $"…{Findings.Shorten(before[Math.Max(0, at - 80)..])} became …{Findings.Shorten(after[Math.Max(0, at - 80)..])}";
    }
}
