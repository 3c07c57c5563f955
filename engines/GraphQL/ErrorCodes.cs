namespace Engines.GraphQL;

/// <summary>The values of <c>errors[].extensions.code</c> that the engine itself gives.</summary>
public static class ErrorCodes
{
    public const string ParseFailed = "GRAPHQL_PARSE_FAILED";
    public const string ValidationFailed = "GRAPHQL_VALIDATION_FAILED";
    public const string BadUserInput = "BAD_USER_INPUT";
    public const string TooComplex = "QUERY_TOO_COMPLEX";
    public const string PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND";
    /// <summary>The server keeps no documents; clients of automatic persisted queries stop asking.</summary>
    public const string PersistedQueryNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED";
    /// <summary>Only trusted documents are executed, and this is none.</summary>
    public const string DocumentNotTrusted = "DOCUMENT_NOT_TRUSTED";
    public const string IntrospectionDisabled = "INTROSPECTION_DISABLED";
    public const string Unauthenticated = "UNAUTHENTICATED";
    public const string Forbidden = "FORBIDDEN";
    public const string Timeout = "TIMEOUT";
    /// <summary>The request is none: wrong method, media type, size or JSON.</summary>
    public const string BadRequest = "BAD_REQUEST";
    /// <summary>There is no room for the files of a request.</summary>
    public const string StorageFull = "STORAGE_FULL";
    /// <summary>The key of an earlier request came with another one.</summary>
    public const string IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED";
    /// <summary>A secret in an answer that is given again.</summary>
    public const string ShownOnce = "SHOWN_ONCE";
    public const string TooManyRequests = "TOO_MANY_REQUESTS";
    public const string Internal = "INTERNAL_SERVER_ERROR";
}
