using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

internal static partial class Introspection
{
    private static readonly Dictionary<TypeKind, string> KindDescriptions = new()
    {
        [TypeKind.Scalar] = "Indicates this type is a scalar.",
        [TypeKind.Object] = "Indicates this type is an object. `fields` and `interfaces` are valid fields.",
        [TypeKind.Interface] = "Indicates this type is an interface. `fields`, `interfaces`, and `possibleTypes` are valid fields.",
        [TypeKind.Union] = "Indicates this type is a union. `possibleTypes` is a valid field.",
        [TypeKind.Enum] = "Indicates this type is an enum. `enumValues` is a valid field.",
        [TypeKind.InputObject] = "Indicates this type is an input object. `inputFields` is a valid field.",
        [TypeKind.List] = "Indicates this type is a list. `ofType` is a valid field.",
        [TypeKind.NonNull] = "Indicates this type is a non-null. `ofType` is a valid field.",
    };

    private static readonly Dictionary<DirectiveLocation, string> LocationDescriptions = new()
    {
        [DirectiveLocation.Query] = "a query operation",
        [DirectiveLocation.Mutation] = "a mutation operation",
        [DirectiveLocation.Subscription] = "a subscription operation",
        [DirectiveLocation.Field] = "a field",
        [DirectiveLocation.FragmentDefinition] = "a fragment definition",
        [DirectiveLocation.FragmentSpread] = "a fragment spread",
        [DirectiveLocation.InlineFragment] = "an inline fragment",
        [DirectiveLocation.VariableDefinition] = "a variable definition",
        [DirectiveLocation.Schema] = "a schema definition",
        [DirectiveLocation.Scalar] = "a scalar definition",
        [DirectiveLocation.Object] = "an object type definition",
        [DirectiveLocation.FieldDefinition] = "a field definition",
        [DirectiveLocation.ArgumentDefinition] = "an argument definition",
        [DirectiveLocation.Interface] = "an interface definition",
        [DirectiveLocation.Union] = "a union definition",
        [DirectiveLocation.Enum] = "an enum definition",
        [DirectiveLocation.EnumValue] = "an enum value definition",
        [DirectiveLocation.InputObject] = "an input object type definition",
        [DirectiveLocation.InputFieldDefinition] = "an input object field definition",
    };

    private static Filler<T> Fill<T>(ObjectType type) where T : class => new(type);

    /// <summary>Adds fields that read a T.</summary>
    private sealed class Filler<T>(ObjectType type) where T : class
    {
        public Filler<T> Field(string name, GraphQLType result, Func<T, object?> read, string? description = null)
        {
            type.Add(new FieldDefinition(name, result) { Description = description, Resolver = new InlineResolver(o => read((T)o)) });
            return this;
        }

        public Filler<T> Batch(string name, GraphQLType result, Func<T, BatchContext, object?> read)
        {
            type.Add(new FieldDefinition(name, result) { Resolver = Each(read) });
            return this;
        }

        /// <summary>A list that leaves out what is deprecated unless <c>includeDeprecated</c> is true.</summary>
        public Filler<T> Deprecable<TItem>(string name, GraphQLType result, Func<T, IReadOnlyList<TItem>?> list, Func<TItem, string?> reason) where TItem : class
        {
            type.Add(new FieldDefinition(name, result)
            {
                Arguments = [new InputValue("includeDeprecated", new NonNullType(Scalars.Boolean)) { DefaultValue = new BooleanValueNode(default, false) }],
                Resolver = Each((t, c) => c.Argument<bool>("includeDeprecated") ? list(t) : list(t)?.Where(i => reason(i) is null).ToList()),
            });
            return this;
        }

        private static BatchResolver Each(Func<T, BatchContext, object?> read) =>
            new(c => new(c.Parents.Select(p => read((T)p, c)).ToArray()));
    }
}
