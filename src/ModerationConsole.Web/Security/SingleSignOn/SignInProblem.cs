namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>Why signing in with a provider came to nothing: what the sign-in page explains.</summary>
public enum SignInProblem
{
    /// <summary>The provider does not answer, or not as one does.</summary>
    Unreachable,

    /// <summary>What the provider sent does not hold: signature, issuer, audience, time or nonce.</summary>
    Refuted,

    /// <summary>The answer belongs to no sign-in of this browser, or came too late.</summary>
    Stale,

    /// <summary>The person, or the provider, broke it off.</summary>
    Cancelled,

    /// <summary>None of the person's groups has a role here.</summary>
    NoRole,

    /// <summary>The person's groups give roles that are to stay apart.</summary>
    Apart,

    /// <summary>The person was disabled here.</summary>
    Disabled,

    /// <summary>The provider names no e-mail address.</summary>
    NoEmail,

    /// <summary>Someone has the address already.</summary>
    EmailTaken,

    /// <summary>Too many tries from one address.</summary>
    TooMany,
}

/// <summary>Breaks a sign-in off, inside the framework's handler, which hands it to <c>OnRemoteFailure</c>.</summary>
internal sealed class SignInProblemException(SignInProblem problem, string? detail = null, Exception? cause = null)
    : Exception(detail ?? problem.ToString(), cause)
{
    public SignInProblem Problem { get; } = problem;
}
