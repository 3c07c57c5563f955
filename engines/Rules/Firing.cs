using System.Collections;
using System.Runtime.CompilerServices;

namespace Engines.Rules;

/// <summary>One firing of a rule: the facts that matched, what was known to be absent, and what followed.</summary>
public sealed record Firing(string Rule, IReadOnlyList<object> Matched, IReadOnlyList<string> Absent, IReadOnlyList<object> Produced)
{
    /// <summary>One readable sentence, the same on every machine.</summary>
    public override string ToString()
    {
        var because = Matched.Select(Words.Fact).Concat(Absent.Select(fact => $"no {fact}"));
        return $"{Rule}: {string.Join(" and ", because)} → {(Produced.Count == 0 ? "nothing" : string.Join(" and ", Produced.Select(Words.Fact)))}";
    }

    /// <summary>The same as plain data, ready to be written as JSON.</summary>
    public FiringData ToData() => new(Rule, [.. Matched.Select(Data)], Absent, [.. Produced.Select(Data)]);

    private static FactData Data(object fact) => new(Words.Phrase(fact.GetType()), Words.IsSet(fact.GetType()) ? Items((IEnumerable)fact) : fact);

    /// <summary>JSON writers skip the fields of tuples; as lists they show.</summary>
    private static object[] Items(IEnumerable set) =>
        [.. set.Cast<object>().Select(item => item is ITuple tuple ? Enumerable.Range(0, tuple.Length).Select(i => tuple[i]).ToArray() : item)];
}

/// <summary>A firing as data.</summary>
public sealed record FiringData(string Rule, IReadOnlyList<FactData> Matched, IReadOnlyList<string> Absent, IReadOnlyList<FactData> Produced);

/// <summary>A fact, and what it is called.</summary>
public sealed record FactData(string Fact, object Values);
