using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class NoUnusedFragments(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveDocument()
    {
        var used = Context.Operations.SelectMany(Context.FragmentsOf).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var fragment in Context.Document.Definitions.OfType<FragmentDefinitionNode>().Where(f => !used.Contains(f.Name)))
            Report($"Fragment \"{fragment.Name}\" is never used.", fragment.Span);
    }
}
