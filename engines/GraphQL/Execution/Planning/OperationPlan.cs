using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution.Planning;

/// <summary>One operation of a document compiled against the schema, good for any variables. Immutable once planned, shared by all requests.</summary>
internal sealed class OperationPlan
{
    public required Schema Schema { get; init; }
    public required DocumentNode Document { get; init; }
    public required OperationDefinitionNode Operation { get; init; }
    public required SelectionPlan Root { get; init; }
    public required IReadOnlyList<VariablePlan> Variables { get; init; }
    public required ConditionTable Conditions { get; init; }
    /// <summary>How many fields keep results, how many selections keep objects, how many fields have arguments that hold variables.</summary>
    public required int ResultSlots { get; init; }
    public required int ObjectSlots { get; init; }
    public required int ArgumentSlots { get; init; }
    public required bool Introspects { get; init; }

    /// <summary>For a subscription: by what its messages may be shared.</summary>
    public StreamReach Reach => field ??= StreamReach.Of(Root);
}

internal sealed record VariablePlan(VariableDefinitionNode Definition, GraphQLType Type)
{
    public string Name => Definition.Variable.Name;
}

/// <summary>The merged fields of one concrete type at one place of the answer.</summary>
internal sealed class SelectionPlan
{
    public SelectionPlan(ObjectType type, FieldPlan[] fields, int slot)
    {
        (Type, Fields, Slot) = (type, fields, slot);
        Stored = Array.FindAll(fields, f => f.Slot >= 0);
        Reorders = Array.Exists(fields, f => f.Occurrences[0].When != ConditionTable.Always && Array.Exists(f.Occurrences, o => o.When != f.Occurrences[0].When));
    }

    public ObjectType Type { get; }
    /// <summary>In the order of the document, nothing excluded.</summary>
    public FieldPlan[] Fields { get; }
    /// <summary>The fields that need work: run for all objects here at once.</summary>
    public FieldPlan[] Stored { get; }
    /// <summary>Whether the order in the answer depends on conditions: where the first of equal fields is excluded, a later one gives the place.</summary>
    public bool Reorders { get; }
    /// <summary>Where its objects are collected; -1 when nothing here or below needs work, so that the writer simply reads.</summary>
    public int Slot { get; }
    public bool Collected => Slot >= 0;
}
