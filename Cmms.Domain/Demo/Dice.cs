namespace Cmms.Domain.Demo;

/// <summary>Chance that falls the same on every machine and runtime: what it gives follows from its seed alone.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public int Below(int limit) => (int)(Next() % (uint)limit);
    public int Between(int least, int most) => least + Below(most - least + 1);
    public bool Chance(int percent) => Below(100) < percent;
    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];
    public TimeSpan Minutes(int least, int most) => TimeSpan.FromMinutes(Between(least, most));

    private ulong Next()
    {
        _state = unchecked(_state + 0x9E3779B97F4A7C15);
        var mixed = unchecked((_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return mixed ^ (mixed >> 31);
    }
}
