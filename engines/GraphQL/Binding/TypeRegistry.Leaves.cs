using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Engines.GraphQL.Binding.Leaves;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Binding;

public sealed partial class TypeRegistry
{
    private readonly Dictionary<Type, LeafBinding> _leaves = [];
    private readonly Dictionary<string, ScalarType> _scalars = new(StringComparer.Ordinal);

    /// <summary>The scalar or enum of a leaf type, nullable wrappers of C# ignored; null when the type is no leaf.</summary>
    public NamedType? Leaf(Type type) => LeafOf(type) is { } leaf ? GetOrAdd(leaf.Type.Name, () => leaf.Type) : null;

    /// <summary>Turns what a leaf type's scalar parsed into the C# type; null: it is that already. What it throws is the client's error.</summary>
    public Func<object, object>? FromWire(Type type) => LeafOf(type)?.FromWire;

    /// <summary>Turns a value of a C# leaf type into what its scalar writes; null: it is that already.</summary>
    public Func<object, object>? ToWire(Type type) => LeafOf(type)?.ToWire;

    /// <summary>The C# value of what a leaf's scalar parsed.</summary>
    /// <exception cref="InvalidValueException">The type has no such value.</exception>
    public object Read(Type type, object parsed)
    {
        if (FromWire(type) is not { } convert) return parsed;
        try
        {
            return convert(parsed);
        }
        catch (Exception refusal) when (refusal is not InvalidValueException)
        {
            throw new InvalidValueException(_options.FieldOf(refusal) is null ? "This value is not accepted." : refusal.Message);
        }
    }

    /// <summary>The key of an object of this type from its global id.</summary>
    /// <exception cref="InvalidValueException">It is no id of this type.</exception>
    public object ParseId(Type type, string text)
    {
        var (name, key) = NodeOf(type);
        return GlobalId.TryParse(text, out var id) && id.Type == name && GlobalId.TryKey(id.Key, key.PropertyType, out var value)
            ? value : throw new InvalidValueException($"'{Shorten(text)}' is not the id of {Article(name)} {name}.");
    }

    /// <summary>An id of any type of the schema.</summary>
    /// <exception cref="InvalidValueException">It is none.</exception>
    public GlobalId ParseId(string text) =>
        GlobalId.TryParse(text, out var id) && _types.GetValueOrDefault(id.Type) is ObjectType { ClrType: { } type } && Binding(type)?.Key is { } key
            && GlobalId.TryKey(id.Key, key.PropertyType, out _) ? id : throw new InvalidValueException($"'{Shorten(text)}' is not an id.");

    /// <summary>The name and key of a Node's type.</summary>
    internal (string Name, PropertyInfo Key) NodeOf(Type type) => Binding(type) is { Key: { } key } binding
        ? (binding.Type.Name, key) : throw new SchemaException($"{type.Name} is not a Node: its global id means nothing.");

    /// <summary>Writes keys (or global ids) as ids.</summary>
    internal Func<object, object> IdWriter(Type? type)
    {
        if (type is null) return id => id.ToString()!;
        var (name, _) = NodeOf(type);
        return key => new GlobalId(name, Convert.ToString(key, CultureInfo.InvariantCulture)!).ToString();
    }

    internal LeafBinding? LeafOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (_leaves.TryGetValue(type, out var leaf)) return leaf;
        return type.IsEnum ? _leaves[type] = EnumLeaf.Of(this, type) : null;
    }

    internal ScalarType? NamedLeaf(string name) => _scalars.GetValueOrDefault(name) is { } scalar ? GetOrAdd(name, () => scalar) : null;

    private void AddScalar(ScalarType scalar, IEnumerable<Type> clrTypes)
    {
        _scalars[scalar.Name] = scalar;
        foreach (var type in clrTypes)
            _leaves[type] = (LeafBinding)Activator.CreateInstance(typeof(LeafBinding<>).MakeGenericType(type), scalar)!;
    }

    internal void Map<TClr, TWire>(string scalar, Func<TClr, TWire> toWire, Func<TWire, TClr> fromWire) where TClr : notnull where TWire : notnull
    {
        var type = _scalars.GetValueOrDefault(scalar) ?? throw new SchemaException($"{typeof(TClr).Name} is mapped to {scalar}, which is no scalar that is known.");
        // The scalar's own writer of the wire type saves the box, where it has one.
        var write = _leaves.GetValueOrDefault(typeof(TWire)) is LeafBinding<TWire> wire && wire.Type == type ? wire.Write : (json, value) => type.Write(value, json);
        _leaves[typeof(TClr)] = new LeafBinding<TClr>(type, (json, value) => write(json, toWire(value)))
        {
            ToWire = value => toWire((TClr)value), FromWire = value => fromWire((TWire)value),
        };
    }

    private void Add<T>(ScalarType scalar, Action<JsonOutput, T> write, Func<object, object>? toWire = null, Func<object, object>? fromWire = null) where T : notnull
    {
        _scalars[scalar.Name] = scalar;
        _leaves[typeof(T)] = new LeafBinding<T>(scalar, write) { ToWire = toWire, FromWire = fromWire };
    }

    private void AddBuiltInLeaves()
    {
        foreach (var scalar in new[] { Scalars.ID, Scalars.Int, Scalars.Float, Scalars.String, Scalars.Boolean }) _scalars[scalar.Name] = scalar;
        Add<string>(Scalars.String, (json, v) => json.String(v));
        Add<bool>(Scalars.Boolean, (json, v) => json.Boolean(v));
        Add<int>(Scalars.Int, (json, v) => json.Number(v));
        Add<short>(Scalars.Int, (json, v) => json.Number(v), v => (int)(short)v, v => Narrow<short>((int)v));
        Add<byte>(Scalars.Int, (json, v) => json.Number(v), v => (int)(byte)v, v => Narrow<byte>((int)v));
        Add<double>(Scalars.Float, (json, v) => json.Number(v));
        Add<float>(Scalars.Float, (json, v) => json.Number(v), v => (double)(float)v, v => (float)(double)v);
        Add<long>(new LongScalar(), (json, v) => json.Number(v));
        Add<decimal>(new DecimalScalar(), (json, v) => json.Number(v));
        Add<DateTimeOffset>(new DateTimeScalar(), DateTimeScalar.Write);
        Add<DateOnly>(new DateScalar(), DateScalar.Write);
        Add<TimeOnly>(new LocalTimeScalar(), LocalTimeScalar.Write);
        Add<TimeSpan>(new DurationScalar(), (json, v) => json.String(DurationScalar.Format(v)));
        Add<Guid>(new UuidScalar(), UuidScalar.Write);
        Add<Uri>(new UrlScalar(), (json, v) => json.String(UrlScalar.Format(v)));
        Add<JsonElement>(new JsonElementScalar(), JsonElementScalar.Write);
        AddScalar(new UploadScalar(), [typeof(UploadedFile)]);
    }

    private static object Narrow<T>(int value) where T : struct, System.Numerics.INumber<T>
    {
        var narrow = T.CreateSaturating(value);
        return int.CreateTruncating(narrow) == value ? narrow : throw new InvalidValueException($"{value} is too large or too small.");
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";

    internal static string Article(string name) => "AEIOU".Contains(name[0], StringComparison.Ordinal) ? "an" : "a";
}
