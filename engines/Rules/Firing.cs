using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

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

    /// <summary>So many of what was collected are shown; the rest is counted.</summary>
    internal const int Shown = 100;

    private static FactData Data(object fact) => !Words.IsSet(fact.GetType()) ? new FactData(Words.Phrase(fact.GetType()), fact)
        : new FactData(Words.Phrase(fact.GetType()), Items((IEnumerable)fact)) { Of = ((IEnumerable)fact).Cast<object>().Count() is > Shown and var all ? all : null };

    /// <summary>JSON writers skip the fields of tuples; as lists they show.</summary>
    private static object[] Items(IEnumerable set) =>
        [.. set.Cast<object>().Take(Shown).Select(item => item is ITuple tuple ? Enumerable.Range(0, tuple.Length).Select(i => tuple[i]).ToArray() : item)];
}

/// <summary>A firing as data.</summary>
public sealed record FiringData(string Rule, IReadOnlyList<FactData> Matched, IReadOnlyList<string> Absent, IReadOnlyList<FactData> Produced);

/// <summary>A fact, and what it is called.</summary>
public sealed record FactData(string Fact, object Values)
{
    /// <summary>How many there are, where only the first hundred of what was collected are shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Of { get; init; }
}
