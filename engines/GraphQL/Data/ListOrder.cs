using System.Buffers.Binary;
using System.Buffers.Text;
using System.Linq.Expressions;
using System.Text;

namespace Engines.GraphQL.Data;

/// <summary>
/// The order of one list: how rows are sorted, which of its keys a query must give beside the row, and the cursors of rows. A cursor is base64url
/// of a hash of the order and the keys' values as exact text; under another order it is refused.
/// </summary>
internal sealed class ListOrder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly uint _signature;
    private readonly int[] _projected;

    public ListOrder(string type, IReadOnlyList<OrderKey> keys)
    {
        Keys = keys;
        Name = $"{type}|{string.Join('|', keys.Select(k => $"{k.Path.Name} {(k.Descending ? "desc" : "asc")}"))}";
        _signature = Fnv(Name);
        _projected = [.. Enumerable.Range(0, keys.Count).Select(i => IsOnEntity(keys[i].Path) ? -1 : i).Where(i => i >= 0)];
    }

    public IReadOnlyList<OrderKey> Keys { get; }

    /// <summary>Equal for equal orders of one type.</summary>
    public string Name { get; }

    /// <summary>The properties that a row must carry for its cursor.</summary>
    public IEnumerable<string> OwnKeys => Keys.Where(k => IsOnEntity(k.Path)).Select(k => k.Path.Column.Name);

    /// <summary>The values of the keys that the entity itself does not carry (folded text, columns of references); null when there are none.</summary>
    public Expression? Projection(Expression entity) => _projected.Length == 0 ? null
        : Expression.NewArrayInit(typeof(object), _projected.Select(i => Expression.Convert(Keys[i].Path.On(entity), typeof(object))));

    public string Cursor(object entity, object?[]? projected)
    {
        using var bytes = new MemoryStream();
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(number, _signature);
        bytes.Write(number);
        for (int i = 0, next = 0; i < Keys.Count; i++)
        {
            var column = Keys[i].Path.Column;
            var value = IsOnEntity(Keys[i].Path) ? column.GetGetter().GetClrValue(entity) : projected![next++];
            var text = value is null ? null : Utf8.GetBytes(KeyText.Write(column, value));
            BinaryPrimitives.WriteInt32LittleEndian(number, text?.Length ?? -1);
            bytes.Write(number);
            bytes.Write(text);
        }
        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>The keys' values of a cursor.</summary>
    /// <exception cref="GraphQLException">It is none, or of another order.</exception>
    public IReadOnlyList<object?> Values(string cursor, string argument)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor).AsSpan();
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != _signature) throw Refuse(argument, "the cursor belongs to a list of another order");
            bytes = bytes[4..];
            var values = new object?[Keys.Count];
            for (var i = 0; i < values.Length; i++)
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
                bytes = bytes[4..];
                if (length < 0 && !Keys[i].Path.MayBeNull) throw new FormatException();
                if (length < 0) continue;
                values[i] = KeyText.Read(Keys[i].Path.Column, Utf8.GetString(bytes[..length]));
                bytes = bytes[length..];
            }
            return bytes.IsEmpty ? values : throw new FormatException();
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or InvalidOperationException or InvalidCastException)
        {
            throw Refuse(argument, "not a cursor of this list");
        }
    }

    private static GraphQLException Refuse(string argument, string why) => new($"{argument}: {why}.", ErrorCodes.BadUserInput);

    private static bool IsOnEntity(ColumnPath path) => path.Navigations.Count == 0 && !path.Column.IsShadowProperty();

    private static uint Fnv(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text) hash = unchecked((hash ^ c) * 16777619u);
        return hash;
    }
}
