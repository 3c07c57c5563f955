using System.Collections.Concurrent;
using System.Reflection;

namespace Engines.GraphQL.Binding;

/// <summary>Awaits whatever a method answered: a value, a task or a value task of any type.</summary>
internal static class TaskResult
{
    private static readonly ConcurrentDictionary<Type, Func<object, ValueTask<object?>>?> Awaiters = [];
    private static readonly MethodInfo TaskMethod = typeof(TaskResult).GetMethod(nameof(OfTask), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo ValueTaskMethod = typeof(TaskResult).GetMethod(nameof(OfValueTask), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static bool IsTask(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    public static ValueTask<object?> Of(object? result) =>
        result is null ? default : Awaiters.GetOrAdd(result.GetType(), Awaiter) is { } awaiter ? awaiter(result) : ValueTask.FromResult<object?>(result);

    private static Func<object, ValueTask<object?>>? Awaiter(Type type)
    {
        if (type == typeof(ValueTask)) return async task =>
        {
            await (ValueTask)task;
            return null;
        };
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>)) return Make(ValueTaskMethod, type);
        if (!typeof(Task).IsAssignableFrom(type)) return null;
        for (var at = type; at is not null; at = at.BaseType)
            // An async method without result gives a task of an internal type, which stands for nothing.
            if (at.IsGenericType && at.GetGenericTypeDefinition() == typeof(Task<>) && at.GetGenericArguments()[0].Name != "VoidTaskResult") return Make(TaskMethod, at);
        return async task =>
        {
            await (Task)task;
            return null;
        };
    }

    private static Func<object, ValueTask<object?>> Make(MethodInfo method, Type task) =>
        method.MakeGenericMethod(task.GetGenericArguments()).CreateDelegate<Func<object, ValueTask<object?>>>();

    private static async ValueTask<object?> OfTask<T>(object task) => await (Task<T>)task;

    private static async ValueTask<object?> OfValueTask<T>(object task) => await (ValueTask<T>)task;
}
