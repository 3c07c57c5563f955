namespace Engines.Rules;

/// <summary>
/// What a join compares: numbers, texts, days, enums and pairs of them convert by themselves, anything else by <see cref="Of"/>. Whole
/// numbers are not boxed. A null key joins with nothing, not even with another null.
/// </summary>
public readonly struct Key : IEquatable<Key>
{
    private static readonly object Number = new(), Pair = new(), Identifier = new(), Day = new();

    private readonly long _first;
    private readonly long _second;
    private readonly object? _kind; // a marker, or the value itself where it is no number; null is the null key

    private Key(object? kind, long first = 0, long second = 0) => (_kind, _first, _second) = (kind, first, second);

    public bool IsNull => _kind is null;

    /// <summary>A key of any type that has value equality.</summary>
    public static Key Of<T>(T value) => new(value);

    public static implicit operator Key(int value) => new(Number, value);
    public static implicit operator Key(long value) => new(Number, value);
    public static implicit operator Key(int? value) => value is { } number ? new Key(Number, number) : default;
    public static implicit operator Key(long? value) => value is { } number ? new Key(Number, number) : default;
    public static implicit operator Key(string? value) => new(value);
    public static implicit operator Key(DateOnly value) => new(Day, value.DayNumber);
    public static implicit operator Key(Enum value) => new(value);
    public static implicit operator Key((long First, long Second) value) => new(Pair, value.First, value.Second);
    public static implicit operator Key((long Number, string Text) value) => new(value.Text, value.Number, 1);

    public static implicit operator Key(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes);
        return new Key(Identifier, BitConverter.ToInt64(bytes), BitConverter.ToInt64(bytes[8..]));
    }

    public bool Equals(Key other) =>
        _first == other._first && _second == other._second && (ReferenceEquals(_kind, other._kind) || (_kind?.Equals(other._kind) ?? false));

    public override bool Equals(object? obj) => obj is Key other && Equals(other);

    public override int GetHashCode()
    {
        var hash = (ulong)_first * 0x9E3779B97F4A7C15;
        if (ReferenceEquals(_kind, Number)) return (int)(hash >> 32);
        hash = (hash ^ (ulong)_second) * 0xC2B2AE3D27D4EB4F;
        return (int)(hash >> 32) ^ (_kind?.GetHashCode() ?? 0);
    }

    public static bool operator ==(Key left, Key right) => left.Equals(right);
    public static bool operator !=(Key left, Key right) => !left.Equals(right);
}
