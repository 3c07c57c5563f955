using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class UniqueDirectivesPerLocation(ValidationContext context) : ValidationRule(context)
{
    public override void EnterDirectives(IReadOnlyList<DirectiveNode> directives)
    {
        if (directives.Count < 2) return;
        var seen = new Dictionary<string, DirectiveNode>(StringComparer.Ordinal);
        foreach (var directive in directives)
            if (Context.Schema.FindDirective(directive.Name) is { IsRepeatable: false } && !seen.TryAdd(directive.Name, directive))
                Report($"The directive \"@{directive.Name}\" can only be used once at this location.", seen[directive.Name].Span, directive.Span);
    }
}
