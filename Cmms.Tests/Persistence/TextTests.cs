using Cmms.Domain;
using Xunit;

namespace Cmms.Tests.Persistence;

public sealed class TextTests
{
    [Theory]
    [InlineData("Bomba Centrífuga Ñ", "bomba centrifuga n")]
    [InlineData("ＡＢＣ ﬁ Ⅳ", "abc fi iv")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("PLAIN ascii 12", "plain ascii 12")]
    [InlineData("", "")]
    public void Text_is_folded_the_same_whatever_its_marks_and_case(string text, string folded) => Assert.Equal(folded, Text.Fold(text));

    [Fact]
    public void Half_a_character_is_replaced_and_never_an_error() => Assert.Equal("a\uFFFDb", Text.Fold("A\uD800B"));
}
