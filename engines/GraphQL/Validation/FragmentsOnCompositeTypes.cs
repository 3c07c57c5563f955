using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class FragmentsOnCompositeTypes(ValidationContext context) : ValidationRule(context)
{
    public override void EnterInlineFragment(InlineFragmentNode fragment)
    {
        if (fragment.TypeCondition is { } condition && IsWrong(condition)) Report($"Fragment cannot condition on non composite type \"{condition.Name}\".", condition.Span);
    }

    public override void EnterFragment(FragmentDefinitionNode fragment)
    {
        var condition = fragment.TypeCondition;
        if (IsWrong(condition)) Report($"Fragment \"{fragment.Name}\" cannot condition on non composite type \"{condition.Name}\".", condition.Span);
    }

    private bool IsWrong(NamedTypeNode condition) => Context.Schema.FindType(condition.Name) is { IsComposite: false };
}
