using System.Text.Json;
using Engines.GraphQL.Execution;
using Microsoft.AspNetCore.Http;

namespace Engines.GraphQL.Server;

/// <summary>Limits, and the questions that only the host can answer.</summary>
public sealed class GraphQLServerOptions
{
    /// <summary>The largest JSON body of a POST; beyond it 413.</summary>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a JSON body may take to arrive; then 408.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What files may come in multipart requests.</summary>
    public UploadOptions Uploads { get; } = new();

    /// <summary>Answers of so many bytes and more are compressed where the client accepts it; null: none. Event streams never are.</summary>
    public int? CompressFromBytes { get; set; } = 1024;

    /// <summary>WebSockets that may be open, whoever opened them; one more gets 503.</summary>
    public int MaxSockets { get; set; } = 10_000;

    /// <summary>The largest message of a WebSocket client; beyond it the socket closes with 1009.</summary>
    public int MaxWebSocketMessageBytes { get; set; } = 1024 * 1024;

    /// <summary>Operations that may be under way on one socket; one more gets an error message of its own.</summary>
    public int MaxOperationsPerSocket { get; set; } = 100;

    /// <summary>Queries and mutations under way for one <see cref="AuthResult.LimitKey"/>; one more gets 429.</summary>
    public int MaxRequestsPerCaller { get; set; } = 256;

    /// <summary>Subscriptions open for one <see cref="AuthResult.LimitKey"/>, over all its sockets and event streams; one more gets 429.</summary>
    public int MaxSubscriptionsPerCaller { get; set; } = 500;

    /// <summary>How often an idle socket or event stream shows that it is alive.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>How long a socket may be open before <c>connection_init</c>; then 4408.</summary>
    public TimeSpan ConnectionInitTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long one message may wait for its reader; then the socket closes with 4413, an event stream is cut.</summary>
    public TimeSpan SlowReaderTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a closing socket waits for the client's part of the handshake before the connection is cut.</summary>
    public TimeSpan CloseGrace { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Other origins (<c>https://app.example.com</c>) whose pages may read answers and open sockets. None by default.</summary>
    public HashSet<string> AllowedOrigins { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Request headers that pages of other origins may send.</summary>
    public HashSet<string> AllowedHeaders { get; } = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "Content-Type", "GraphQL-Preflight", "Apollo-Require-Preflight", "GraphQL-Cost", "Idempotency-Key" };

    /// <summary>Response headers that pages of other origins may read.</summary>
    public HashSet<string> ExposedHeaders { get; } = new(StringComparer.OrdinalIgnoreCase) { "GraphQL-Cost", "Retry-After", "Idempotency-Replayed" };

    /// <summary>Asked for every HTTP request. A rejection is 401. Default: everybody may, anonymously.</summary>
    public Func<HttpContext, ValueTask<AuthResult>> Authenticate { get; set; } = static _ => new(AuthResult.Accept());

    /// <summary>Asked with the payload of <c>connection_init</c> (an object, or undefined). A rejection closes with 4403. Default: as for HTTP.</summary>
    public Func<HttpContext, JsonElement, ValueTask<AuthResult>>? AuthenticateSocket { get; set; }

    /// <summary>Called for each connection, an HTTP request or a socket that opens: who counts it. Default: nobody.</summary>
    public Func<HttpContext, Admission> Admission { get; set; } = static _ => Server.Admission.Free;

    /// <summary>Builds the scope of one operation: how mutations run, and what its contexts hold.</summary>
    public Func<OperationStart, RequestScope> CreateScope { get; set; } = static start => new(start.Services, start.Cancel);

    /// <summary>Answers a browser that opens the address without a query. Default: 400 as for any GET without one.</summary>
    public Func<HttpContext, Task>? LandingPage { get; set; }
}
