using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

internal sealed class KnownDirectives(ValidationContext context) : ValidationRule(context)
{
    public override void EnterDirective(DirectiveNode directive, DirectiveLocation location)
    {
        if (Context.Directive is not { } known) Report($"Unknown directive \"@{directive.Name}\".", directive.Span);
        else if (!known.Locations.Contains(location)) Report($"Directive \"@{directive.Name}\" may not be used on {DirectiveLocations.NameOf(location)}.", directive.Span);
    }
}
