using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

internal sealed class PossibleFragmentSpreads(ValidationContext context) : ValidationRule(context)
{
    public override void EnterInlineFragment(InlineFragmentNode fragment)
    {
        if (fragment.TypeCondition is { } condition && IsImpossible(condition))
            Report($"Fragment cannot be spread here as objects of type \"{Context.ParentType}\" can never be of type \"{condition.Name}\".", fragment.Span);
    }

    public override void EnterSpread(FragmentSpreadNode spread)
    {
        if (Context.Fragments.TryGetValue(spread.Name, out var fragment) && IsImpossible(fragment.TypeCondition))
            Report($"Fragment \"{spread.Name}\" cannot be spread here as objects of type \"{Context.ParentType}\" can never be of type \"{fragment.TypeCondition.Name}\".", spread.Span);
    }

    private bool IsImpossible(NamedTypeNode condition) =>
        Context.ParentType is { } parent && Context.Schema.FindType(condition.Name) is CompositeType type && !Context.Schema.Overlap(type, parent);
}
