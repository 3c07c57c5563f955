using Engines.GraphQL;

namespace Cmms.Graph;

/// <summary>Queries that find one object by one of several keys.</summary>
internal static class OneOf
{
    /// <exception cref="GraphQLException">BAD_USER_INPUT: none of the arguments is given, or more than one.</exception>
    public static void Require(params ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        var given = 0;
        List<string> names = [];
        foreach (var (name, value) in arguments)
        {
            names.Add($"'{name}'");
            if (value is not null) given++;
        }
        if (given != 1) throw new GraphQLException($"Give exactly one of {string.Join(" and ", names)}.", ErrorCodes.BadUserInput);
    }
}
