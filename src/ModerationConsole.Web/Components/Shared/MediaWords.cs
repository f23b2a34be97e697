using System.Globalization;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>What the veil over media says.</summary>
public static class MediaWords
{
    /// <summary>"Weapon · photo", "video 0:31".</summary>
    public static string Title(DeskMedia media)
    {
        ArgumentNullException.ThrowIfNull(media);
        string kind = media.Kind switch
        {
            MediaKind.Image => MediaText.MediaImage,
            MediaKind.Animation => MediaText.MediaAnimation,
            MediaKind.Video => MediaText.MediaVideo,
            MediaKind.Audio => MediaText.MediaAudio,
            MediaKind.Unknown => MediaText.MediaUnknown,
            _ => throw new ArgumentOutOfRangeException(nameof(media)),
        };
        string what = media.DurationSeconds is { } seconds ? $"{kind} {Length(seconds)}" : kind;
        string title = string.IsNullOrWhiteSpace(media.Category) ? $"{what} · {MediaText.CategoryUnknown}" : $"{media.Category} · {what}";
        return string.Concat(title[..1].ToUpper(CultureInfo.CurrentCulture), title.AsSpan(1));
    }

    /// <summary>Why there is nothing to see, in a sentence; null when there is a still.</summary>
    public static string? Absence(DeskMedia media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return media.State switch
        {
            MediaState.Ready => null,
            MediaState.Pending => MediaText.MediaPending,
            MediaState.Placeholder => media.Kind == MediaKind.Audio ? MediaText.MediaAudioNoStill : MediaText.MediaNoStill,
            MediaState.Refused => MediaText.MediaRefused.With(Problem(media.Problem)),
            _ => throw new ArgumentOutOfRangeException(nameof(media)),
        };
    }

    /// <summary>What the button to a step above the blurred still says, by what will be served.</summary>
    /// <param name="colour">How much of its colour is left by what the person chose.</param>
    public static string Look(MediaStep step, string? contentType, MediaColour colour)
    {
        bool Is(string kind) => contentType?.StartsWith(kind, StringComparison.Ordinal) == true;
        return step switch
        {
            _ when Is("audio/") => MediaText.LookRecording,
            MediaStep.Original => Is("video/") ? MediaText.LookOriginalVideo : MediaText.LookOriginal,
            MediaStep.Filtered => Is("video/") ? MediaText.LookClip : colour == MediaColour.Grey ? MediaText.LookLarger : MediaText.LookColour,
            _ => MediaText.Reveal,
        };
    }

    /// <summary>Why nothing is shown, in a sentence.</summary>
    public static string Refusal(RevealOutcome outcome) => outcome switch
    {
        RevealOutcome.NotRendered => MediaText.NoSuchView,
        RevealOutcome.NotYet => MediaText.NotYet,
        RevealOutcome.NotThere => MediaText.NotThere,
        RevealOutcome.LeaseLost => MediaText.NotYourCase,
        RevealOutcome.NotAllowed => MediaText.NotAllowed,
        RevealOutcome.ReasonRequired => MediaText.ReasonFirst,
        RevealOutcome.ReasonTooLong => MediaText.ReasonTooLong,
        RevealOutcome.ProveFirst => ProofText.NotProved,
        RevealOutcome.Revealed => "",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>Why it is hidden again, where the person did not hide it.</summary>
    public static string Hidden(string? reason) => reason switch
    {
        "idle" => MediaText.HiddenIdle,
        "broken" => MediaText.NoSuchView,
        "expired" => MediaText.HiddenExpired,
        _ => MediaText.Hidden,
    };

    /// <summary>"0:31".</summary>
    public static string Length(double seconds) =>
        TimeSpan.FromSeconds(seconds).ToString(seconds < 3600 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Problem(string? name) => Enum.TryParse(name, out MediaProblem problem) ? problem switch
    {
        MediaProblem.TooLarge => MediaText.ProblemTooLarge,
        MediaProblem.FetchTimedOut => MediaText.ProblemTooSlow,
        MediaProblem.WrongType => MediaText.ProblemNotMedia,
        MediaProblem.BadAddress or MediaProblem.HostNotAllowed or MediaProblem.PrivateAddress or MediaProblem.TooManyRedirects => MediaText.ProblemNotAllowed,
        MediaProblem.Unreachable or MediaProblem.HttpError or MediaProblem.OriginalLost => MediaText.ProblemNotFound,
        MediaProblem.RendererMissing or MediaProblem.RenderTimedOut or MediaProblem.Unreadable or MediaProblem.RenderFailed or MediaProblem.EncryptedHere or MediaProblem.GaveUp =>
            MediaText.ProblemOther,
        MediaProblem.Removed => MediaText.ProblemRemoved,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    } : MediaText.ProblemOther;
}
