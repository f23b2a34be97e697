using Microsoft.Extensions.Options;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Review.Masking;

namespace ModerationConsole.Tests.Unit.Review;

/// <summary>The words here are harmless ones put on a list of their own.</summary>
public sealed class MaskedWordsTests
{
    private static readonly MaskedWords s_words = new(Options.Create(new MaskedWordsOptions { BuiltIn = false, Words = ["Bramble", "ёлка", "niño", "كلمة"] }));

    [Theory]
    [InlineData("a bramble here", "bramble")]
    [InlineData("BRAMBLE", "BRAMBLE")]
    [InlineData("brambles!", "brambles")]
    [InlineData("br4mbl3", "br4mbl3")]
    [InlineData("@bramble", "bramble")]
    [InlineData("braaaambleee", "braaaambleee")]
    [InlineData("brámblë", "brámblë")]
    [InlineData("br\u200bam\u00adble", "br\u200bam\u00adble")]
    [InlineData("ｂｒａｍｂｌｅ", "ｂｒａｍｂｌｅ")]
    [InlineData("Ёлки и ёлка", "ёлка")]
    [InlineData("el Nino", "Nino")]
    [InlineData("هذه كلمة هنا", "كلمة")]
    public void Word_OnTheList_IsCoveredHoweverItIsDisguised(string text, string covered)
    {
        MaskedSpan span = Assert.Single(s_words.In(text));

        Assert.Equal(covered, text.Substring(span.Start, span.Length));
    }

    [Theory]
    [InlineData("brambling is a bird")]
    [InlineData("blackbramble")]
    [InlineData("")]
    [InlineData("1234 5678 @ $ !")]
    [InlineData("\ud83d broken \udc00")]
    public void Word_NotOnTheList_StaysOpen(string text) => Assert.Empty(s_words.In(text));

    [Fact]
    public void BuiltInList_HoldsHashesAndCoversNoOrdinaryText()
    {
        MaskedWords builtIn = new(Options.Create(new MaskedWordsOptions()));

        Assert.InRange(BuiltInWords.Hashes.Length, 40, 1_000);
        Assert.Equal(BuiltInWords.Hashes.Length, BuiltInWords.Hashes.Distinct().Count());
        Assert.Empty(builtIn.In("The quick brown fox jumps over the lazy dog. Ein Abo, un retard, negro como el carbón, class, Scunthorpe."));
    }

    [Fact]
    public void File_OfWords_IsReadWithoutItsComments()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, ["# ours", "bramble", "", "  thistle "]);
            MaskedWords words = new(Options.Create(new MaskedWordsOptions { BuiltIn = false, File = file }));

            Assert.Equal(2, words.In("bramble, thistle, ours").Count);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void File_ThatIsNotThere_StopsTheStart()
    {
        ValidateOptionsResult result = new MaskedWordsOptionsValidator().Validate(null, new MaskedWordsOptions { File = "no/such/file" });

        Assert.Contains("MaskedWords:File", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("", false)]
    [InlineData("{\"maskWords\":true}", true)]
    [InlineData("{\"maskWords\":false}", false)]
    [InlineData("not json", true)]
    [InlineData("[]", true)]
    public void Setting_ThatCannotBeRead_MeansTheKinderOne(string settings, bool wanted) => Assert.Equal(wanted, TextMask.IsWanted(settings));

    [Fact]
    public void Runs_OfMarksAndCovers_HoldTheWholeTextOnce()
    {
        const string Text = "one bramble\u200b two three";
        DrawnRun[] runs = [.. EvidenceMarks.Of(Text, 0, Text.Length, [new TextMark(4, 16, "why")], s_words.In(Text))];

        Assert.Equal("one bramble two three", string.Concat(runs.Where(run => run.Unseen is null).Select(run => run.Text)));
        Assert.Equal(["bramble"], runs.Where(run => run.Masked).Select(run => run.Text));
        Assert.Equal("bramble two thr", string.Concat(runs.Where(run => run.Why is not null && run.Unseen is null).Select(run => run.Text)));
        Assert.Single(runs, run => run.Unseen is not null);
    }
}
