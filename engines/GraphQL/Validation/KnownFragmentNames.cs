using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class KnownFragmentNames(ValidationContext context) : ValidationRule(context)
{
    public override void EnterSpread(FragmentSpreadNode spread)
    {
        if (!Context.Fragments.ContainsKey(spread.Name)) Report($"Unknown fragment \"{spread.Name}\".", spread.NameSpan);
    }
}
