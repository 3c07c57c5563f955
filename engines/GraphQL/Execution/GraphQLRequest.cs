using System.Text.Json;

namespace Engines.GraphQL.Execution;

/// <summary>What a client asks, whatever the transport.</summary>
public sealed record GraphQLRequest
{
    /// <summary>The document's text in UTF-8; empty when it is named by <see cref="DocumentId"/> or a persisted-query hash.</summary>
    public ReadOnlyMemory<byte> Document { get; init; }
    /// <summary>Whether the host itself wrote the document: then it need not be among the trusted ones.</summary>
    public bool IsOwn { get; init; }
    /// <summary>The id of a trusted document.</summary>
    public string? DocumentId { get; init; }
    public string? OperationName { get; init; }
    /// <summary>An object, or undefined.</summary>
    public JsonElement Variables { get; init; }
    /// <summary>The files of a multipart request by the places in the variables where they belong, such as <c>input.files[0]</c>.</summary>
    public IReadOnlyDictionary<string, UploadedFile>? Files { get; init; }
    /// <summary>An object, or undefined.</summary>
    public JsonElement Extensions { get; init; }
    /// <summary>The header <c>Idempotency-Key</c> as it came; a mutation under a key is done once, and answers the same again where the host keeps answers (<see cref="RequestScope.Answers"/>).</summary>
    public string? IdempotencyKey { get; init; }
    /// <summary>Whether the answer shall say, under <c>extensions.cost</c>, what the operation may cost and what is allowed.</summary>
    public bool ReportCost { get; init; }
    /// <summary>False over HTTP GET: a mutation is refused before it runs.</summary>
    public bool AllowMutation { get; init; } = true;

    /// <summary>Asked for by the transport, or by the client itself under <c>extensions: { cost: true }</c>.</summary>
    internal bool WantsCost => ReportCost || (Extensions.ValueKind is JsonValueKind.Object && Extensions.TryGetProperty("cost", out var cost) && cost.ValueKind is JsonValueKind.True);
}
