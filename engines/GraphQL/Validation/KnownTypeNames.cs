using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class KnownTypeNames(ValidationContext context) : ValidationRule(context)
{
    public override void EnterTypeName(NamedTypeNode type)
    {
        if (Context.Schema.FindType(type.Name) is null) Report($"Unknown type \"{type.Name}\".", type.Span);
    }
}
