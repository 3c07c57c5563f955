using System.Buffers.Binary;
using System.Buffers.Text;
using Engines.GraphQL;

namespace Cmms.Graph.Live;

/// <summary>A place in a customer's event log, as clients carry it: opaque, and good for that customer alone.</summary>
internal static class EventCursor
{
    public static string Encode(long customerId, long position)
    {
        Span<byte> bytes = stackalloc byte[17];
        bytes[0] = (byte)'e';
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], customerId);
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], position);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="GraphQLException">BAD_USER_INPUT: not a cursor of this customer's events.</exception>
    public static long Decode(string cursor, long customerId, string argument = "after")
    {
        Span<byte> bytes = stackalloc byte[17];
        if (cursor.Length == 23 && Base64Url.TryDecodeFromChars(cursor, bytes, out var length) && length == 17 && bytes[0] == (byte)'e'
            && BinaryPrimitives.ReadInt64BigEndian(bytes[1..]) == customerId && BinaryPrimitives.ReadInt64BigEndian(bytes[9..]) is >= 0 and var position)
            return position;
        throw new GraphQLException($"'{argument}' is not a cursor of an event or an earlier message.", ErrorCodes.BadUserInput);
    }
}
