using Cmms.Domain;
using Engines.GraphQL;

namespace Cmms.Graph;

/// <summary>Queries have no payload to put an expected failure in: what the domain refuses of their arguments is a BAD_USER_INPUT.</summary>
internal static class BadInput
{
    public static T Refused<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (DomainError error)
        {
            throw Of(error);
        }
    }

    public static async Task<T> RefusedAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (DomainError error)
        {
            throw Of(error);
        }
    }

    private static GraphQLException Of(DomainError error) => new($"'{error.Field}': {error.Message}", ErrorCodes.BadUserInput);
}
