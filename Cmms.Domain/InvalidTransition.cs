namespace Cmms.Domain;

/// <summary>The life cycle of an object does not lead from its state to the one that was asked for.</summary>
public sealed class InvalidTransition(string what, string from, string to)
    : DomainError("INVALID_TRANSITION", $"{what} is {from} and cannot become {to}.")
{
    /// <summary>The state it is in.</summary>
    public string From => from;

    /// <summary>The state that was asked for.</summary>
    public string To => to;
}
