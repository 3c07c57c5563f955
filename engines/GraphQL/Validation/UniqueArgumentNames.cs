using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class UniqueArgumentNames(ValidationContext context) : ValidationRule(context)
{
    public override void EnterArguments(IReadOnlyList<ArgumentNode> arguments)
    {
        if (arguments.Count < 2) return;
        foreach (var same in arguments.GroupBy(a => a.Name).Where(g => g.Count() > 1))
            Report($"There can be only one argument named \"{same.Key}\".", [.. same.Select(a => a.Span)]);
    }
}
