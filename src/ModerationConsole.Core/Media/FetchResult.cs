namespace ModerationConsole.Core.Media;

/// <summary>How fetching a piece of media ended.</summary>
public enum FetchOutcome
{
    /// <summary>The file is here, whole, of a known format.</summary>
    Fetched,

    /// <summary>Not an absolute http or https address, or one with a user name in it.</summary>
    BadAddress,

    /// <summary>The address, or one it redirects to, names a host and port that are not on the list.</summary>
    HostNotAllowed,

    /// <summary>The host's name leads into a private network.</summary>
    PrivateAddress,

    /// <summary>Larger than <see cref="MediaOptions.MaxBytes"/>, by its own word or by count.</summary>
    TooLarge,

    /// <summary>Not complete within <see cref="MediaOptions.FetchTimeoutSeconds"/>.</summary>
    TimedOut,

    /// <summary>Its bytes are of no format that is taken.</summary>
    WrongType,

    /// <summary>No such host, no connection, or one that broke.</summary>
    Unreachable,

    /// <summary>The source answered with a status other than success.</summary>
    HttpError,

    /// <summary>More redirects than are followed.</summary>
    TooManyRedirects,
}

/// <summary>The end of a fetch: the file when there is one, and the source's status when it refused.</summary>
public sealed record FetchResult(FetchOutcome Outcome, IncomingMedia? Media = null, int? HttpStatus = null)
{
    private const int RequestTimeout = 408;
    private const int TooManyRequests = 429;
    private const int FirstServerError = 500;

    /// <summary>Whether another try later may end otherwise.</summary>
    public bool MayPass => Outcome is FetchOutcome.TimedOut or FetchOutcome.Unreachable
        || (Outcome is FetchOutcome.HttpError
            && HttpStatus is RequestTimeout or TooManyRequests or >= FirstServerError);
}
