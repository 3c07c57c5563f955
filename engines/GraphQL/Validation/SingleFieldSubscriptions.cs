using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

internal sealed class SingleFieldSubscriptions(ValidationContext context) : ValidationRule(context)
{
    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (operation.Operation is not OperationType.Subscription || Context.Schema.Subscription is not { } root) return;
        var (fields, conditions) = (new OrderedDictionary<string, List<FieldNode>>(StringComparer.Ordinal), new List<DirectiveNode>());
        Collect(operation.SelectionSet, root, fields, conditions, new HashSet<string>(StringComparer.Ordinal));
        var subject = operation.Name is null ? "Anonymous Subscription" : $"Subscription \"{operation.Name}\"";
        if (conditions.Count > 0)
        {
            Report($"{subject} must not use `@skip` or `@include` directives in the top level selection.", [.. conditions.Select(d => d.Span)]);
            return;
        }
        if (fields.Count == 0) Report($"{subject} must select one top level field.", operation.SelectionSet.Span);
        if (fields.Count > 1) Report($"{subject} must select only one top level field.", [.. fields.Values.Skip(1).SelectMany(f => f).Select(f => f.Span)]);
        foreach (var same in fields.Values.Where(f => f[0].Name.StartsWith("__", StringComparison.Ordinal)))
            Report($"{subject} must not select an introspection top level field.", [.. same.Select(f => f.Span)]);
    }

    private void Collect(
        SelectionSetNode set, ObjectType root, OrderedDictionary<string, List<FieldNode>> fields, List<DirectiveNode> conditions, HashSet<string> visited)
    {
        foreach (var selection in set.Selections)
        {
            if (selection.Directives.FirstOrDefault(d => d.Name is "skip") is { } skip) conditions.Add(skip);
            else if (selection.Directives.FirstOrDefault(d => d.Name is "include") is { } include) conditions.Add(include);
            else
            {
                switch (selection)
                {
                    case FieldNode field:
                        if (!fields.TryGetValue(field.ResponseKey, out var same)) fields.Add(field.ResponseKey, same = []);
                        same.Add(field);
                        break;
                    case InlineFragmentNode inline when inline.TypeCondition is null || Applies(inline.TypeCondition, root):
                        Collect(inline.SelectionSet, root, fields, conditions, visited);
                        break;
                    case FragmentSpreadNode spread:
                        if (visited.Add(spread.Name) && Context.Fragments.TryGetValue(spread.Name, out var fragment) && Applies(fragment.TypeCondition, root))
                            Collect(fragment.SelectionSet, root, fields, conditions, visited);
                        break;
                }
            }
        }
    }

    private bool Applies(NamedTypeNode condition, ObjectType root) => Context.Schema.FindType(condition.Name) is CompositeType type && Schema.IsSubtype(root, type);
}
