using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Components.Review;

/// <summary>What stands on tiles, fields and the case about keys is what the person's own keys are.</summary>
public sealed class KeyHintsTests : ComponentTest
{
    private static readonly DeskPreferences s_own = new()
    {
        Keys = new Dictionary<string, string>
        {
            ["revealHoldStart"] = "Alt+R", ["revealUntilHidden"] = "", ["playPause"] = "o", ["mute"] = "", ["note"] = "Alt+N", ["next"] = "x", ["previous"] = "",
        },
    };

    public KeyHintsTests()
    {
        Services.AddOptions<EnforcementOptions>();
        Services.AddGatedMedia();
        Services.AddDeskAround(new FakeAround());
    }

    [Fact]
    public void Defaults_StandOnTheTileTheFieldAndTheCase()
    {
        IRenderedComponent<CasePanel> panel = RenderCase(DeskPreferences.Default);

        Assert.Equal(("r Shift+R", "R"), Hint(panel, "Reveal"));
        Assert.Equal(("l", "L"), Hint(panel, "Enlarge"));
        Assert.Equal(("p", "P"), Hint(panel, "Play"));
        Assert.Equal(("m", "M"), Hint(panel, "Sound on"));
        Assert.Equal(["K", "J"], panel.FindAll(".case-keys kbd").Select(key => key.TextContent));
        IElement note = RenderReason(DeskPreferences.Default).Find("#note");
        Assert.Equal("c", note.GetAttribute("aria-keyshortcuts"));
        Assert.Equal("C", note.ParentElement!.QuerySelector("kbd")!.TextContent);
    }

    [Fact]
    public void KeysOfOnesOwn_StandThereInstead_AndNothingWhereThereIsNone()
    {
        IRenderedComponent<CasePanel> panel = RenderCase(s_own);

        Assert.Equal(("Alt+R", "Alt R"), Hint(panel, "Reveal"));
        Assert.Equal(("o", "O"), Hint(panel, "Play"));
        Assert.Equal((null, null), Hint(panel, "Sound on"));
        Assert.Equal(["X"], panel.FindAll(".case-keys kbd").Select(key => key.TextContent));
        Assert.Equal("Alt+N", RenderReason(s_own).Find("#note").GetAttribute("aria-keyshortcuts"));
    }

    [Fact]
    public void SingleKeysOff_LeaveNoHintThatDoesNothing()
    {
        IRenderedComponent<CasePanel> panel = RenderCase(s_own with { SingleKeys = false });

        Assert.Equal(("Alt+R", "Alt R"), Hint(panel, "Reveal"));
        Assert.Equal((null, null), Hint(panel, "Play"));
        Assert.Empty(panel.FindAll(".case-keys kbd"));
    }

    private static (string? Aria, string? Shown) Hint(IRenderedComponent<CasePanel> panel, string button)
    {
        IElement found = panel.FindAll("button").Single(one => one.TextContent.Contains(button, StringComparison.Ordinal));
        return (found.GetAttribute("aria-keyshortcuts"), found.QuerySelector("kbd")?.TextContent);
    }

    private IRenderedComponent<CasePanel> RenderCase(DeskPreferences preferences) => RenderWith<CasePanel>(preferences, builder =>
    {
        builder.OpenComponent<CasePanel>(0);
        builder.AddComponentParameter(1, nameof(CasePanel.About), DeskCases.Post() with { Media = [DeskCases.Media(kind: MediaKind.Video)] });
        builder.AddComponentParameter(2, nameof(CasePanel.Preferences), preferences);
        builder.CloseComponent();
    });

    private IRenderedComponent<DecisionPanel> RenderReason(DeskPreferences preferences) => RenderWith<DecisionPanel>(preferences, builder =>
    {
        builder.OpenComponent<DecisionPanel>(0);
        builder.AddComponentParameter(1, nameof(DecisionPanel.About), DeskCases.Post());
        builder.AddComponentParameter(2, nameof(DecisionPanel.Form), new DecisionForm(DeskCases.Post()));
        builder.AddComponentParameter(3, nameof(DecisionPanel.Preferences), preferences);
        builder.CloseComponent();
    });

    private IRenderedComponent<T> RenderWith<T>(DeskPreferences preferences, RenderFragment content)
        where T : IComponent
    {
        RenderTree.TryAdd<CascadingValue<DeskPreferences>>(parameters => parameters.Add(value => value.Value, preferences));
        return Render<CascadingValue<Moment>>(parameters => parameters
            .Add(value => value.Value, new Moment(DeskCases.Now, TimeZoneInfo.Utc)).Add(value => value.ChildContent, content)).FindComponent<T>();
    }
}
