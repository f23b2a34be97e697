using System.Globalization;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What a command that has a key is called.</summary>
public static class KeyWords
{
    /// <summary>In a few words.</summary>
    public static string Of(string command) => command switch
    {
        "allow" => DeskText.KeyAllow,
        "violation" => DeskText.KeyViolation,
        "submit" => DeskText.KeySubmit,
        "escalate" => DeskText.KeyEscalate,
        "skip" => DeskText.KeySkip,
        "stop" => DeskText.KeyStop,
        "undo" => DeskText.KeyUndo,
        "note" => DeskText.KeyNote,
        "next" => DeskText.KeyNext,
        "previous" => DeskText.KeyPrevious,
        "revealHoldStart" => DeskText.KeyReveal,
        "revealUntilHidden" => DeskText.KeyRevealUntil,
        "grey" => DeskText.KeyGrey,
        "blurMore" => DeskText.KeyBlurMore,
        "blurLess" => DeskText.KeyBlurLess,
        "zoom" => DeskText.KeyZoom,
        "fullscreen" => DeskText.KeyFullScreen,
        "playPause" => DeskText.KeyPlay,
        "mute" => DeskText.KeyMute,
        "seekBack" => DeskText.KeySeekBack,
        "seekForward" => DeskText.KeySeekForward,
        "slower" => DeskText.KeySlower,
        "faster" => DeskText.KeyFaster,
        "markTime" => DeskText.KeyMark,
        "focus" => DeskText.KeyFocus,
        "palette" => DeskText.KeyPalette,
        "help" => DeskText.KeyKeys,
        _ when command.StartsWith("policy", StringComparison.Ordinal) => DeskText.KeyPolicyAt.With(int.Parse(command["policy".Length..], CultureInfo.InvariantCulture)),
        _ => command,
    };
}
