using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

internal sealed partial class SchemaRules
{
    /// <summary>An input object must have some finite value, and its defaults must end.</summary>
    private void CheckInputCycles()
    {
        var inputs = schema.Types.Values.OfType<InputObjectType>().ToList();
        var finite = new HashSet<InputObjectType>();
        // What needs only finite inputs is finite; repeat until nothing new is.
        int before;
        do
        {
            before = finite.Count;
            finite.UnionWith(inputs.Where(i => IsFinite(i, finite)).ToList());
        }
        while (finite.Count > before);
        foreach (var endless in inputs.Where(i => !finite.Contains(i) && i.Fields.Count > 0))
            Add($"Input Object {endless} cannot be provided a finite value because it references itself through its required fields.");

        var done = new HashSet<InputValue>();
        foreach (var input in inputs)
            foreach (var field in input.Fields) CheckDefault(input, field, [], done);
    }

    private static bool IsFinite(InputObjectType input, HashSet<InputObjectType> finite)
    {
        bool Ends(InputValue field) => field.Type.Nullable is not InputObjectType other || finite.Contains(other);
        return input.IsOneOf ? input.Fields.Any(Ends) : input.Fields.All(f => !f.Type.IsNonNull || Ends(f));
    }

    private void CheckDefault(InputObjectType owner, InputValue field, List<InputValue> path, HashSet<InputValue> done)
    {
        if (field.DefaultValue is null || done.Contains(field)) return;
        if (path.Contains(field))
        {
            done.Add(field);
            Add($"Invalid circular reference. The default value of Input Object field {owner}.{field.Name} references itself.");
            return;
        }
        path.Add(field);
        FollowDefault(field.DefaultValue, field.Type, path, done);
        path.RemoveAt(path.Count - 1);
        done.Add(field);
    }

    /// <summary>Into the defaults of the fields that a default value leaves out.</summary>
    private void FollowDefault(ValueNode value, GraphQLType type, List<InputValue> path, HashSet<InputValue> done)
    {
        switch (type.Nullable, value)
        {
            case (ListType list, ListValueNode items):
                foreach (var item in items.Items) FollowDefault(item, list.Item, path, done);
                break;
            case (ListType list, _): FollowDefault(value, list.Item, path, done); break;
            case (InputObjectType input, ObjectValueNode fields):
                foreach (var field in input.Fields)
                {
                    if (fields.Fields.FirstOrDefault(f => f.Name == field.Name) is { } given) FollowDefault(given.Value, field.Type, path, done);
                    else CheckDefault(input, field, path, done);
                }
                break;
        }
    }
}
