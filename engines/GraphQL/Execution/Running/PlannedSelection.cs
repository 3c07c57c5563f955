using Engines.GraphQL.Execution.Planning;

namespace Engines.GraphQL.Execution.Running;

/// <summary>What a client selected below one field, or below equal fields under several aliases.</summary>
internal sealed class PlannedSelection(OperationRun run, IReadOnlyList<FieldPlan> fields) : FieldSelection
{
    public override bool Selects(string field)
    {
        foreach (var above in fields)
            foreach (var selection in above.Selections)
                foreach (var below in selection.Fields)
                    if (below.Definition.Name == field && run.Includes(below)) return true;
        return false;
    }

    internal override PropertySet Reads(bool ofNodes) => fields.Count == 1 ? fields[0].Reads(ofNodes) : PropertySet.All;

    public override FieldSelection? Below(string field)
    {
        List<FieldPlan>? found = null;
        foreach (var above in fields)
            foreach (var selection in above.Selections)
                foreach (var below in selection.Fields)
                    if (below.Selections.Length > 0 && below.Definition.Name == field && run.Includes(below)) (found ??= []).Add(below);
        return found is null ? null : new PlannedSelection(run, found);
    }
}
