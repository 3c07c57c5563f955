using System.Text;

namespace Engines.GraphQL.Language;

/// <summary>A place in a document as people count it: line and column from 1.</summary>
public readonly record struct SourceLocation(int Line, int Column)
{
    /// <summary>The place of a byte offset; LF, CR and CRLF each end one line, and columns count UTF-16 units.</summary>
    public static SourceLocation At(ReadOnlySpan<byte> source, int offset)
    {
        offset = Math.Clamp(offset, 0, source.Length);
        int line = 1, lineStart = 0;
        for (var i = 0; i < offset; i++)
        {
            if (source[i] == '\n' || (source[i] == '\r' && !(i + 1 < source.Length && source[i + 1] == '\n')))
            {
                line++;
                lineStart = i + 1;
            }
        }
        return new SourceLocation(line, Encoding.UTF8.GetCharCount(source[lineStart..offset]) + 1);
    }
}
