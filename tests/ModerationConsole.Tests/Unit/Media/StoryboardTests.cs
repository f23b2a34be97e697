using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Unit.Media;

public sealed class StoryboardTests
{
    [Theory]
    [InlineData(0.04, 12)]
    [InlineData(8, 12)]
    [InlineData(60, 12)]
    [InlineData(61, 20)]
    [InlineData(150, 30)]
    [InlineData(200, 42)]
    [InlineData(300, 60)]
    [InlineData(36_000, 60)]
    public void Stills_ScaleWithTheLengthFromTwelveToSixty(double seconds, int stills)
    {
        Storyboard board = Storyboard.For(TimeSpan.FromSeconds(seconds), isPortrait: false);

        Assert.Equal(stills, board.Stills);
        Assert.Equal(stills, board.Columns * board.Rows);
    }

    [Fact]
    public void Length_Unknown_GivesTheFewestStills() => Assert.Equal(12, Storyboard.For(null, isPortrait: false).Stills);

    [Fact]
    public void Stills_OfATallVideo_StandInMoreColumnsThanRows()
    {
        Storyboard wide = Storyboard.For(TimeSpan.FromSeconds(8), isPortrait: false);
        Storyboard tall = Storyboard.For(TimeSpan.FromSeconds(8), isPortrait: true);

        Assert.Equal((3, 4), (wide.Columns, wide.Rows));
        Assert.Equal((4, 3), (tall.Columns, tall.Rows));
    }
}
