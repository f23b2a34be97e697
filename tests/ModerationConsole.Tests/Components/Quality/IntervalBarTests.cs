using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using ModerationConsole.Core.Quality.Statistics;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Quality;

namespace ModerationConsole.Tests.Components.Quality;

public sealed class IntervalBarTests : ComponentTest
{
    [Fact]
    public void Bar_OfAFigure_SaysWhatItShows()
    {
        IElement bar = Draw(new Figure(0.95, 0.9, 0.98, 200), target: 0.96).Find("svg");

        Assert.Equal(("img", "95 %, in the range 90 % to 98 %; target 96 %"), (bar.GetAttribute("role"), bar.GetAttribute("aria-label")));
    }

    [Fact]
    public void Bar_BegunAtAHalf_PutsEverythingInItsPlace()
    {
        IRenderedComponent<IntervalBar> drawn = Draw(new Figure(0.95, 0.9, 0.98, 200), target: 0.75, start: 0.5);

        IElement range = drawn.Find(".interval-range");
        Assert.Equal((80, 16), (Number(range, "x"), Number(range, "width")));
        Assert.Equal(89.5, Number(drawn.Find(".interval-value"), "x"));
        Assert.Equal(50, Number(drawn.Find(".interval-target"), "x1"));
    }

    [Fact]
    public void Bar_OfARangeBelowItsStart_StaysInside()
    {
        IRenderedComponent<IntervalBar> drawn = Draw(new Figure(0.3, 0.2, 1, 60), start: 0.5);

        Assert.Equal((0, 100), (Number(drawn.Find(".interval-range"), "x"), Number(drawn.Find(".interval-range"), "width")));
        Assert.Equal(0, Number(drawn.Find(".interval-value"), "x"));
    }

    [Theory]
    [InlineData(49)]
    [InlineData(0)]
    public void Bar_OfTooFew_ShowsNothing(int judged)
    {
        Assert.Empty(Draw(judged == 0 ? Figure.None : new Figure(0.95, 0.9, 0.98, judged)).FindAll("svg"));
    }

    [Fact]
    public void Words_OfTooFew_TellNoFigure()
    {
        Figure few = new(0.95, 0.9, 0.98, Figure.Enough - 1);

        Assert.Equal(("Too few", "", "Too few"), (FigureWords.Value(few), FigureWords.Range(few), FigureWords.Measure(0.8, few.N)));
        Assert.Equal(("95 %", "90 % to 98 %"), (FigureWords.Value(few with { N = Figure.Enough }), FigureWords.Range(few with { N = Figure.Enough })));
    }

    private IRenderedComponent<IntervalBar> Draw(Figure figure, double? target = null, double start = 0) =>
        Render<IntervalBar>(bar => bar.Add(it => it.Figure, figure).Add(it => it.Target, target).Add(it => it.Start, start));

    private static double Number(IElement element, string name) => double.Parse(element.GetAttribute(name)!, CultureInfo.InvariantCulture);
}
