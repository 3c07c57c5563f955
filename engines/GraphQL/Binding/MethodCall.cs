using System.Linq.Expressions;
using System.Reflection;
using Engines.GraphQL.Data;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;

namespace Engines.GraphQL.Binding;

/// <summary>A static method as the resolver of a field: which parameters are arguments, which come from the request, and a compiled call.</summary>
internal sealed class MethodCall
{
    private delegate object? Call(BatchContext context, DbContext? db, object? parents, object?[] arguments);

    private static readonly MethodInfo ServiceMethod = typeof(ServiceProviderServiceExtensions)
        .GetMethod(nameof(ServiceProviderServiceExtensions.GetRequiredService), 1, [typeof(IServiceProvider)])!;

    private readonly Call _call;
    private Func<object?, CancellationToken, Task<object?>>? _read;
    private readonly Func<BatchContext, ValueTask<DbLease>>? _lease;

    /// <param name="parent">The parameter that takes the parents, if any; given to the call as it is. Known by its place: two threads may be given two objects for one parameter.</param>
    /// <param name="alike">Types whose properties describe parameters of the same name.</param>
    public MethodCall(TypeRegistry types, InputTypes inputs, MethodInfo method, ParameterInfo? parent = null, IEnumerable<Type>? alike = null)
    {
        Method = method;
        Result = Shape.Of(types.Nullability.Create(method.ReturnParameter));
        var (context, db, parents, arguments) =
            (Expression.Parameter(typeof(BatchContext)), Expression.Parameter(typeof(DbContext)), Expression.Parameter(typeof(object)), Expression.Parameter(typeof(object?[])));
        var values = new List<Expression>();
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.Position == parent?.Position) values.Add(Expression.Convert(parents, parameter.ParameterType));
            else if (FromRequest(types.Options, parameter, context, db) is { } value)
            {
                values.Add(value);
                TakesRequest = true;
                IsImpersonal &= TellsNoPerson(types.Options, parameter);
            }
            else
            {
                values.Add(InputObject.Unbox(Expression.ArrayIndex(arguments, Expression.Constant(Arguments.Count)), parameter.ParameterType));
                Arguments.Add(inputs.Of(parameter, alike));
            }
        }
        _lease = method.GetParameters().Any(p => IsContext(types.Options, p)) ? types.Options.Lease : null;
        var call = Expression.Call(method, values);
        Expression body = method.ReturnType == typeof(void) ? Expression.Block(call, Expression.Constant(null)) : Expression.Convert(call, typeof(object));
        _call = Expression.Lambda<Call>(body, context, db, parents, arguments).Compile();
    }

    public MethodInfo Method { get; }
    public List<InputMember> Arguments { get; } = [];
    /// <summary>What the method answers, without its task.</summary>
    public Shape Result { get; }
    public bool IsAsync => TaskResult.IsTask(Method.ReturnType);
    /// <summary>Whether it needs more than its parent and arguments.</summary>
    public bool TakesRequest { get; }
    /// <summary>Whether nothing that it takes from the request can tell who asks.</summary>
    public bool IsImpersonal { get; } = true;

    /// <summary>The C# values of the arguments.</summary>
    /// <exception cref="InputRefusedException">A C# type refused what was given for it.</exception>
    public object?[] ReadArguments(InputFields given, InputPath? above = null)
    {
        if (Arguments.Count == 0) return [];
        var values = new object?[Arguments.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Arguments[i].Read(given, new InputPath(above, Arguments[i].Value.Name));
        return values;
    }

    /// <summary>The arguments of a field that has no errors of its own: a refused one is the client's mistake.</summary>
    public object?[] ReadArguments(TypeRegistry types, BatchContext context)
    {
        try
        {
            return ReadArguments(context.Arguments);
        }
        catch (InputRefusedException refused)
        {
            throw BadInput(types.Options, refused);
        }
    }

    public static GraphQLException BadInput(BindingOptions options, InputRefusedException refused)
    {
        var why = refused.Refusal is InvalidValueException || options.FieldOf(refused.Refusal) is not null ? refused.Refusal.Message : "This value is not accepted.";
        return new GraphQLException($"{string.Join('.', refused.Path.Segments())}: {why}", ErrorCodes.BadUserInput);
    }

    /// <summary>The method answers a query of plain records, to be read before its context is given back.</summary>
    public void ListsQuery(Type item) => _read = typeof(MethodCall).GetMethod(nameof(ReadQuery), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(item).CreateDelegate<Func<object?, CancellationToken, Task<object?>>>();

    /// <summary>Calls and awaits; the context that the method takes is lent for the call.</summary>
    public async ValueTask<object?> Invoke(BatchContext context, object? parents, object?[] arguments)
    {
        await using var lease = _lease is null ? default : await _lease(context);
        var result = await TaskResult.Of(_call(context, lease.Context, parents, arguments));
        return _read is null ? result : await _read(result, context.Cancel);
    }

    /// <summary>Calls a method whose result is read later, on a context that goes with it.</summary>
    public async ValueTask<(object? Result, DbLease Lease)> Open(BatchContext context, object? parent, object?[] arguments)
    {
        if (_lease is null) return (await TaskResult.Of(_call(context, null, parent, arguments)), default);
        var lease = await _lease(context);
        return (await TaskResult.Of(_call(context, lease.Context, parent, arguments)), lease);
    }

    private static async Task<object?> ReadQuery<T>(object? query, CancellationToken cancel) => query is IQueryable<T> { Provider: IAsyncQueryProvider } rows
        ? await rows.ToListAsync(cancel) : ((IEnumerable<T>?)query)?.ToList();

    public static bool IsFromRequest(BindingOptions options, ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ServiceAttribute)) || options.Parameters.ContainsKey(parameter.ParameterType) || IsContext(options, parameter)
        || parameter.ParameterType == typeof(CancellationToken) || parameter.ParameterType == typeof(RequestContext) || parameter.ParameterType == typeof(BatchContext);

    private static bool TellsNoPerson(BindingOptions options, ParameterInfo parameter) => !parameter.IsDefined(typeof(ServiceAttribute))
        && (options.Impersonal.Contains(parameter.ParameterType) || IsContext(options, parameter) || parameter.ParameterType == typeof(CancellationToken));

    private static bool IsContext(BindingOptions options, ParameterInfo parameter) => options.ContextType is { } type && parameter.ParameterType.IsAssignableFrom(type) && typeof(DbContext).IsAssignableFrom(parameter.ParameterType);

    private static Expression? FromRequest(BindingOptions options, ParameterInfo parameter, Expression context, Expression db)
    {
        var type = parameter.ParameterType;
        var request = Expression.Property(context, nameof(BatchContext.Request));
        if (parameter.IsDefined(typeof(ServiceAttribute))) return Expression.Call(ServiceMethod.MakeGenericMethod(type), Expression.Property(request, nameof(RequestContext.Services)));
        if (options.Parameters.TryGetValue(type, out var value)) return Expression.Invoke(Expression.Constant(value), request);
        if (IsContext(options, parameter)) return Expression.Convert(db, type);
        if (type == typeof(CancellationToken)) return Expression.Property(context, nameof(BatchContext.Cancel));
        if (type == typeof(RequestContext)) return request;
        return type == typeof(BatchContext) ? context : null;
    }
}
