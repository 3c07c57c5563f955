namespace Engines.GraphQL.Execution;

/// <summary>An answer: <see cref="SingleResult"/>, or for a subscription a <see cref="StreamResult"/>.</summary>
public abstract class ExecutionResult;

/// <summary>One complete response object in JSON. Dispose it to give its buffer back.</summary>
public sealed class SingleResult(JsonOutput json, ResultKind kind, IReadOnlyList<GraphQLError> errors) : ExecutionResult, IDisposable
{
    private readonly bool _isShared;

#pragma warning disable CA2000 // The result owns it.
    private SingleResult(SingleResult answer) : this(JsonOutput.Of(answer.Json.ToArray()), answer.Kind, answer.Errors) => _isShared = true;
#pragma warning restore CA2000

    /// <summary>The whole response object in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json => json.Written;
    public ResultKind Kind => kind;
    public IReadOnlyList<GraphQLError> Errors => errors;
    /// <summary>What it may have cost at most; 0 where nothing ran.</summary>
    public double Cost { get; internal set; }
    /// <summary>Headers that the engine asks the transport to send, such as the cost.</summary>
    public Dictionary<string, string> Headers => field ??= [];

    /// <summary>An answer of errors alone, for what is refused before anything runs.</summary>
    public static SingleResult Refused(IReadOnlyList<GraphQLError> errors, ResultKind kind = ResultKind.Refused)
    {
#pragma warning disable CA2000 // The result owns it.
        var output = new JsonOutput();
#pragma warning restore CA2000
        ErrorJson.WriteRefusal(errors, output);
        return new SingleResult(output, kind, errors);
    }

    /// <summary>The same answer for any number of readers; it holds no pooled buffer, so nobody's Dispose ends it. This one is given back.</summary>
    internal SingleResult Shared()
    {
        using (this) return new SingleResult(this) { Cost = Cost };
    }

    public void Dispose()
    {
        if (!_isShared) json.Dispose();
    }
}

public enum ResultKind
{
    /// <summary>The operation ran; <c>data</c> is there, perhaps null, perhaps with field errors.</summary>
    Executed,
    /// <summary>Refused before anything ran (parse, validation, variables, limits): no <c>data</c>.</summary>
    Refused,
    /// <summary>A mutation over a transport that does not allow it.</summary>
    MutationNotAllowed,
    /// <summary>The idempotency key is none, or another request's: nothing ran.</summary>
    KeyRefused,
}

/// <summary>The messages of a subscription, each to be disposed by the reader. Ends when the source ends; cancel the request's token to stop it.</summary>
public sealed class StreamResult(IAsyncEnumerable<SingleResult> messages) : ExecutionResult
{
    public IAsyncEnumerable<SingleResult> Messages => messages;
}
