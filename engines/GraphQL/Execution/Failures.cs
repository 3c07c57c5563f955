using System.Diagnostics;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Execution;

/// <summary>Turns what resolvers throw into errors that a client may see.</summary>
internal sealed class Failures(Action<FailureReport>? report, Func<Exception, bool>? mayPass = null)
{
    public static readonly GraphQLError TimedOut = new("The operation took too long.", ErrorCodes.Timeout);

    /// <summary>Whether the same may go well when it is asked again.</summary>
    public bool MayPass(Exception exception) => mayPass?.Invoke(exception) == true;

    /// <summary>The error of an exception, without location and path.</summary>
    public GraphQLError Of(Exception exception, IReadOnlyList<object> path) => exception switch
    {
        GraphQLException known => known.Error,
        AnswerTooLargeException => new GraphQLError(exception.Message, ErrorCodes.TooComplex),
        InvalidValueException invalid => new GraphQLError(invalid.Message, ErrorCodes.BadUserInput),
        _ => Internal(exception, path, "Something went wrong on the server."),
    };

    /// <summary>A result that its own type forbids: the server's mistake, but said plainly.</summary>
    public GraphQLError Broken(string message, IReadOnlyList<object> path) => Internal(new InvalidOperationException(message), path, message);

    private GraphQLError Internal(Exception exception, IReadOnlyList<object> path, string message)
    {
        var trace = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
        report?.Invoke(new FailureReport(exception, path, trace));
        return new GraphQLError(message, ErrorCodes.Internal, Extensions: new Dictionary<string, object?> { ["traceId"] = trace });
    }
}
