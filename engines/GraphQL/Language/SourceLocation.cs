using System.Text;

namespace Engines.GraphQL.Language;

/// <summary>A place in a document as people count it: line and column from 1.</summary>
public readonly record struct SourceLocation(int Line, int Column)
{
    /// <summary>The place of a byte offset; LF, CR and CRLF each end one line, and columns count UTF-16 units.</summary>
    public static SourceLocation At(ReadOnlySpan<byte> source, int offset)
    {
        offset = Math.Clamp(offset, 0, source.Length);
        int line = 1, lineStart = 0, length;
        for (var at = 0; (length = source[at..offset].IndexOfAny((byte)'\n', (byte)'\r')) >= 0;)
        {
            at += length + 1;
            if (source[at - 1] == '\r' && at < source.Length && source[at] == '\n') continue;
            line++;
            lineStart = at;
        }
        return new SourceLocation(line, Encoding.UTF8.GetCharCount(source[lineStart..offset]) + 1);
    }
}
