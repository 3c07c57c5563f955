namespace Engines.GraphQL.Validation;

internal sealed class NoUndefinedVariables(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveDocument()
    {
        foreach (var operation in Context.Operations)
        {
            var defined = operation.Variables.Select(v => v.Variable.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var (node, _, _, _) in Context.UsagesOf(operation).Where(u => !defined.Contains(u.Node.Name)))
                Report($"Variable \"${node.Name}\" is not defined{(operation.Name is null ? "" : $" by operation \"{operation.Name}\"")}.", node.Span, operation.Span);
        }
    }
}
