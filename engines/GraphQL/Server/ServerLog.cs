using Microsoft.Extensions.Logging;

namespace Engines.GraphQL.Server;

internal static partial class ServerLog
{
    [LoggerMessage(LogLevel.Error, "A GraphQL request failed outside its execution.")]
    public static partial void RequestFailed(this ILogger log, Exception failure);

    [LoggerMessage(LogLevel.Error, "A GraphQL operation on a socket failed outside its execution.")]
    public static partial void OperationFailed(this ILogger log, Exception failure);

    [LoggerMessage(LogLevel.Error, "A GraphQL socket failed.")]
    public static partial void SocketFailed(this ILogger log, Exception failure);

    [LoggerMessage(LogLevel.Debug, "A GraphQL socket closed with {Code}: {Reason}")]
    public static partial void SocketClosed(this ILogger log, int code, string reason);
}
