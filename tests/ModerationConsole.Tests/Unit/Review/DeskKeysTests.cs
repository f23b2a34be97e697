using System.Text.RegularExpressions;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Unit.Review;

/// <summary>The keys of the desk as a person has them.</summary>
public sealed partial class DeskKeysTests
{
    [Fact]
    public void Defaults_AreThoseOfThePagesScript()
    {
        string script = File.ReadAllText(Path.Combine(Sources.Root, "wwwroot", "js", "keymap.js"));
        string map = script[script.IndexOf("defaultMap", StringComparison.Ordinal)..script.IndexOf("});", StringComparison.Ordinal)];
        Dictionary<string, string> there = Pair().Matches(map).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

        Assert.Equal(there.OrderBy(pair => pair.Key), DeskKeys.All.ToDictionary(key => key.Command, key => key.Chord).OrderBy(pair => pair.Key));
        Assert.Empty(DeskKeys.Conflicts(new Dictionary<string, string>()));
    }

    [Fact]
    public void EveryCommand_HasWords() =>
        Assert.All(DeskKeys.All, key => Assert.NotEqual(key.Command, KeyWords.Of(key.Command)));

    [Theory]
    [InlineData("Cmd+shift+r", "ctrl+shift+r")]
    [InlineData(" Shift + R ", "shift+r")]
    [InlineData("Ctrl++", "ctrl++")]
    [InlineData("+", "+")]
    [InlineData("Esc", "escape")]
    [InlineData("", "")]
    public void Chord_HasOneSpelling(string written, string normal) => Assert.Equal(normal, DeskKeys.Normal(written));

    [Fact]
    public void TwoCommandsWithOneKey_AreAConflict_HoweverTheyAreWritten()
    {
        IReadOnlyList<KeyConflict> found = DeskKeys.Conflicts(new Dictionary<string, string> { ["grey"] = "A", ["mute"] = "cmd+enter" });

        Assert.Equal([new KeyConflict("grey", "allow"), new KeyConflict("mute", "submit")], found.OrderBy(conflict => conflict.Command));
    }

    [Theory]
    [InlineData("Escape")]
    [InlineData("Enter")]
    [InlineData("Tab")]
    [InlineData("Space")]
    [InlineData("Ctrl+C")]
    public void KeyThatThePageNeedsItself_IsAConflict(string chord) =>
        Assert.Equal([new KeyConflict("skip", null)], DeskKeys.Conflicts(new Dictionary<string, string> { ["skip"] = chord }));

    [Fact]
    public void CommandsWithoutKeys_DoNotStandInEachOthersWay() =>
        Assert.Empty(DeskKeys.Conflicts(new Dictionary<string, string> { ["grey"] = "", ["mute"] = "" }));

    [Fact]
    public void ButtonsSayTheKeyThatThePersonChose()
    {
        DeskKeys keys = new(new Dictionary<string, string> { ["allow"] = "Alt+Shift+Y", ["skip"] = "" }, singleKeys: true);

        Assert.Equal(("Alt Shift Y", "Alt+Shift+Y"), (keys.Label("allow"), keys.Aria("allow")));
        Assert.Equal(("Ctrl ↵", "Control+Enter Meta+Enter"), (keys.Label("submit"), keys.Aria("submit")));
        Assert.Equal(("V", "v"), (keys.Label("violation"), keys.Aria("violation")));
        Assert.Equal((null, null), (keys.Label("skip"), keys.Aria("skip")));
    }

    [Fact]
    public void SingleKeysOff_LeavesOnlyThoseWithCtrlOrAlt()
    {
        DeskKeys keys = new(new Dictionary<string, string> { ["allow"] = "Alt+A" }, singleKeys: false);

        Assert.Equal(["allow", "submit", "palette"], DeskKeys.All.Where(key => keys.Label(key.Command) is not null).Select(key => key.Command));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("""{"keys":"wrong"}""")]
    [InlineData("""{"density":"enormous"}""")]
    public void PreferencesThatCannotBeRead_AreThoseThatEveryoneBeginsWith(string kept)
    {
        DeskPreferences read = DeskPreferences.Read(kept);

        Assert.Equal((DeskPreferences.Comfortable, true, "a"), (read.DensityInUse, read.Map.SingleKeys, read.Map.ChordOf("allow")));
    }

    [Fact]
    public void Preferences_WriteOnlyWhatTheyState()
    {
        Assert.Equal("""{"density":"compact"}""", new DeskPreferences { Density = DeskPreferences.Compact }.Write());
        Assert.Equal("x", DeskPreferences.Read(new DeskPreferences { Keys = new Dictionary<string, string> { ["allow"] = "x" } }.Write()).Map.ChordOf("allow"));
    }

    [GeneratedRegex(@"(\w+): '([^']*)'")]
    private static partial Regex Pair();
}
