using System.Text;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Tests.Unit.Cases;

/// <summary>Text that has no normal form is still found, compared and covered.</summary>
public sealed class UnicodeTextTests
{
    [Theory]
    [InlineData("\\uD800", "\\uFFFD")]
    [InlineData("\\uFFFE", "\\uFFFD")]
    [InlineData("\\uFFFE\\uFDD0", "\\uFFFD\\uFFFD")]
    [InlineData("\\uD83D\\uDE00", "\\uD83D\\uDE00")]
    public void Text_WithWhatHasNoNormalForm_HasThePlaceholderThere(string escaped, string expected) =>
        Assert.Equal(
            "fine " + Unescaped(expected),
            UnicodeText.Normalized("ﬁne " + Unescaped(escaped), NormalizationForm.FormKD).TrimEnd());

    [Fact]
    public void Text_WithANoncharacter_IsFoundByItsOtherWords() =>
        Assert.Contains(" plain", SearchWords.Of("ﬁne \uFFFE plain"), StringComparison.Ordinal);

    // Test names travel as XML, which cannot hold these.
    private static string Unescaped(string text) => System.Text.RegularExpressions.Regex.Unescape(text);
}
