using System.Buffers;
using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Engines.GraphQL.Server;

/// <summary>Compresses whole answers, by what the client accepts. Event streams stay as they are: each message must leave at once.</summary>
internal static class Compression
{
    private const int BrotliQuality = 4;
    private const int BrotliWindow = 22;

    /// <summary><c>br</c> or <c>gzip</c>; null: the client wants neither more than the answer as it is.</summary>
    public static string? Choose(StringValues acceptEncoding)
    {
        if (StringValues.IsNullOrEmpty(acceptEncoding) || !StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var accepted)) return null;
        var (brotli, gzip) = (Quality("br"), Quality("gzip"));
        return Math.Max(brotli, gzip) is var best && best > 0 && best >= (Named("identity") ?? 0) ? brotli >= gzip ? "br" : "gzip" : null;

        double Quality(string coding) => Named(coding) ?? Named("*") ?? 0;
        double? Named(string coding) => accepted.FirstOrDefault(a => a.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) is { } found ? found.Quality ?? 1 : null;
    }

    /// <summary>The compressed answer in a buffer to be given back to the shared pool.</summary>
    public static ArraySegment<byte> Encode(ReadOnlyMemory<byte> answer, string coding)
    {
        if (coding == "br")
        {
            var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(answer.Length));
            if (BrotliEncoder.TryCompress(answer.Span, buffer, out var written, BrotliQuality, BrotliWindow)) return new ArraySegment<byte>(buffer, 0, written);
            ArrayPool<byte>.Shared.Return(buffer);
            throw new InvalidOperationException("A buffer of the greatest length was too short.");
        }
        using var output = new MemoryStream(answer.Length / 4);
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(answer.Span);
        var copy = ArrayPool<byte>.Shared.Rent((int)output.Length);
        output.GetBuffer().AsSpan(0, (int)output.Length).CopyTo(copy);
        return new ArraySegment<byte>(copy, 0, (int)output.Length);
    }
}
