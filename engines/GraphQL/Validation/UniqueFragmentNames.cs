using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class UniqueFragmentNames(ValidationContext context) : ValidationRule(context)
{
    private readonly Dictionary<string, Span> _known = new(StringComparer.Ordinal);

    public override void EnterFragment(FragmentDefinitionNode fragment)
    {
        if (!_known.TryAdd(fragment.Name, fragment.NameSpan)) Report($"There can be only one fragment named \"{fragment.Name}\".", _known[fragment.Name], fragment.NameSpan);
    }
}
