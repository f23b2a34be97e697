using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Tests.Unit.Decisions;

public sealed class DecisionTextTests
{
    [Theory]
    [InlineData("  spam ", "spam")]
    [InlineData("זה ספאם", "זה ספאם")]
    [InlineData("\u202eabc", "\u202eabc")]
    [InlineData("👩‍👧", "👩‍👧")]
    [InlineData("a\u0000b\u001bc\r\nd\te", "abc\nd\te")]
    [InlineData("!", "!")]
    public void Text_ThatCanBeRead_IsKeptWithoutControlCharacters(string text, string kept) => Assert.Equal(kept, DecisionText.Clean(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("\u200b\u200d\u200e\u2060\ufeff\u00ad")]
    [InlineData("\u034f\u180e\ufe0f")]
    [InlineData("\u3164\u1160\uffa0\u2800")]
    [InlineData("\u2028\u2029\u0085")]
    public void Text_OfWhichNothingShows_IsNone(string? text) => Assert.Null(DecisionText.Clean(text));
}
