namespace Engines.GraphQL.Validation;

internal sealed class NoUnusedVariables(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveDocument()
    {
        foreach (var operation in Context.Operations.Where(o => o.Variables.Count > 0))
        {
            var used = Context.UsagesOf(operation).Select(u => u.Node.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var variable in operation.Variables.Where(v => !used.Contains(v.Variable.Name)))
                Report($"Variable \"${variable.Variable.Name}\" is never used{(operation.Name is null ? "" : $" in operation \"{operation.Name}\"")}.", variable.Span);
        }
    }
}
