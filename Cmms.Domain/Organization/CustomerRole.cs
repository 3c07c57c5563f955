namespace Cmms.Domain.Organization;

/// <summary>What a user may do for the customer as a whole.</summary>
public enum CustomerRole
{
    /// <summary>Works where a role on a site allows it.</summary>
    Member,
    /// <summary>Creates sites, invites users and grants roles.</summary>
    Owner,
}

/// <summary>Whether a person may sign in.</summary>
public enum UserStatus
{
    /// <summary>May sign in and be assigned.</summary>
    Active,
    /// <summary>Has been sent an invitation and not yet accepted it.</summary>
    Invited,
    /// <summary>May no longer sign in; stays on all that was done.</summary>
    Deactivated,
}

/// <summary>How a person signs in.</summary>
public enum UserAuthType
{
    /// <summary>With keys that Cmms makes.</summary>
    ApiKey,
    /// <summary>With the tokens of an OpenID provider.</summary>
    OpenId,
}
