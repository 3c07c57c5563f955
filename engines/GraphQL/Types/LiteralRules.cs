using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

/// <summary>Whether a literal can be a value of an input type. Variables inside count as right: where they may stand is another rule.</summary>
internal static class LiteralRules
{
    public static void Check(ValueNode value, GraphQLType type, Action<SyntaxNode, string> report)
    {
        switch (value, type)
        {
            case (VariableNode, _): break;
            case (NullValueNode, NonNullType): report(value, $"Expected value of non-null type \"{type}\" not to be null."); break;
            case (_, NonNullType nonNull): Check(value, nonNull.Inner, report); break;
            case (NullValueNode, _): break;
            case (ListValueNode list, ListType { Item: var item }):
                foreach (var element in list.Items) Check(element, item, report);
                break;
            case (_, ListType { Item: var item }): Check(value, item, report); break;
            case (ObjectValueNode fields, InputObjectType input): CheckFields(fields, input, report); break;
            case (_, InputObjectType): report(value, $"Expected value of type \"{type}\" to be an object, found: {Shown.Of(value)}."); break;
            // What is in a list or object is only a custom scalar's business.
            case (_, NamedType leaf) when leaf is EnumType || Scalars.All.Contains(leaf) || !HoldsVariable(value):
                if (LeafProblem(value, leaf) is { } problem) report(value, problem);
                break;
        }
    }

    private static void CheckFields(ObjectValueNode value, InputObjectType type, Action<SyntaxNode, string> report)
    {
        foreach (var field in type.Fields)
        {
            var given = value.Fields.LastOrDefault(f => f.Name == field.Name);
            if (given is not null) Check(given.Value, field.Type, report);
            else if (field.IsRequired) report(value, $"Expected value of type \"{type}\" to include required field \"{field.Name}\", found: {Shown.Of(value)}.");
        }
        foreach (var unknown in value.Fields.Where(f => type.Find(f.Name) is null))
            report(unknown, $"Expected value of type \"{type}\" not to include unknown field \"{unknown.Name}\", found: {Shown.Of(value)}.");
        if (type.IsOneOf && !(value.Fields.Where(f => type.Find(f.Name) is not null).ToList() is [{ Value: not NullValueNode }]))
            report(value, $"Within OneOf Input Object type \"{type}\", exactly one field must be specified, and the value for that field must be non-null.");
    }

    private static string? LeafProblem(ValueNode value, NamedType type)
    {
        switch (type)
        {
            case EnumType enumType:
                if (value is not EnumValueNode name) return $"Enum \"{type}\" cannot represent non-enum value: {Shown.Of(value)}.";
                return enumType.Find(name.Name) is null ? $"Value \"{name.Name}\" does not exist in \"{type}\" enum." : null;
            case ScalarType scalar:
                try
                {
                    scalar.ParseLiteral(value);
                    return null;
                }
                catch (InvalidValueException refused)
                {
                    return refused.Message;
                }
            default: return null;
        }
    }

    private static bool HoldsVariable(ValueNode value) => value switch
    {
        VariableNode => true,
        ListValueNode list => list.Items.Any(HoldsVariable),
        ObjectValueNode fields => fields.Fields.Any(f => HoldsVariable(f.Value)),
        _ => false,
    };
}
