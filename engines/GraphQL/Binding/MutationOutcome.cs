using System.Runtime.CompilerServices;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

/// <summary>Which exceptions are errors of one mutation, and how they speak.</summary>
public sealed class MutationOutcome
{
    private static readonly ConditionalWeakTable<FieldDefinition, MutationOutcome> Known = [];
    private readonly BindingOptions _options;
    private readonly IReadOnlyCollection<Type> _declared;
    private readonly InputObjectType? _input;

    internal MutationOutcome(BindingOptions options, IReadOnlyCollection<Type> declared, InputObjectType? input) => (_options, _declared, _input) = (options, declared, input);

    /// <summary>The payload of a mutation's field that failed so; null when the field cannot give this error. For hosts that undo a field after it answered.</summary>
    public static object? Failed(FieldDefinition mutation, RequestContext request, Exception failure) =>
        Known.TryGetValue(mutation, out var outcome) && outcome.ErrorsOf(failure) is { } errors ? new MutationPayload(request, null, errors) : null;

    /// <summary>Whether a mutation's answer says that it failed.</summary>
    public static bool HasFailed(object? payload) => payload is MutationPayload { Errors: not null };

    /// <summary>Whether a mutation's answer says that it failed in this way.</summary>
    public static bool HasFailed<TError>(object? payload) where TError : Exception => payload is MutationPayload { Errors: { } errors } && errors.Any(e => e.Exception is TError);

    internal static void Remember(FieldDefinition mutation, MutationOutcome outcome) => Known.Add(mutation, outcome);

    /// <summary>Null: at least one of them is not declared.</summary>
    internal IReadOnlyList<MutationError>? ErrorsOf(Exception failure)
    {
        var refused = failure as InputRefusedException;
        var cause = refused?.Refusal ?? failure;
        var several = _options.SeveralOf(cause)?.ToArray() ?? [cause];
        if (several.Length == 0 || Array.Exists(several, e => MutationErrors.Declared(_declared, e.GetType()) is null)) return null;
        return [.. several.Select(e => new MutationError(e, CodeOf(e), refused is null ? PathOf(e) : refused.Path.Segments()))];
    }

    internal Exception BadInput(InputRefusedException refused) => MethodCall.BadInput(_options, refused);

    private string CodeOf(Exception error)
    {
        if (_options.CodeOf(error) is { Length: > 0 } code) return code;
        var name = error.GetType().Name;
        if (name.EndsWith("Exception", StringComparison.Ordinal)) name = name[..^9];
        else if (name.EndsWith("Error", StringComparison.Ordinal)) name = name[..^5];
        return Naming.UpperSnake(name);
    }

    private IReadOnlyList<string>? PathOf(Exception error) =>
        _input is not null && _options.FieldOf(error) is { Length: > 0 } named && ErrorPath.Find(_input, named) is { } path ? ["input", .. path] : null;
}
