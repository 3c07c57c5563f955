using System.Net.Mime;

namespace Cmms.Domain.Files;

/// <summary>Pictures that every browser shows, told by how they begin: a name or a content type is only what somebody says.</summary>
public static class Pictures
{
    /// <summary>What they are called to people.</summary>
    public const string Kinds = "a PNG, JPEG, GIF or WebP picture";

    /// <summary>The media type, or null for anything else.</summary>
    public static string? ContentTypeOf(ReadOnlySpan<byte> content) => content switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => MediaTypeNames.Image.Png,
        [0xFF, 0xD8, 0xFF, ..] => MediaTypeNames.Image.Jpeg,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => MediaTypeNames.Image.Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => MediaTypeNames.Image.Webp,
        _ => null,
    };
}
