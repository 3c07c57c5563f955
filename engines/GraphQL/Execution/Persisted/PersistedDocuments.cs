using System.Text.Json;

namespace Engines.GraphQL.Execution.Persisted;

/// <summary>Finds the document of a request: sent whole, named by the id of a trusted one, or by the hash of one that a client registered.</summary>
internal sealed class PersistedDocuments(PersistedOptions options, DocumentCache documents)
{
    private static readonly GraphQLError s_notFound = new("PersistedQueryNotFound", ErrorCodes.PersistedQueryNotFound);
    private static readonly GraphQLError s_notSupported = new("PersistedQueryNotSupported", ErrorCodes.PersistedQueryNotSupported);
    private static readonly GraphQLError s_mismatch = new("The document does not have the SHA-256 that 'persistedQuery' states.", ErrorCodes.BadUserInput);
    private static readonly GraphQLError s_twoNames = new("The request has a document and the id of another.", ErrorCodes.BadUserInput);
    private static readonly GraphQLError s_noDocument = new("The request has no document.", ErrorCodes.BadUserInput);
    private static readonly GraphQLError s_malformed = new("'persistedQuery' must be { version: 1, sha256Hash } with 64 hexadecimal digits.", ErrorCodes.BadUserInput);
    private static readonly GraphQLError s_notTrusted = new("Only the documents that this server knows are executed.", ErrorCodes.DocumentNotTrusted);
    private readonly AutomaticDocuments _automatic = new(options.TrustedOnly ? 0 : options.AutomaticDocuments, options.AutomaticBytes);

    /// <summary>A valid document, or null and why there is none.</summary>
    /// <param name="reveal">Whether the errors may name what is in the schema.</param>
    public CachedDocument? Find(GraphQLRequest request, bool reveal, out IReadOnlyList<GraphQLError> errors)
    {
        errors = [];
        var document = default(CachedDocument);
        var error = HashIn(request.Extensions, out var hash) ?? (hash is not null ? ByHash(request, hash, reveal, out document, out errors)
            : request.DocumentId is { } id ? ById(request, id, reveal, out document, out errors)
            : Whole(request, reveal, out document, out errors));
        if (error is not null) errors = [error];
        return document;
    }

    /// <summary>Reads the trusted documents and makes their plans; what the schema refuses is answered.</summary>
    public IReadOnlyList<(TrustedDocument Document, GraphQLError Error)> WarmUp()
    {
        var refused = new List<(TrustedDocument, GraphQLError)>();
        foreach (var document in options.Trusted?.All ?? [])
        {
            if (documents.Find(document.Text, reveal: true, out var errors, pin: true) is { } read) errors = [.. read.Operations.Select(o => o.Plan.Error).OfType<GraphQLError>()];
            refused.AddRange(errors.Select(e => (document, e)));
        }
        return refused;
    }

    private GraphQLError? Whole(GraphQLRequest request, bool reveal, out CachedDocument? document, out IReadOnlyList<GraphQLError> errors)
    {
        (document, errors) = (null, []);
        if (request.Document.IsEmpty) return s_noDocument;
        if (options.TrustedOnly && !request.IsOwn && options.Trusted?.Find(TrustedDocuments.HashOf(request.Document.Span)) is null) return s_notTrusted;
        document = documents.Find(request.Document, reveal, out errors);
        return null;
    }

    private GraphQLError? ById(GraphQLRequest request, string id, bool reveal, out CachedDocument? document, out IReadOnlyList<GraphQLError> errors)
    {
        (document, errors) = (null, []);
        if (options.Trusted?.Find(id) is not { } trusted) return s_notFound;
        if (!request.Document.IsEmpty && !request.Document.Span.SequenceEqual(trusted.Text.Span)) return s_twoNames;
        document = documents.Find(trusted.Text, reveal, out errors, pin: true);
        return null;
    }

    private GraphQLError? ByHash(GraphQLRequest request, string hash, bool reveal, out CachedDocument? document, out IReadOnlyList<GraphQLError> errors)
    {
        (document, errors) = (null, []);
        if (request.DocumentId is { } id && !ReferenceEquals(options.Trusted?.Find(id), options.Trusted?.Find(hash) ?? (object)id)) return s_twoNames;
        if (!request.Document.IsEmpty && TrustedDocuments.HashOf(request.Document.Span) != hash) return s_mismatch;
        if (options.Trusted?.Find(hash) is { } trusted) document = documents.Find(trusted.Text, reveal, out errors, pin: true);
        else if (!request.Document.IsEmpty)
        {
            if (options.TrustedOnly) return s_notTrusted;
            // Only what is a valid document: else the store is a place where anybody keeps anything.
            if ((document = documents.Find(request.Document, reveal, out errors)) is not null) _automatic.Keep(hash, request.Document);
        }
        else if (_automatic.TryFind(hash, out var text)) document = documents.Find(text, reveal, out errors);
        else return _automatic.IsOff && options.Trusted is null ? s_notSupported : s_notFound;
        return null;
    }

    private static GraphQLError? HashIn(JsonElement extensions, out string? hash)
    {
        hash = null;
        if (extensions.ValueKind is not JsonValueKind.Object || !extensions.TryGetProperty("persistedQuery", out var persisted) || persisted.ValueKind is JsonValueKind.Null) return null;
        if (persisted.ValueKind is not JsonValueKind.Object
            || !persisted.TryGetProperty("version", out var version) || version.ValueKind is not JsonValueKind.Number || !version.TryGetInt32(out var number) || number != 1
            || !persisted.TryGetProperty("sha256Hash", out var given) || given.ValueKind is not JsonValueKind.String
            || given.GetString() is not { Length: 64 } text || !text.All(char.IsAsciiHexDigit)) return s_malformed;
        hash = text.ToLowerInvariant();
        return null;
    }
}
