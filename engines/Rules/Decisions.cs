namespace Engines.Rules;

/// <summary>Where a rule puts what follows. Give it verbs of your own as extension methods: <c>decide.Reorder(part, quantity)</c>.</summary>
public sealed class Decisions
{
    private readonly RuleSession _session;

    internal Decisions(RuleSession session) => _session = session;

    /// <summary>
    /// Adds a decision or a derived fact, which further rules may match; one that equals a known fact is not added again. A type that
    /// rules of the set match must be announced by <c>Derives</c>.
    /// </summary>
    /// <exception cref="UndeclaredFact"/>
    public void Insert<T>(T fact) where T : notnull => _session.Derive(fact);
}
