using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Unit.Review;

public sealed class EvidenceRunsTests
{
    [Theory]
    [InlineData("a\u200bb", "U+200B")]
    [InlineData("a\u200db", "U+200D")]
    [InlineData("pay\u202Egpj.exe", "U+202E")]
    [InlineData("x\u2066y", "U+2066")]
    [InlineData("soft\u00adhyphen", "U+00AD")]
    [InlineData("bell\u0007", "U+0007")]
    [InlineData("\ufeffbegin", "U+FEFF")]
    [InlineData("blank\u3164", "U+3164")]
    public void HiddenCharacter_IsNamedWhereItStands(string text, string name) =>
        Assert.Contains(EvidenceRuns.Of(text), run => run.Unseen is not null && run.Text == name);

    [Theory]
    [InlineData("line one\n\tline two")]
    [InlineData("\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467")]
    [InlineData("\u05e9\u05dc\u05d5\u05dd hello")]
    public void OrdinaryText_OfAnyScript_IsLeftAlone(string text)
    {
        EvidenceRun run = Assert.Single(EvidenceRuns.Of(text));

        Assert.Equal((text, null), (run.Text, run.Unseen));
    }

    [Fact]
    public void Beginning_OfAText_CutsNoCharacterInTwo() => Assert.Equal("ab", EvidenceRuns.Beginning("ab\U0001F468\u200D\U0001F469cd", 5));

    [Fact]
    public void Beginning_OfOneEndlessCharacter_IsCutAllTheSame() =>
        Assert.Equal(10, EvidenceRuns.Beginning("a" + new string('\u0301', 1_000), 10).Length);
}
