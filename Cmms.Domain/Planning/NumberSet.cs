using System.Globalization;
using System.Numerics;

namespace Cmms.Domain.Planning;

/// <summary>A set of small numbers from -1 to 31, compared by value.</summary>
internal readonly record struct NumberSet
{
    private readonly ulong _bits;

    private NumberSet(ulong bits) => _bits = bits;

    public bool IsEmpty => _bits == 0;
    public int Least => BitOperations.TrailingZeroCount(_bits) - 1;
    public int Most => 62 - BitOperations.LeadingZeroCount(_bits);
    public bool Contains(int number) => (_bits >> (number + 1) & 1) != 0;

    public IReadOnlyList<int> Items
    {
        get
        {
            var items = new List<int>();
            for (var rest = _bits; rest != 0; rest &= rest - 1) items.Add(BitOperations.TrailingZeroCount(rest) - 1);
            return items;
        }
    }

    /// <summary>What a client gave: nothing, or at least one number within bounds.</summary>
    /// <exception cref="InvalidRecurrence"/>
    public static NumberSet Of(IEnumerable<int>? numbers, Func<int, bool> allowed, string field, string rule)
    {
        if (numbers is null) return default;
        var bits = 0ul;
        foreach (var number in numbers)
            bits |= allowed(number) ? 1ul << (number + 1) : throw new InvalidRecurrence(field, rule);
        return bits == 0 ? throw new InvalidRecurrence(field, "must not be empty where it is given") : new NumberSet(bits);
    }

    /// <summary>What <see cref="ToString"/> wrote.</summary>
    public static NumberSet Parse(string text) =>
        text.Length == 0 ? default : Of(text.Split(',').Select(item => int.Parse(item, CultureInfo.InvariantCulture)), _ => true, nameof(text), "");

    public override string ToString() => string.Join(',', Items.Select(item => item.ToString(CultureInfo.InvariantCulture)));
}
