using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>An input object made of a C# record or class: constructor parameters first, then what else can be set.</summary>
internal sealed class InputObject(Type clrType, InputObjectType type)
{
    private readonly List<InputMember> _arguments = [];
    private readonly List<(InputMember Member, Action<object, object?> Set)> _settable = [];
    private Func<object?[], object> _construct = _ => throw new InvalidOperationException();

    public InputObjectType Type => type;
    public IEnumerable<InputMember> Members => _arguments.Concat(_settable.Select(s => s.Member));

    /// <summary>After it was made known, since it may hold itself.</summary>
    public void Fill(InputTypes inputs)
    {
        var constructor = clrType.GetConstructors().Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != clrType).MaxBy(c => c.GetParameters().Length);
        var parameters = constructor?.GetParameters() ?? [];
        if (constructor is null && !clrType.IsValueType) throw new SchemaException($"{clrType.Name} has no public constructor and so cannot be an input.");
        _construct = Constructor(constructor, parameters);
        foreach (var parameter in parameters) _arguments.Add(inputs.Of(parameter));

        var fresh = Fresh(constructor, parameters);
        foreach (var property in clrType.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.MetadataToken))
        {
            if (property.SetMethod is not { IsPublic: true } || property.IsDefined(typeof(GraphQLIgnoreAttribute))) continue;
            if (parameters.Any(p => string.Equals(p.Name, property.Name, StringComparison.OrdinalIgnoreCase))) continue;
            var initial = property.IsDefined(typeof(RequiredMemberAttribute)) || fresh is null ? null : property.GetValue(fresh);
            // Zero is what nobody gave; only false is a default that people mean.
            var isMeant = initial is bool || (initial is not null && !(property.PropertyType.IsValueType && initial.Equals(Activator.CreateInstance(property.PropertyType))));
            _settable.Add((inputs.Of(property, isMeant, isMeant ? initial : null), Setter(property)));
        }
        foreach (var member in Members) type.Add(member.Value);
    }

    public object Read(object value, InputPath path)
    {
        var fields = (InputFields)value;
        var arguments = new object?[_arguments.Count];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = _arguments[i].Read(fields, path.Then(_arguments[i].Value.Name));
        try
        {
            var made = _construct(arguments);
            foreach (var (member, set) in _settable)
                if (member.IsGiven(fields)) set(made, member.Read(fields, path.Then(member.Value.Name)));
            return made;
        }
        catch (Exception refusal) when (refusal is not InputRefusedException)
        {
            throw new InputRefusedException(path, refusal);
        }
    }

    /// <summary>An object by which the defaults of its properties are known; null where the constructor does not accept nothing.</summary>
    private object? Fresh(ConstructorInfo? constructor, ParameterInfo[] parameters)
    {
        try
        {
            return constructor is null ? Activator.CreateInstance(clrType) : constructor.Invoke([.. parameters.Select(p =>
                p.HasDefaultValue ? InputTypes.DefaultOf(p) : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)]);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private Func<object?[], object> Constructor(ConstructorInfo? constructor, ParameterInfo[] parameters)
    {
        var arguments = Expression.Parameter(typeof(object?[]));
        var make = constructor is null
            ? Expression.New(clrType)
            : Expression.New(constructor, parameters.Select((p, i) => Unbox(Expression.ArrayIndex(arguments, Expression.Constant(i)), p.ParameterType)));
        return Expression.Lambda<Func<object?[], object>>(Expression.Convert(make, typeof(object)), arguments).Compile();
    }

    private Action<object, object?> Setter(PropertyInfo property)
    {
        var (owner, value) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(object)));
        var target = clrType.IsValueType ? Expression.Unbox(owner, clrType) : Expression.Convert(owner, clrType);
        return Expression.Lambda<Action<object, object?>>(Expression.Call(target, property.SetMethod!, Unbox(value, property.PropertyType)), owner, value).Compile();
    }

    /// <summary>Null becomes the default of the type.</summary>
    internal static Expression Unbox(Expression value, Type type) => type.IsValueType
        ? Expression.Condition(Expression.ReferenceEqual(value, Expression.Constant(null)), Expression.Default(type), Expression.Convert(value, type))
        : Expression.Convert(value, type);
}
