using System.Text.Json;
using Engines.GraphQL.Execution.Planning;

namespace Engines.GraphQL.Execution.Idempotency;

/// <summary>Reads the key of a request: from its header, or where a client cannot set one from <c>extensions.idempotencyKey</c>.</summary>
internal static class RequestKeys
{
    public const string Header = "Idempotency-Key";
    private const string Extension = "idempotencyKey";
    private const int Longest = 255;

    /// <summary>The key, if there is one, or why it is none.</summary>
    public static async ValueTask<(RequestKey? Key, GraphQLError? Refusal)> OfAsync(GraphQLRequest request, OperationPlan plan, CancellationToken cancel)
    {
        var (text, name) = (request.IdempotencyKey, $"The header '{Header}'");
        if (request.Extensions.ValueKind is JsonValueKind.Object && request.Extensions.TryGetProperty(Extension, out var extension) && extension.ValueKind is not JsonValueKind.Null)
        {
            var given = extension.ValueKind is JsonValueKind.String ? extension.GetString()! : "";
            if (text is not null && text != given) return (null, Bad($"The header '{Header}' and 'extensions.{Extension}' name two keys."));
            if (text is null) (text, name) = (given, $"'extensions.{Extension}'");
        }
        if (text is null) return (null, null);
        return text.Length is 0 or > Longest || text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? (null, Bad($"{name} must have 1 to {Longest} visible ASCII characters."))
            : (new RequestKey(text, await Fingerprint.OfAsync(request, plan, cancel)), null);
    }

    public static GraphQLError Bad(string message) => new(message, ErrorCodes.BadUserInput);
}
