namespace Cmms.Domain;

/// <summary>
/// Something that a user can put right. Its code is stable; its public properties are the figures that clients get; its field names the
/// input that was at fault, in C# or schema spelling ("unitCost", "lines[2].partId"), or is empty.
/// </summary>
public abstract class DomainError(string code, string message, string field = "") : Exception(message)
{
    public string Code => code;
    public string Field { get; protected set; } = field;

    /// <summary>The same, of an input that stands within another: "quantity" within "parts[2]" is "parts[2].quantity".</summary>
    public virtual DomainError Within(string input)
    {
        Field = Field.Length == 0 ? input : $"{input}.{Field}";
        return this;
    }
}

/// <summary>A value that breaks a rule of its field.</summary>
public sealed class InvalidValue(string field, string rule) : DomainError("INVALID_VALUE", $"{Names.Last(field)} {rule}.", field);

/// <summary>The object does not exist, or not for this caller.</summary>
public sealed class NotFound(string what, string field = "") : DomainError("NOT_FOUND", $"{what} not found.", field)
{
    public static NotFound Of<T>(string field) where T : Entity => new(Persistence.Words.Of(typeof(T)), field);
}

/// <summary>The object changed since the caller read it.</summary>
public sealed class Conflict(Entity? current) : DomainError("CONFLICT", "It was changed by someone else in the meantime.", "version")
{
    /// <summary>The object as it is now.</summary>
    public Entity? Current => current;
}

/// <summary>Another object already has this value, which must be unique.</summary>
public sealed class Duplicate(string field, string value) : DomainError("DUPLICATE", $"{Names.Last(field)} '{value}' is already in use.", field)
{
    /// <summary>What is taken already.</summary>
    public string Value => value;
}

/// <summary>It cannot be removed while others refer to it.</summary>
public sealed class InUse(string what, int uses) : DomainError("IN_USE", $"{what} is in use {uses} times.")
{
    /// <summary>How many others still use it.</summary>
    public int Uses => uses;
}

/// <summary>The database has no room left: nothing was changed. Reading goes on, and so does writing once there is room.</summary>
public sealed class StorageFull() : DomainError("STORAGE_FULL", "The database has no room left; nothing was changed.");

internal static class Names
{
    /// <summary>The last part of a C# expression such as <c>patch.UnitCost</c>, as clients spell it.</summary>
    public static string Last(string field)
    {
        var name = field[(field.LastIndexOf('.') + 1)..];
        return name.Length == 0 ? "Value" : char.ToLowerInvariant(name[0]) + name[1..];
    }
}
