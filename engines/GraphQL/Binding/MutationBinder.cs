using System.Reflection;
using System.Runtime.CompilerServices;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>Methods as mutations: flat parameters become one input, the result a payload, declared exceptions its errors.</summary>
internal sealed class MutationBinder(FieldBinder binder, MutationErrors errors, ObjectType query)
{
    private const string Input = "input";
    private readonly TypeRegistry _types = binder.Types;

    public FieldDefinition Bind(MethodInfo method)
    {
        var call = new MethodCall(_types, binder.Inputs, method, alike: Alike(Shape.Of(_types.Nullability.Create(method.ReturnParameter))));
        var name = Naming.Field(method);
        var declared = _types.Options.CommonErrors
            .Concat(method.DeclaringType!.GetCustomAttributes<ErrorAttribute>().SelectMany(e => e.Types)).Concat(method.GetCustomAttributes<ErrorAttribute>().SelectMany(e => e.Types))
            .Distinct().ToList();
        // A method that takes one input of its own has no need of another around it.
        var isWhole = call.Arguments is [{ ClrName: Input, Value.Type.Named: InputObjectType }];
        var input = isWhole ? (InputObjectType)call.Arguments[0].Value.Type.Named : call.Arguments.Count > 0 ? InputOf(name, call) : null;
        var payload = PayloadOf(name, method, call, declared);
        var outcome = new MutationOutcome(_types.Options, declared, input);
        var guards = binder.RootGuards(method);
        var made = binder.Define(method, new NonNullType(payload), call, new BatchResolver(async context => [await Run(context, call, outcome, isWhole)]) { RunsMutation = true }, guards);
        made.Arguments.Clear();
        if (input is not null) made.Arguments.Add(new InputValue(Input, new NonNullType(input)) { Description = $"What {name} takes." });
        MutationOutcome.Remember(made, outcome);
        return made;
    }

    private static async ValueTask<object?> Run(BatchContext context, MethodCall call, MutationOutcome outcome, bool isWhole)
    {
        try
        {
            var given = isWhole ? context.Arguments : context.Arguments.GetValueOrDefault(Input) as InputFields ?? [];
            var arguments = call.ReadArguments(given, isWhole ? null : new InputPath(null, Input));
            // The catch stands outside: what fails has rolled back before it is told.
            var result = await context.Request.RunMutation(context, () => call.Invoke(context, null, arguments));
            return new MutationPayload(context.Request, result, null);
        }
        catch (Exception failure) when (outcome.ErrorsOf(failure) is not null)
        {
            return new MutationPayload(context.Request, null, outcome.ErrorsOf(failure));
        }
        catch (InputRefusedException refused)
        {
            throw outcome.BadInput(refused);
        }
    }

    /// <summary>The types that a mutation changes, by its result: what they say of a property holds for the parameter of that name.</summary>
    private static IEnumerable<Type> Alike(Shape result) =>
        typeof(ITuple).IsAssignableFrom(result.Type) ? result.Arguments.Select(a => a.Type)
        : result.Type.IsDefined(typeof(PayloadAttribute)) ? TypeRegistry.PublicProperties(result.Type).OrderBy(p => p.MetadataToken).Select(p => p.PropertyType)
        : [result.Item?.Type ?? result.Type];

    private InputObjectType InputOf(string field, MethodCall call)
    {
        var name = Naming.Pascal(field) + "Input";
        var input = new InputObjectType(name) { Description = $"What {field} takes." };
        if (_types.GetOrAdd(name, () => input) != input) throw new SchemaException($"Two input types are named {name}.");
        foreach (var argument in call.Arguments) input.Add(argument.Value);
        return input;
    }

