namespace Cmms.Domain;

internal static class Keys
{
    /// <summary>The foreign key to a principal; null as well while it is not saved yet: then the navigation alone leads to it.</summary>
    public static long? Key(this Entity? principal) => principal is null or { Id: 0 } ? null : principal.Id;
}
