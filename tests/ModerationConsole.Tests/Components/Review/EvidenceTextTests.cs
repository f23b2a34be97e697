using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Review.Masking;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Components.Review;

public sealed class EvidenceTextTests : ComponentTest
{
    private static readonly TextMask s_mask = new(new MaskedWords(Options.Create(new MaskedWordsOptions { BuiltIn = false, Words = ["bramble"] })));

    [Fact]
    public void MarkedSpan_FarIntoALongText_IsShownWithTheWordsAround()
    {
        string text = Filler(6_000) + "HERE IT IS" + Filler(6_000);

        IRenderedComponent<EvidenceText> shown = RenderText(text, [new TextMark(text.IndexOf("HERE", StringComparison.Ordinal), 10, "A report quotes this")]);

        string part = shown.Find(".post-text").TextContent;
        Assert.True(part.Length is > 1_000 and < 1_600, $"{part.Length} characters are shown.");
        Assert.StartsWith("…word ", part, StringComparison.Ordinal);
        Assert.Equal(("HERE IT IS", "A report quotes this"), (shown.Find("mark").TextContent, shown.Find("mark").GetAttribute("title")));
    }

    [Fact]
    public void FoldedText_Expanded_ShowsWhatStandsBeforeAndAfter()
    {
        string text = Filler(6_000) + "HERE IT IS" + Filler(6_000);
        IRenderedComponent<EvidenceText> shown = RenderText(text, [new TextMark(text.IndexOf("HERE", StringComparison.Ordinal), 10, "why")]);

        shown.FindAll("button")[0].Click();
        shown.FindAll("button").Single().Click();

        Assert.Equal(text, shown.Find(".post-text").TextContent);
        Assert.Empty(shown.FindAll("button"));
    }

    [Fact]
    public void MarkedSpan_NearTheBeginning_LeavesTheBeginningShown()
    {
        string text = "HERE IT IS " + Filler(6_000);

        IRenderedComponent<EvidenceText> shown = RenderText(text, [new TextMark(0, 10, "why")]);

        Assert.StartsWith("HERE IT IS", shown.Find(".post-text").TextContent, StringComparison.Ordinal);
        Assert.Single(shown.FindAll("button"));
    }

    [Fact]
    public void CoveredWord_StaysTextAndIsSaidWithFocusOnly()
    {
        IRenderedComponent<EvidenceText> shown = RenderText("You bramble, you.", [], s_mask);

        AngleSharp.Dom.IElement covered = shown.Find(".masked");
        Assert.Equal(("bramble", "0", "Covered word", "bramble"),
            (covered.TextContent, covered.GetAttribute("tabindex"), covered.GetAttribute("aria-label"), covered.GetAttribute("aria-description")));
        Assert.Equal("You bramble, you.", shown.Find(".post-text").TextContent);
    }

    [Fact]
    public void Words_ForSomeoneWhoWantsNoneCovered_StandOpen()
    {
        Assert.Empty(RenderText("You bramble, you.", []).FindAll(".masked"));
    }

    [Fact]
    public void Text_InAnotherDirection_TakesItsOwn()
    {
        Assert.Equal("auto", RenderText("مرحبا بالجميع", []).Find(".post-text").GetAttribute("dir"));
    }

    private static string Filler(int length) => string.Concat(Enumerable.Repeat("word ", length / 5));

    private IRenderedComponent<EvidenceText> RenderText(string text, IReadOnlyList<TextMark> marks, TextMask? mask = null)
    {
        Assert.True(Services.GetRequiredService<Onlooker>().ShowAsync(null, mask, DeskPreferences.Default).IsCompletedSuccessfully);
        return Render<EvidenceText>(parameters => parameters.Add(shown => shown.Text, text).Add(shown => shown.Marks, marks));
    }
}
