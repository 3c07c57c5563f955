using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution;

/// <summary>One call of a field for all its parents of a level.</summary>
public sealed class BatchContext(RequestContext request, FieldDefinition definition, IReadOnlyList<object> parents, InputFields arguments, FieldSelection selection)
{
    public RequestContext Request => request;
    public FieldDefinition Field => definition;
    /// <summary>Never empty; the root object at the top level.</summary>
    public IReadOnlyList<object> Parents => parents;
    /// <summary>The coerced arguments: those that were given or have a default.</summary>
    public InputFields Arguments => arguments;
    /// <summary>What the client selected of the result.</summary>
    public FieldSelection Selection => selection;
    public CancellationToken Cancel => request.Cancel;

    /// <summary>An argument's value, or the default of T when absent or null.</summary>
    public T? Argument<T>(string name) => arguments.TryGetValue(name, out var value) && value is T typed ? typed : default;
}

/// <summary>The selection below a field, with conditional fields (<c>@include</c>, <c>@skip</c>) already decided for this request.</summary>
public abstract class FieldSelection
{
    /// <summary>Whether the field named (not aliased) is selected on the result, in any of its concrete types.</summary>
    public abstract bool Selects(string field);

    /// <summary>The selection below a selected field, merged over aliases; null when it is not selected or is a leaf.</summary>
    public abstract FieldSelection? Below(string field);

    /// <summary>What the selected fields read of the objects that this field answers, or of the nodes of the connection that it answers; conditional fields count as selected.</summary>
    internal virtual PropertySet Reads(bool ofNodes) => PropertySet.All;
}
