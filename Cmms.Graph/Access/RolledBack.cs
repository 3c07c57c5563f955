using Cmms.Domain;

namespace Cmms.Graph.Access;

/// <summary>Nothing of it happened, because another field of the same <c>mutation @atomic</c> failed.</summary>
internal sealed class RolledBack(string failedField) : DomainError("ROLLED_BACK", $"Undone, because '{failedField}' of the same mutation failed.")
{
    /// <summary>The field that failed, by its name or alias in the document.</summary>
    public string FailedField => failedField;
}
