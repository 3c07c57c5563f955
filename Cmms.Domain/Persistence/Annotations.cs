namespace Cmms.Domain.Persistence;

/// <summary>What the model says about a property or table beyond what EF Core knows.</summary>
public static class Annotations
{
    /// <summary>On a text property: the shadow property with its folded form.</summary>
    public const string Folded = "Folded";

    /// <summary>Never shown, never in the event log.</summary>
    public const string Secret = "Secret";

    /// <summary>Not worth an entry in the event log, nor a new version.</summary>
    public const string Unlogged = "Unlogged";

    /// <summary>On a property: its name in the schema and so in the event log, where that is not its own.</summary>
    public const string LoggedAs = "LoggedAs";

    /// <summary>Written by SQL of this folder only, never by saving.</summary>
    internal const string WrittenBySql = "WrittenBySql";
}
