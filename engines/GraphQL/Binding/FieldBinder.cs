using System.Reflection;
using Engines.GraphQL.Data;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>Makes fields of properties and methods.</summary>
internal sealed partial class FieldBinder(TypeRegistry types, InputTypes inputs, EntityFields? entities)
{
    public TypeRegistry Types => types;
    public InputTypes Inputs => inputs;

    /// <summary>The public methods of a static class, each a field.</summary>
    public static IEnumerable<MethodInfo> Methods(Type @class) => @class
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(m => !m.IsSpecialName && !m.IsDefined(typeof(GraphQLIgnoreAttribute))).OrderBy(m => m.MetadataToken);

    /// <summary>A field of a root type: called once, whatever the parents.</summary>
    public FieldDefinition Query(MethodInfo method)
    {
        var call = new MethodCall(types, inputs, method);
        var guards = RootGuards(method);
        var queried = Queried(method);
        if (queried is not null && entities is not null && types.Model?.FindEntityType(queried) is not null) return Finish(List(method, call, queried, guards), method, guards);
        if (method.IsDefined(typeof(UseFirstOrDefaultAttribute))) throw new SchemaException($"{Where(method)} has [UseFirstOrDefault] and answers no query of entities.");
        if (queried is not null) call.ListsQuery(queried);
        var convert = OutputTypes.Converter(types, method, call.Result);
        var resolver = new BatchResolver(async context =>
        {
            var value = await call.Invoke(context, null, call.ReadArguments(types, context));
            if (convert is not null && value is not null) value = convert(value);
            return context.Parents.Count == 1 ? [value] : [.. Enumerable.Repeat(value, context.Parents.Count)];
        });
        return Define(method, OutputTypes.Of(types, method, call.Result), call, resolver, guards);
    }

    /// <summary>What every field made of a method has in common.</summary>
    public FieldDefinition Define(
        MethodInfo method, GraphQLType type, MethodCall call, FieldResolver resolver, IReadOnlyList<FieldGuard> guards, IReadOnlyList<string>? needs = null) => new(Naming.Field(method), type)
        {
            Needs = needs, IsImpersonal = call.IsImpersonal,
            Description = types.Described(types.Docs.Of(method), guards), DeprecationReason = Naming.Deprecation(method), Arguments = [.. call.Arguments.Select(a => a.Value)],
            SizeArgument = method.IsDefined(typeof(ConnectionOfAttribute), true) && call.Arguments.Exists(a => a.Value.Name == "first") ? "first" : null,
            TouchesCredentials = method.IsDefined(typeof(TouchesCredentialsAttribute)),
            Resolver = resolver, Guards = [.. guards], Cost = method.GetCustomAttribute<CostAttribute>()?.Cost ?? (resolver is InlineResolver ? 0 : 1),
            AssumedSize = method.GetCustomAttribute<CostAttribute>()?.AssumedSize ?? (type.Nullable is ListType ? 10 : method.IsDefined(typeof(ConnectionOfAttribute), true) ? 50 : 1),
        };

    public List<FieldGuard> RootGuards(MethodInfo method)
    {
        var guards = GuardsOf(method);
        var anonymous = method.IsDefined(typeof(AllowAnonymousAttribute)) || method.DeclaringType!.IsDefined(typeof(AllowAnonymousAttribute));
        if (types.Options.DefaultGuard is { } always && !anonymous) guards.Insert(0, always);
        return guards;
    }

    /// <summary>Guards of a method: its class's, then its own.</summary>
    public static List<FieldGuard> GuardsOf(MethodInfo method) =>
    [
        .. method.DeclaringType!.GetCustomAttributes<FieldGuardAttribute>().Where(g => g.IsWhole).Concat(method.GetCustomAttributes<FieldGuardAttribute>()).Select(g => g.Create()),
    ];

    /// <summary>What the query holds that a method answers, at once or after asking for something, if it answers one.</summary>
    private static Type? Queried(MethodInfo method)
    {
        var result = method.ReturnType is { IsGenericType: true } task && task.GetGenericTypeDefinition() == typeof(Task<>) ? task.GetGenericArguments()[0] : method.ReturnType;
        return result is { IsGenericType: true } && result.GetGenericArguments() is [var item] && typeof(IQueryable<>).MakeGenericType(item).IsAssignableFrom(result) ? item : null;
    }

    private FieldDefinition List(MethodInfo method, MethodCall call, Type entity, List<FieldGuard> guards)
    {
        var (name, description, own) = (Naming.Field(method), types.Described(types.Docs.Of(method), guards), call.Arguments.Select(a => a.Value));
        return method.IsDefined(typeof(UseFirstOrDefaultAttribute))
            ? entities!.First(name, description, entity, own, Source)
            : entities!.List(name, description, entity, Defaults(ListOptions.Of(method), entity), own, Source);

        async ValueTask<QuerySource> Source(BatchContext context)
        {
            // At the root the one parent is nothing.
            if (context.Parents.Count != 1 && context.Parents[0] is not null) throw new InvalidOperationException($"{Where(method)} answers a query for one parent, and there are {context.Parents.Count}.");
            var (query, lease) = await call.Open(context, context.Parents[0], call.ReadArguments(types, context));
            return new QuerySource((IQueryable)query!, lease);
        }
    }

    private ListOptions Defaults(ListOptions options, Type entity) =>
        types.Binding(entity)?.Classes.Aggregate(options, (all, @class) => all.WithDefaultsOf(@class)) ?? options;

    private static FieldDefinition Finish(FieldDefinition made, MemberInfo member, IReadOnlyList<FieldGuard> guards, bool isImpersonal = false) => new(made.Name, made.Type)
    {
        Description = made.Description, DeprecationReason = Naming.Deprecation(member), Arguments = made.Arguments, Resolver = made.Resolver,
        Guards = [.. guards], Cost = member.GetCustomAttribute<CostAttribute>()?.Cost ?? made.Cost, SizeArgument = made.SizeArgument, AssumedSize = made.AssumedSize,
        Needs = made.Needs, Follows = made.Follows, IsImpersonal = isImpersonal || made.IsImpersonal,
    };
}
