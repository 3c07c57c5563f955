namespace Engines.GraphQL.Language;

/// <summary>Text that is not GraphQL. The message is shown to the client.</summary>
public sealed class SyntaxException(string message, SourceLocation location) : Exception(message)
{
    /// <summary>The start of the offending token.</summary>
    public SourceLocation Location => location;

    public GraphQLError ToError() => new(Message, ErrorCodes.ParseFailed, [location]);
}
