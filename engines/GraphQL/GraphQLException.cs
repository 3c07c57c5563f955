namespace Engines.GraphQL;

/// <summary>Thrown by a resolver or the engine itself to put an error into the answer as it stands: its message is shown to the client.</summary>
public sealed class GraphQLException(GraphQLError error) : Exception(error.Message)
{
    public GraphQLException(string message, string code) : this(new GraphQLError(message, code))
    {
    }

    public GraphQLError Error => error;
}
