namespace Engines.Rules;

/// <summary>What can be wrong with a rule set.</summary>
public abstract class RuleError(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Rules depend on the absence, or on the whole, of what they themselves lead to, so that no order of evaluation is right.</summary>
public sealed class NegationCycle(IReadOnlyList<string> rules, string fact)
    : RuleError($"'{rules[0]}' needs all of {fact} before it fires, but leads to more of it: {string.Join(" → ", rules)} → {rules[0]}.")
{
    public IReadOnlyList<string> Rules => rules;
}

/// <summary>A rule inserted a fact that other rules match without announcing it by <c>Derives</c>.</summary>
public sealed class UndeclaredFact(string rule, string fact) : RuleError($"'{rule}' inserts {fact}, which rules match; it must say Derives<{fact}>().")
{
    public string Rule => rule;
    public string Fact => fact;
}

/// <summary>More rules fired than the session allows.</summary>
public sealed class FiringLimitExceeded(int limit, IReadOnlyList<string> loop, string last)
    : RuleError(loop.Count == 0
        ? $"More than {limit} firings, the last of '{last}'; no loop, only too many matches."
        : $"More than {limit} firings; the loop is {string.Join(" → ", loop)} → {loop[0]}.")
{
    public int Limit => limit;
    /// <summary>The rules that keep firing one another, in order; empty where there are only too many matches.</summary>
    public IReadOnlyList<string> Loop => loop;
}

/// <summary>The code of a rule threw.</summary>
public sealed class RuleFailed(string rule, Exception cause) : RuleError($"'{rule}' failed: {cause.Message}", cause)
{
    public string Rule => rule;
}
