using System.Net.WebSockets;

namespace Engines.GraphQL.Server;

/// <summary>
/// Why a socket closes. Codes from 4400 are of graphql-transport-ws, except 4413, which is ours: the client read too slowly and should resume
/// with <c>after</c>.
/// </summary>
internal sealed record SocketClose(int Code, string Reason)
{
    public static readonly SocketClose Normal = new(1000, "");
    public static readonly SocketClose Stopping = new(1001, "The server is stopping");
    public static readonly SocketClose MessageTooBig = new(1009, "The message is too big");
    public static readonly SocketClose Unauthorized = new(4401, "Unauthorized");
    public static readonly SocketClose Forbidden = new(4403, "Forbidden");
    public static readonly SocketClose CredentialEnded = new(4403, "The credential has ended");
    public static readonly SocketClose SubprotocolNotAcceptable = new(4406, "Subprotocol not acceptable");
    public static readonly SocketClose InitTimeout = new(4408, "Connection initialisation timeout");
    public static readonly SocketClose SlowReader = new(4413, "Slow reader; resume with after");
    public static readonly SocketClose TooManyInits = new(4429, "Too many initialisation requests");
    public static readonly SocketClose InternalError = new(4500, "Internal server error");

    public static SocketClose BadMessage(string why) => new(4400, why);

    public static SocketClose DuplicateSubscriber(string id) => new(4409, $"Subscriber for {id} already exists");

    public WebSocketCloseStatus Status => (WebSocketCloseStatus)Code;

    /// <summary>The reason in at most 123 bytes of UTF-8, as a close frame demands.</summary>
    public string ShortReason
    {
        get
        {
            var text = Reason;
            while (System.Text.Encoding.UTF8.GetByteCount(text) > 123) text = text[..Math.Min(text.Length - 1, 123)];
            return text;
        }
    }
}
