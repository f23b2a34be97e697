using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Unit.Media;

public sealed class MediaPreferencesTests
{
    private static readonly MediaPreferences s_pale = new() { Blur = 1, Colour = MediaColour.Reduced, Thumbnail = 480, Muted = false, SpeedPercent = 150 };
    private static readonly MediaPreferences s_careful = new() { Blur = 5, Colour = MediaColour.Sepia, Thumbnail = 160, SpeedPercent = 50, StoryboardFirst = true };

    [Fact]
    public void Everyone_WhoChoseNothing_SeesColourAndSevereCasesInGrey()
    {
        Assert.Equal(MediaColour.Full, MyMediaPreferences.None.For(severe: false, ["Weapon"]).Colour);
        Assert.Equal(MediaColour.Grey, MyMediaPreferences.None.For(severe: true, []).Colour);
        Assert.Equal((RevealMode.Hold, 20, true, 320), (MediaPreferences.Default.Reveal, MediaPreferences.Default.ReblurSeconds, MediaPreferences.Default.Muted, MediaPreferences.Default.Thumbnail));
    }

    [Fact]
    public void Severe_WithoutAChoiceOfItsOwn_KeepsWhatTheGeneralOneAsksForAndGrey()
    {
        MyMediaPreferences mine = Of((MyMediaPreferences.Everything, s_careful));

        Assert.Equal(s_careful with { Colour = MediaColour.Grey }, mine.For(severe: true, []));
    }

    [Theory]
    [InlineData("weapon")]
    [InlineData("  WEAPON ")]
    public void Category_SetApart_HoldsInsteadOfWhatIsWider(string said)
    {
        MyMediaPreferences mine = Of((MyMediaPreferences.Everything, s_careful), (MyMediaPreferences.Severe, s_careful), ("weapon", s_pale));

        Assert.Equal(s_pale, mine.For(severe: true, [null, "", said]));
    }

    [Fact]
    public void Categories_SetApartTogether_GiveTheMoreCarefulOfEachValue()
    {
        MyMediaPreferences mine = Of(("weapon", s_pale), ("blood", s_careful with { SpeedPercent = 200 }));

        MediaPreferences both = mine.For(severe: false, ["Weapon", "Blood"]);

        Assert.Equal(
            (5, MediaColour.Sepia, 160, true, 150, true), (both.Blur, both.Colour, both.Thumbnail, both.Muted, both.SpeedPercent, both.StoryboardFirst));
    }

    [Fact]
    public void HowAPersonLooks_IsTheirsForEveryCategory()
    {
        MyMediaPreferences mine = Of(
            (MyMediaPreferences.Everything, new() { Reveal = RevealMode.Toggle, ReblurSeconds = 90 }),
            ("weapon", s_pale with { Reveal = RevealMode.Hold, ReblurSeconds = 10 }));

        MediaPreferences found = mine.For(severe: false, ["weapon"]);

        Assert.Equal((RevealMode.Toggle, 90), (found.Reveal, found.ReblurSeconds));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*severe")]
    [InlineData("  **severe")]
    public void CategoryOfAPlatform_SpelledLikeOneThatStandsForMore_IsNotThat(string said)
    {
        Assert.DoesNotContain('*', MyMediaPreferences.Key(said));
    }

    [Fact]
    public void Strictest_IsAsStrictAsCanBeChosen()
    {
        MediaPreferences strictest = MediaPreferences.Strictest;

        Assert.True(strictest.IsValid);
        Assert.Equal(strictest, strictest.And(s_pale) with { Reveal = strictest.Reveal, ReblurSeconds = strictest.ReblurSeconds });
        Assert.Equal((8, MediaColour.Grey, RevealMode.Region, 10), (strictest.Blur, strictest.Colour, strictest.Reveal, strictest.ReblurSeconds));
    }

    [Theory]
    [InlineData(-1, 320, 100, 20)]
    [InlineData(9, 320, 100, 20)]
    [InlineData(0, 119, 100, 20)]
    [InlineData(0, 641, 100, 20)]
    [InlineData(0, 320, 24, 20)]
    [InlineData(0, 320, 201, 20)]
    [InlineData(0, 320, 100, 9)]
    [InlineData(0, 320, 100, 121)]
    public void Value_OutOfItsBounds_IsNotValid(int blur, int thumbnail, int speed, int seconds)
    {
        Assert.False(new MediaPreferences { Blur = blur, Thumbnail = thumbnail, SpeedPercent = speed, ReblurSeconds = seconds }.IsValid);
    }

    [Theory]
    [InlineData(31, 1280, 720, 3, 4, 31 / 12.0)]
    [InlineData(31, 720, 1280, 4, 3, 31 / 12.0)]
    [InlineData(600, 1280, 720, 6, 10, 10)]
    public void Stills_OfAVideo_LieAsTheRendererLaidThem(double seconds, int width, int height, int columns, int rows, double apart)
    {
        StoryboardStills stills = StoryboardStills.Of(seconds, width, height)!;

        Assert.Equal((columns, rows), (stills.Columns, stills.Rows));
        Assert.Equal(apart, stills.SecondsApart, 6);
        Assert.Equal(2 * apart, stills.SecondsAt(2), 6);
        Assert.Null(StoryboardStills.Of(null, width, height));
    }

    private static MyMediaPreferences Of(params (string Category, MediaPreferences Chosen)[] all) => new(all.ToDictionary(one => one.Category, one => one.Chosen));
}
