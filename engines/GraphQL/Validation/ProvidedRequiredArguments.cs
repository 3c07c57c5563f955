using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

internal sealed class ProvidedRequiredArguments(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveField(FieldNode node)
    {
        foreach (var missing in Missing(Context.Field?.Arguments, node.Arguments))
            Report($"Argument \"{Context.ParentType}.{node.Name}({missing.Name}:)\" of type \"{missing.Type}\" is required, but it was not provided.", node.Span);
    }

    public override void LeaveDirective(DirectiveNode directive)
    {
        foreach (var missing in Missing(Context.Directive?.Arguments, directive.Arguments))
            Report($"Argument \"@{directive.Name}({missing.Name}:)\" of type \"{missing.Type}\" is required, but it was not provided.", directive.Span);
    }

    private static IEnumerable<InputValue> Missing(List<InputValue>? defined, IReadOnlyList<ArgumentNode> given) =>
        defined is null or [] ? [] : defined.Where(d => d.IsRequired && !given.Any(g => g.Name == d.Name));
}
