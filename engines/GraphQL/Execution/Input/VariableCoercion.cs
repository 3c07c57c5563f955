using System.Text.Json;
using Engines.GraphQL.Execution.Planning;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution.Input;

/// <summary>The spec's CoerceVariableValues.</summary>
internal static class VariableCoercion
{
    private static readonly GraphQLError s_notForFiles = Error("A file is mapped to a place that is not of the type Upload.");

    /// <summary>The variables that were given or have a default; errors are added where they are no such values.</summary>
    public static IReadOnlyDictionary<string, object?> Coerce(OperationPlan plan, GraphQLRequest request, ExecutionOptions options, List<GraphQLError> errors)
    {
        var given = request.Variables;
        if (given.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined))
        {
            errors.Add(new GraphQLError("Variables must be an object.", ErrorCodes.BadUserInput));
            return InputCoercion.NoVariables;
        }
        if (plan.Variables.Count == 0)
        {
            if (request.Files is { Count: > 0 }) errors.Add(s_notForFiles);
            return InputCoercion.NoVariables;
        }
        if (HasUnreadableName(given))
        {
            errors.Add(Error("A variable's name is not valid Unicode."));
            return InputCoercion.NoVariables;
        }
        var values = new Dictionary<string, object?>(plan.Variables.Count, StringComparer.Ordinal);
        var coercion = new InputCoercion(InputCoercion.NoVariables, request.Files) { MaxListItems = options.MaxListItems };
        foreach (var variable in plan.Variables)
        {
            if (errors.Count == options.MaxVariableErrors) break;
            if (One(variable, given, coercion, values) is { } error) errors.Add(error with { Locations = [plan.Document.Locate(variable.Definition.Span.Start)] });
        }
        if (errors.Count == 0 && coercion.FilesTaken < (request.Files?.Count ?? 0)) errors.Add(s_notForFiles);
        foreach (var condition in plan.Conditions.Variables)
        {
            // The type may allow null beside a default; a condition may not be null all the same.
            if (errors.Count == 0 && values.GetValueOrDefault(condition) is not bool)
                errors.Add(new GraphQLError($"Variable \"${condition}\" decides a condition and must not be null.", ErrorCodes.BadUserInput));
        }
        return values;
    }

    private static GraphQLError? One(VariablePlan variable, JsonElement given, InputCoercion coercion, Dictionary<string, object?> values)
    {
        var (name, type) = (variable.Name, variable.Type);
        try
        {
            if (given.ValueKind == JsonValueKind.Object && given.TryGetProperty(name, out var json))
            {
                if (json.ValueKind == JsonValueKind.Null && type.IsNonNull && !coercion.HasFile(name)) return Error($"Variable \"${name}\" of non-null type \"{type}\" must not be null.");
                values[name] = coercion.Variable(name, type, json);
            }
            else if (variable.Definition.DefaultValue is { } literal)
            {
                values[name] = coercion.Constant(name, type, literal);
            }
            else if (type.IsNonNull)
            {
                return Error($"Variable \"${name}\" of required type \"{type}\" was not provided.");
            }
            return null;
        }
        catch (InvalidValueException e)
        {
            return Error(coercion.IsInside ? $"Variable \"${name}\" got an invalid value at \"{coercion.Path()}\": {e.Message}" : $"Variable \"${name}\" got an invalid value: {e.Message}");
        }
        catch (GraphQLException e)
        {
            return e.Error;
        }
    }

    // Looking a name up throws where another one cannot be read.
    private static bool HasUnreadableName(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object) return false;
        try
        {
            foreach (var property in given.EnumerateObject()) Shown.Name(property);
            return false;
        }
        catch (InvalidValueException)
        {
            return true;
        }
    }

    private static GraphQLError Error(string message) => new(message, ErrorCodes.BadUserInput);
}
