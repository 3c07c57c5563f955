using System.Collections;
using Engines.GraphQL.Execution.Input;
using Engines.GraphQL.Execution.Planning;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution.Running;

/// <summary>What is decided about an operation before any of it runs: who may use its fields, their arguments, and what it may cost.</summary>
internal sealed class Preparation(OperationRun run)
{
    private Dictionary<FieldDefinition, GraphQLError?>? _asked;
    private Dictionary<ObjectType, GraphQLError?>? _askedTypes;
    private GraphQLError? _refusal;

    /// <summary>The cost of what this request selects, at most.</summary>
    public double Cost { get; private set; }

    /// <summary>Prepares the run; answers the error that refuses the whole request, or null.</summary>
    public GraphQLError? Refuse(double maxCost, int maxCredentialFields)
    {
        Cost = Walk(run.Plan.Root);
        if (_refusal is not null) return _refusal;
        if (run.Plan.Root.Fields.Count(f => f.Definition.TouchesCredentials && run.Includes(f)) > maxCredentialFields)
            return new GraphQLError($"An operation may have at most {maxCredentialFields} root fields that touch credentials.", ErrorCodes.TooComplex);
        if (Cost <= maxCost) return null;
        var figures = new Dictionary<string, object?> { ["requested"] = Cost, ["maximum"] = maxCost };
        return new GraphQLError(
            $"The operation may cost {Cost:0}, more than the maximum of {maxCost:0}; ask for less at once.", ErrorCodes.TooComplex,
            Extensions: new Dictionary<string, object?> { ["cost"] = figures });
    }

    private double Walk(SelectionPlan selection)
    {
        var total = 0.0;
        foreach (var field in selection.Fields)
        {
            if (field.Kind == FieldKind.Typename || !run.Includes(field) || !MayRun(field)) continue;
            var below = 0.0;
            foreach (var possible in field.Selections)
                if (MayShow(field, possible.Type)) below = Math.Max(below, Walk(possible));
            // Leaves that are read straight off their parent cost nothing worth counting.
            var own = field.Selections.Length == 0 && field.Kind != FieldKind.Stored ? 0 : field.Definition.Cost;
            total += own + (below == 0 ? 0 : Size(field) * below);
        }
        return total;
    }

    private bool MayRun(FieldPlan field)
    {
        if (Denial(field.Definition) is { } denied)
        {
            if (denied.Code == ErrorCodes.Unauthenticated) _refusal ??= denied with { Locations = run.LocationsOf(field) };
            run.Block(field, denied);
            return false;
        }
        if (field.GuardedType is { } type && Denial(type) is { } hidden)
        {
            if (IsOptional(field, type)) run.Omit(field);
            else run.Block(field, hidden);
            return false;
        }
        var error = field.ConstantsError;
        if (field.ArgumentSlot >= 0 && InputCoercion.Arguments(field.Definition, field.Occurrences[0].Node.Arguments, run.Variables, out error) is { } arguments)
            run.SetArguments(field, arguments);
        if (error is null) return true;
        run.Block(field, error);
        return false;
    }

    private GraphQLError? Denial(FieldDefinition definition)
    {
        if (definition.Guards.Count == 0) return null;
        _asked ??= [];
        if (_asked.TryGetValue(definition, out var answer)) return answer;
        foreach (var guard in definition.Guards)
            if ((answer = guard.Deny(run.Context)) is not null) break;
        return _asked[definition] = answer;
    }

    private GraphQLError? Denial(ObjectType guarded)
    {
        var type = guarded.PageOf ?? guarded;
        _askedTypes ??= [];
        if (_askedTypes.TryGetValue(type, out var answer)) return answer;
        foreach (var guard in type.Guards)
            if ((answer = guard.Deny(run.Context)) is not null) break;
        return _askedTypes[type] = answer;
    }

    /// <summary>Whether a type is among those that a value of an interface or union may be for this caller.</summary>
    private bool MayShow(FieldPlan field, ObjectType type)
    {
        if (field.ByType is null || type.Guards.Count == 0 || Denial(type) is not { } hidden) return true;
        run.Hide(type, hidden);
        return false;
    }

    /// <summary>Whether a field can do without its object. What changes something, or goes on and on, is refused rather than left out.</summary>
    private bool IsOptional(FieldPlan field, ObjectType type) =>
        field.Shape is { NonNull: false, Item: null } && type.PageOf is null && field.Parent != run.Plan.Schema.Mutation && field.Parent != run.Plan.Schema.Subscription;

    private int Size(FieldPlan field)
    {
        if (field.Definition.SizeArgument is not { } name) return field.Definition.AssumedSize;
        var arguments = run.ArgumentsOf(field);
        // A connection's page may be asked for from its end.
        return (arguments.GetValueOrDefault(name) ?? (name == "first" ? arguments.GetValueOrDefault("last") : null)) switch
        {
            int size and >= 0 => size,
            ICollection items => items.Count,
            _ => field.Definition.AssumedSize,
        };
    }
}
