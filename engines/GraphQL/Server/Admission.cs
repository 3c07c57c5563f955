using Microsoft.AspNetCore.Http;

namespace Engines.GraphQL.Server;

/// <summary>
/// What a host counts of one connection, an HTTP request or a WebSocket with all its operations, and how much of it it lets in. The engine asks and
/// tells; for whom is counted, and how much is too much, is the host's to say. The operations of a socket ask at the same time.
/// </summary>
public abstract class Admission
{
    /// <summary>Everybody, as often as they like.</summary>
    public static Admission Free { get; } = new Everybody();

    /// <summary>Asked first of all, before any credential is looked at, so it should cost nothing: the error that refuses the connection with 429, or null.</summary>
    public abstract GraphQLError? Arrive();

    /// <summary>
    /// Asked once for each HTTP request, once for a socket that opens and once for each operation on it: the error that refuses it (429 over HTTP), or
    /// null. A request that is refused for another reason has been asked for as well; one that only asks what pages may send (CORS) is not.
    /// </summary>
    /// <param name="caller">Null where nobody is known: a socket that opens, a credential that was rejected.</param>
    public abstract ValueTask<GraphQLError?> EnterAsync(AuthResult? caller, CancellationToken cancel);

    /// <summary>Told what a query or mutation may cost, before it runs, and what each message of a subscription did, before it is sent.</summary>
    public abstract void Spend(AuthResult caller, double cost);

    /// <summary>Adds to the headers of whatever is answered, just before they are sent; also when a socket opens.</summary>
    public abstract void Describe(IHeaderDictionary headers);

    private sealed class Everybody : Admission
    {
        public override GraphQLError? Arrive() => null;

        public override ValueTask<GraphQLError?> EnterAsync(AuthResult? caller, CancellationToken cancel) => default;

        public override void Spend(AuthResult caller, double cost)
        {
        }

        public override void Describe(IHeaderDictionary headers)
        {
        }
    }
}
