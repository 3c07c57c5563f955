using System.Buffers.Binary;
using System.IO.Compression;

namespace Cmms.Domain.Demo;

/// <summary>Small pictures of plain shapes, as PNG of palette colours.</summary>
internal static class DemoPicture
{
    /// <summary>Head and shoulders before a plain ground.</summary>
    /// <param name="ground">RGB, as are the others.</param>
    public static byte[] Portrait(int ground, int skin, int clothes) =>
        Draw(96, 96, [ground, skin, clothes], (x, y) => IsWithin(x - 48, y - 38, 19, 23) ? 1 : IsWithin(x - 48, y - 98, 38, 32) ? 2 : 0);

    /// <summary>A machine on the floor of a hall, with a window, a panel and a light.</summary>
    public static byte[] Machine(int paint, int light) => Draw(640, 480, [0xDDE3E6, 0x9AA3A8, paint, 0x22313A, 0xF2F2EC, light], (x, y) =>
        IsWithin(x - 470, y - 92, 16, 16) ? 5
        : x is > 440 and < 500 && y is > 200 and < 300 ? 4
        : x is > 140 and < 400 && y is > 170 and < 290 ? 3
        : x is > 100 and < 540 && y is > 110 and < 400 ? 2
        : y > 380 ? 1 : 0);

    /// <summary>Water on a floor.</summary>
    public static byte[] Puddle() => Draw(640, 480, [0xB8B2A7, 0x7FA7BF, 0xA9C7D8], (x, y) => IsWithin(x - 280, y - 300, 60, 18) ? 2 : IsWithin(x - 320, y - 310, 210, 90) ? 1 : 0);

    private static byte[] Draw(int width, int height, int[] palette, Func<int, int, int> color)
    {
        using MemoryStream png = new();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3); // bits a pixel; by palette
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "PLTE"u8, [.. palette.SelectMany(rgb => new[] { (byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb })]);
        Chunk(png, "IDAT"u8, Pixels(width, height, color));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Pixels(int width, int height, Func<int, int, int> color)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0); // the line is as it is
                for (var x = 0; x < width; x++) zlib.WriteByte((byte)color(x, y));
            }
        }
        return packed.ToArray();
    }

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
