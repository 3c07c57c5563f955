using System.Text;
using Engines.GraphQL.Language;
using Xunit;

namespace Cmms.Tests.GraphQL.Language;

public sealed class SourceLocationTests
{
    [Theory]
    [InlineData("abc", 0, 1, 1)]
    [InlineData("abc", 3, 1, 4)]
    [InlineData("abc", 99, 1, 4)]
    [InlineData("a\nb", 2, 2, 1)]
    [InlineData("a\rb", 2, 2, 1)]
    [InlineData("a\r\nb", 3, 2, 1)]
    [InlineData("a\r\n\r\r\nb", 6, 4, 1)]
    [InlineData("a\n\nb", 1, 1, 2)]
    [InlineData("é b", 3, 1, 3)]
    [InlineData("😀 b", 5, 1, 4)]
    [InlineData("\uFEFFb", 3, 1, 2)]
    public void Lines_end_as_they_may_and_columns_count_utf16(string text, int offset, int line, int column) =>
        Assert.Equal(new SourceLocation(line, column), SourceLocation.At(Encoding.UTF8.GetBytes(text), offset));
}
