namespace Engines.GraphQL.Server;

/// <summary>Who calls, as the host found out. Neither the caller nor the key means anything to the engine.</summary>
public sealed class AuthResult
{
    private AuthResult()
    {
    }

    /// <summary>What the host wants to see again in <see cref="OperationStart.Caller"/>.</summary>
    public object? Caller { get; private init; }

    /// <summary>By which concurrent requests and subscriptions are counted, and what an <see cref="Admission"/> may go by; null: not counted.</summary>
    public object? LimitKey { get; private init; }

    /// <summary>Cancelled when the credential ends: its sockets close with 4403 and its event streams end.</summary>
    public CancellationToken Ends { get; private init; }

    /// <summary>Why the caller may not come in; null when they may.</summary>
    public string? Refusal { get; private init; }

    public static AuthResult Accept(object? caller = null, object? limitKey = null, CancellationToken ends = default) =>
        new() { Caller = caller, LimitKey = limitKey, Ends = ends };

    public static AuthResult Reject(string message = "This needs a valid credential.") => new() { Refusal = message };
}
