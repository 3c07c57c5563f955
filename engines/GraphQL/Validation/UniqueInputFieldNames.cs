using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class UniqueInputFieldNames(ValidationContext context) : ValidationRule(context)
{
    public override void EnterObject(ObjectValueNode value)
    {
        if (value.Fields.Count < 2) return;
        var known = new Dictionary<string, ObjectFieldNode>(StringComparer.Ordinal);
        foreach (var field in value.Fields)
            if (!known.TryAdd(field.Name, field)) Report($"There can be only one input field named \"{field.Name}\".", known[field.Name].Span, field.Span);
    }
}
