using System.Buffers.Binary;
using System.IO.Compression;

namespace Cmms.Domain.Demo;

/// <summary>A small picture of head and shoulders before a plain ground, as a PNG of palette colours.</summary>
internal static class DemoPortrait
{
    private const int Size = 96;

    /// <param name="ground">RGB, as are the others.</param>
    public static byte[] Draw(int ground, int skin, int clothes)
    {
        using MemoryStream png = new();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Size);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Size);
        (header[8], header[9]) = (8, 3); // bits a pixel; by palette
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "PLTE"u8, [.. new[] { ground, skin, clothes }.SelectMany(rgb => new[] { (byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb })]);
        Chunk(png, "IDAT"u8, Pixels());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Pixels()
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < Size; y++)
            {
                zlib.WriteByte(0); // the line is as it is
                for (var x = 0; x < Size; x++) zlib.WriteByte(Color(x, y));
            }
        }
        return packed.ToArray();
    }

    private static byte Color(int x, int y) => IsWithin(x - 48, y - 38, 19, 23) ? (byte)1 : IsWithin(x - 48, y - 98, 38, 32) ? (byte)2 : (byte)0;

    private static bool IsWithin(int x, int y, int a, int b) => (x * x * b * b) + (y * y * a * a) <= a * a * b * b;

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum([.. type, .. data]));
        png.Write(number);
    }

    /// <summary>CRC-32 as the PNG specification has it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return ~crc;
    }
}
