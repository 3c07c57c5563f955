using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class ScalarLeafs(ValidationContext context) : ValidationRule(context)
{
    public override void EnterField(FieldNode node)
    {
        if (Context.Field is not { Type: var type }) return;
        if (type.Named.IsLeaf && node.SelectionSet is { } set) Report($"Field \"{node.Name}\" must not have a selection since type \"{type}\" has no subfields.", set.Span);
        else if (!type.Named.IsLeaf && node.SelectionSet is null) Report($"Field \"{node.Name}\" of type \"{type}\" must have a selection of subfields.", node.Span);
    }
}
