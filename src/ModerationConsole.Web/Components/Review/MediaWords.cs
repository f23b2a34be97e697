using System.Globalization;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Media;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What the veil over media says.</summary>
public static class MediaWords
{
    /// <summary>"Weapon · photo", "video 0:31".</summary>
    public static string Title(DeskMedia media)
    {
        ArgumentNullException.ThrowIfNull(media);
        string kind = media.Kind switch
        {
            MediaKind.Image => DeskText.MediaImage,
            MediaKind.Animation => DeskText.MediaAnimation,
            MediaKind.Video => DeskText.MediaVideo,
            MediaKind.Audio => DeskText.MediaAudio,
            MediaKind.Unknown => DeskText.MediaUnknown,
            _ => throw new ArgumentOutOfRangeException(nameof(media)),
        };
        string what = media.DurationSeconds is { } seconds ? $"{kind} {Length(seconds)}" : kind;
        string title = string.IsNullOrWhiteSpace(media.Category) ? what : $"{media.Category} · {what}";
        return string.Concat(title[..1].ToUpper(CultureInfo.CurrentCulture), title.AsSpan(1));
    }

    /// <summary>Why there is nothing to see, in a sentence; null when there is a still.</summary>
    public static string? Absence(DeskMedia media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return media.State switch
        {
            MediaState.Ready => null,
            MediaState.Pending => DeskText.MediaPending,
            MediaState.Placeholder => media.Kind == MediaKind.Audio ? DeskText.MediaAudioNoStill : DeskText.MediaNoStill,
            MediaState.Refused => DeskText.MediaRefused.With(Problem(media.Problem)),
            _ => throw new ArgumentOutOfRangeException(nameof(media)),
        };
    }

    private static string Problem(string? name) => Enum.TryParse(name, out MediaProblem problem) ? problem switch
    {
        MediaProblem.TooLarge => DeskText.ProblemTooLarge,
        MediaProblem.FetchTimedOut => DeskText.ProblemTooSlow,
        MediaProblem.WrongType => DeskText.ProblemNotMedia,
        MediaProblem.BadAddress or MediaProblem.HostNotAllowed or MediaProblem.PrivateAddress or MediaProblem.TooManyRedirects => DeskText.ProblemNotAllowed,
        MediaProblem.Unreachable or MediaProblem.HttpError or MediaProblem.OriginalLost => DeskText.ProblemNotFound,
        MediaProblem.RendererMissing or MediaProblem.RenderTimedOut or MediaProblem.Unreadable or MediaProblem.RenderFailed or MediaProblem.EncryptedHere or MediaProblem.GaveUp =>
            DeskText.ProblemOther,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    } : DeskText.ProblemOther;

    private static string Length(double seconds) =>
        TimeSpan.FromSeconds(seconds).ToString(seconds < 3600 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);
}
