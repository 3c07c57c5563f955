using Microsoft.AspNetCore.Http;

namespace Engines.GraphQL.Server;

/// <summary>A request that is none: answered by its status over HTTP, by closing with 4400 on a socket.</summary>
internal sealed class RefusedRequest(GraphQLError error, int status) : Exception(error.Message)
{
    public RefusedRequest(string message, int status = StatusCodes.Status400BadRequest, string code = ErrorCodes.BadRequest) : this(new GraphQLError(message, code), status)
    {
    }

    public int Status => status;
    public GraphQLError Error => error;
    /// <summary>The methods that are allowed, where the method was wrong.</summary>
    public string? Allow { get; init; }
}
