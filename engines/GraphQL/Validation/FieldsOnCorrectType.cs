using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class FieldsOnCorrectType(ValidationContext context) : ValidationRule(context)
{
    public override void EnterField(FieldNode node)
    {
        if (Context is { ParentType: { } parent, Field: null }) Report($"Cannot query field \"{node.Name}\" on type \"{parent}\".", node.Span);
    }
}
