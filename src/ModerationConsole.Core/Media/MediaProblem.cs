namespace ModerationConsole.Core.Media;

/// <summary>Why a media object was refused or has no still; the name is what <see cref="MediaObject.Problem"/> holds.</summary>
public enum MediaProblem
{
    BadAddress,
    HostNotAllowed,
    PrivateAddress,
    TooLarge,
    FetchTimedOut,
    WrongType,
    Unreachable,
    HttpError,
    TooManyRedirects,

    /// <summary>The stored original is gone.</summary>
    OriginalLost,
    RendererMissing,
    RenderTimedOut,
    Unreadable,
    RenderFailed,

    /// <summary>It is encrypted, and this system has no way to hand it to the renderer but a plain file.</summary>
    EncryptedHere,

    /// <summary>The console itself stopped each time it worked on it.</summary>
    GaveUp,

    /// <summary>It was kept as long as it may be, or the person asked for it to be erased.</summary>
    Removed,
}

/// <summary>Problems told from how a step ended.</summary>
internal static class MediaProblems
{
    public static MediaProblem Of(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.BadAddress => MediaProblem.BadAddress,
        FetchOutcome.HostNotAllowed => MediaProblem.HostNotAllowed,
        FetchOutcome.PrivateAddress => MediaProblem.PrivateAddress,
        FetchOutcome.TooLarge => MediaProblem.TooLarge,
        FetchOutcome.TimedOut => MediaProblem.FetchTimedOut,
        FetchOutcome.WrongType => MediaProblem.WrongType,
        FetchOutcome.Unreachable => MediaProblem.Unreachable,
        FetchOutcome.HttpError => MediaProblem.HttpError,
        FetchOutcome.TooManyRedirects => MediaProblem.TooManyRedirects,
        FetchOutcome.Fetched => throw new ArgumentOutOfRangeException(nameof(outcome), "A fetched file has no problem."),
    };

    public static MediaProblem Of(RenderOutcome outcome) => outcome switch
    {
        RenderOutcome.RendererMissing => MediaProblem.RendererMissing,
        RenderOutcome.TimedOut => MediaProblem.RenderTimedOut,
        RenderOutcome.Unreadable => MediaProblem.Unreadable,
        RenderOutcome.Failed => MediaProblem.RenderFailed,
        RenderOutcome.Rendered => throw new ArgumentOutOfRangeException(nameof(outcome), "A rendered file has no problem."),
    };
}
