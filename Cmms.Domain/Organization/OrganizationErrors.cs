namespace Cmms.Domain.Organization;

/// <summary>A customer always keeps one active owner.</summary>
public sealed class LastOwner(string user)
    : DomainError("LAST_OWNER", $"{user} is the last active owner: make another user an owner first.");
