using Engines.GraphQL;
using Engines.GraphQL.Execution.Telemetry;

namespace Cmms.Graph.Observability;

/// <summary>Slow and failing operations, by their names and the hashes of their documents; never with variables.</summary>
internal static partial class OperationLog
{
    public static void Write(ILogger log, OperationReport report)
    {
        var (name, type, document) = (report.Name ?? "(unnamed)", report.Type?.ToString() ?? "Operation", report.DocumentHash ?? "(none)");
        if (report.IsSlow) Slow(log, type, name, document, report.Duration.TotalMilliseconds);
        if (report.Codes.Count == 0) return;
        // What a client did wrong is the client's to put right.
        var level = report.Codes.Any(code => code is ErrorCodes.Internal or ErrorCodes.Timeout) ? LogLevel.Error : LogLevel.Information;
        var codes = string.Join(", ", report.Codes);
        Failed(log, level, type, name, document, codes, report.Duration.TotalMilliseconds);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Type} {Operation} took {Milliseconds:0} ms (document {Document})")]
    private static partial void Slow(ILogger log, string type, string operation, string document, double milliseconds);

    [LoggerMessage(Message = "{Type} {Operation} answered {Codes} after {Milliseconds:0.0} ms (document {Document})")]
    private static partial void Failed(ILogger log, LogLevel level, string type, string operation, string document, string codes, double milliseconds);
}
