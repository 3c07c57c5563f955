using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

internal sealed class KnownArgumentNames(ValidationContext context) : ValidationRule(context)
{
    private bool _inUnknownDirective;

    public override void EnterArgument(ArgumentNode argument, InputValue? definition)
    {
        if (definition is not null) return;
        if (Context.Directive is { } directive) Report($"Unknown argument \"{argument.Name}\" on directive \"@{directive.Name}\".", argument.Span);
        else if (Context.Field is { } field && !_inUnknownDirective) Report($"Unknown argument \"{argument.Name}\" on field \"{Context.ParentType}.{field.Name}\".", argument.Span);
    }

    public override void EnterDirective(DirectiveNode directive, DirectiveLocation location) => _inUnknownDirective = Context.Directive is null;

    public override void LeaveDirective(DirectiveNode directive) => _inUnknownDirective = false;
}
