namespace Engines.GraphQL.Types;

/// <summary>
/// <c>mutation @atomic</c>. A schema has it if its host adds it, and gives the units of work that it needs
/// (<see cref="Execution.RequestScope.UnitOfWork"/>).
/// </summary>
public static class AtomicDirective
{
    public const string Name = "atomic";

    public static DirectiveDefinition Definition { get; } = new(Name)
    {
        Description = "All root fields of the mutation happen together or not at all. They run in their order, each seeing what those before it have written. "
            + "If any of them fails, each field that failed answers its own errors, and every other one the typed error `ROLLED_BACK`.",
        Locations = [DirectiveLocation.Mutation],
    };
}