    private ObjectType PayloadOf(string field, MethodInfo method, MethodCall call, List<Type> declared)
    {
        var name = Naming.Pascal(field);
        var payload = new ObjectType(name + "Payload") { Description = $"What {field} answers: its result, or the errors that kept it from one." };
        if (_types.GetOrAdd(payload.Name, () => payload) != payload) throw new SchemaException($"Two mutations are named {field}.");
        foreach (var result in Results(method, call.Result)) payload.Add(result);
        if (declared.Count > 0)
        {
            payload.Add(new FieldDefinition("errors", new ListType(new NonNullType(errors.Union(name + "Error", field, declared))))
            {
                Description = "What the caller can put right; null when all went well.", Cost = 0, Resolver = new InlineResolver(p => ((MutationPayload)p).Errors),
            });
        }
        payload.Add(new FieldDefinition("query", new NonNullType(query))
        {
            Description = "All queries, to read in the same request what has changed.", Cost = 0, Resolver = new InlineResolver(p => ((MutationPayload)p).Request),
        });
        return payload;
    }

    /// <summary>The result under its own name; a tuple or a record marked as payload gives one field a part.</summary>
    private IEnumerable<FieldDefinition> Results(MethodInfo method, Shape result)
    {
        if (method.ReturnType == typeof(void) || method.ReturnType == typeof(Task) || method.ReturnType == typeof(ValueTask)) yield break;
        if (typeof(ITuple).IsAssignableFrom(result.Type))
        {
            var names = method.ReturnParameter.GetCustomAttribute<TupleElementNamesAttribute>()?.TransformNames ?? [];
            for (var i = 0; i < result.Arguments.Count; i++)
            {
                if (names.ElementAtOrDefault(i) is not { } name) throw new SchemaException($"{Where(method)} answers a tuple whose parts need names.");
                var part = i;
                yield return Result(Naming.Camel(name), TypeOf(method, null, result.Arguments[i]), OutputTypes.Converter(_types, null, result.Arguments[i]),
                    value => ((ITuple)value)[part], _types.Docs.Of(result.Arguments[i].Type));
            }
        }
        else if (result.Type.IsDefined(typeof(PayloadAttribute)))
        {
            foreach (var property in TypeRegistry.PublicProperties(result.Type).Where(p => !p.IsDefined(typeof(GraphQLIgnoreAttribute))).OrderBy(p => p.MetadataToken))
            {
                var shape = Shape.Of(_types.Nullability.Create(property));
                yield return Result(Naming.Field(property), TypeOf(method, property, shape), OutputTypes.Converter(_types, property, shape), Getter.Boxed(property), _types.Docs.Of(property),
                    property.IsDefined(typeof(ShownOnceAttribute)));
            }
        }
        else
        {
            var name = method.GetCustomAttribute<PayloadAttribute>()?.Name
                ?? (result.Item is { } item ? Naming.Plural(NameOf(method, item.Type)) : NameOf(method, result.Type));
            yield return Result(Naming.Camel(name), TypeOf(method, method, result), OutputTypes.Converter(_types, method, result), value => value, null);
        }
    }

    private static FieldDefinition Result(string name, GraphQLType type, Func<object, object>? convert, Func<object, object?> read, string? description, bool shownOnce = false)
    {
        var converted = Getter.Converted(read, convert);
        return new FieldDefinition(name, type.Nullable)
        {
            Description = description ?? "The result; null when there are errors.", Cost = 0, AssumedSize = type.Nullable is ListType ? 10 : 1, ShownOnce = shownOnce,
            Resolver = new InlineResolver(payload => ((MutationPayload)payload).Result is { } result ? converted(result) : null),
        };
    }

    private GraphQLType TypeOf(MethodInfo method, MemberInfo? member, Shape shape) => member is not null ? OutputTypes.Of(_types, member, shape)
        : OutputTypes.Of(_types, shape) ?? throw new SchemaException($"{Where(method)} answers {shape.Type.Name}, which is not in the schema.");

    private string NameOf(MethodInfo method, Type type) =>
        _types.Output(type) is CompositeType composite ? composite.Name : throw new SchemaException($"{Where(method)} answers a {type.Name}: name its field by [Payload(\"…\")].");

    private static string Where(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
