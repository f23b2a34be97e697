using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.Media;

/// <summary>What the gate needs to know of a piece of media.</summary>
/// <param name="State">How far it has come: step 0 is there when it is ready.</param>
/// <param name="ChildSafety">Child-safety media.</param>
public sealed record MediaFacts(MediaState State, bool ChildSafety);

/// <summary>What the gate needs to know of the reveal that a request names, as it stands at this moment.</summary>
/// <param name="OfPerson">It was granted to the person who asks.</param>
/// <param name="OfMedia">It was granted for this media.</param>
/// <param name="OfStep">It was granted for this step.</param>
/// <param name="OfPart">It was granted for what is asked for: the whole, or tiles.</param>
/// <param name="Ended">It was hidden, or closed with its lease.</param>
/// <param name="Expired">Its time is over.</param>
/// <param name="ByLease">It was granted for a task; otherwise for a stated reason.</param>
/// <param name="LeaseLive">The task is still on the person's screen, under the same fencing number, and its case shows the media.</param>
public sealed record RevealFacts(
    bool OfPerson = true, bool OfMedia = true, bool OfStep = true, bool OfPart = true, bool Ended = false, bool Expired = false, bool ByLease = true, bool LeaseLive = true);

/// <summary>What the gate needs to know of the one who asks, as it stands at this moment.</summary>
/// <param name="IsPerson">A signed-in person, not a program.</param>
/// <param name="Permissions">What the person may do.</param>
/// <param name="SeesCase">A case that the person may know of shows the media.</param>
/// <param name="Reveal">The reveal that the request names; null when it names none that exists.</param>
public sealed record MediaViewer(bool IsPerson, IReadOnlySet<Permission> Permissions, bool SeesCase = true, RevealFacts? Reveal = null);

/// <summary>What the gate says.</summary>
public enum MediaGateOutcome
{
    Allowed,
    NotSignedIn,

    /// <summary>Lacks the permission to view cases.</summary>
    MayNotViewCases,

    /// <summary>Lacks the permission for child-safety items.</summary>
    MayNotViewChildSafety,

    /// <summary>The ladder has no such step.</summary>
    NoSuchStep,

    /// <summary>No case that the person may know of shows it.</summary>
    NoCase,

    /// <summary>That step is not stored: a page shows a placeholder, never a higher step.</summary>
    NotRendered,

    /// <summary>No reveal is named, or none that exists, or more than one.</summary>
    NoReveal,

    /// <summary>The reveal is another person's.</summary>
    RevealOfAnother,

    /// <summary>The reveal is of other media.</summary>
    RevealOfOtherMedia,

    /// <summary>The reveal is of another step.</summary>
    RevealOfOtherStep,

    /// <summary>The reveal is of tiles and the whole is asked for, or the other way round.</summary>
    RevealOfOtherPart,

    /// <summary>The reveal is over: hidden, or closed with its lease.</summary>
    RevealEnded,

    /// <summary>The reveal's time is over.</summary>
    RevealExpired,

    /// <summary>The task is no longer on the person's screen, was drawn again since, or its case does not show the media.</summary>
    LeaseOver,

    /// <summary>Lacks the permission by which the reveal was granted.</summary>
    MayNotReveal,

    /// <summary>Not asked for by a page of ours: opened by itself, framed, or from elsewhere.</summary>
    NotFromPage,

    /// <summary>What is asked for is no tile of that step.</summary>
    NoSuchTile,

    /// <summary>Neither GET nor HEAD.</summary>
    MethodNotAllowed,
}

/// <summary>Decides who may see which step of a piece of media. A pure function: same question, same answer.</summary>
public static class MediaGate
{
    /// <summary>The first reason to refuse, in the order that tells a stranger least, or Allowed.</summary>
    public static MediaGateOutcome Decide(MediaFacts media, MediaStep step, MediaViewer viewer)
    {
        ArgumentNullException.ThrowIfNull(media);
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.IsPerson)
        {
            return MediaGateOutcome.NotSignedIn;
        }

        if (!viewer.Permissions.Contains(Permission.ViewCases))
        {
            return MediaGateOutcome.MayNotViewCases;
        }

        if (media.ChildSafety && !viewer.Permissions.Contains(Permission.ChildSafety))
        {
            return MediaGateOutcome.MayNotViewChildSafety;
        }

        if (!viewer.SeesCase)
        {
            return MediaGateOutcome.NoCase;
        }

        return step switch
        {
            MediaStep.BlurredStill => media.State == MediaState.Ready ? MediaGateOutcome.Allowed : MediaGateOutcome.NotRendered,
            MediaStep.GreyStill or MediaStep.Filtered or MediaStep.Original => Above(viewer),
            _ => MediaGateOutcome.NoSuchStep,
        };
    }

    private static MediaGateOutcome Above(MediaViewer viewer) => viewer.Reveal switch
    {
        null => MediaGateOutcome.NoReveal,
        { OfPerson: false } => MediaGateOutcome.RevealOfAnother,
        { OfMedia: false } => MediaGateOutcome.RevealOfOtherMedia,
        { OfStep: false } => MediaGateOutcome.RevealOfOtherStep,
        { OfPart: false } => MediaGateOutcome.RevealOfOtherPart,
        { Ended: true } => MediaGateOutcome.RevealEnded,
        { Expired: true } => MediaGateOutcome.RevealExpired,
        { ByLease: true, LeaseLive: false } => MediaGateOutcome.LeaseOver,
        { ByLease: var byLease } when !viewer.Permissions.Contains(byLease ? Permission.ReviewCases : Permission.RevealMedia) =>
            MediaGateOutcome.MayNotReveal,
        _ => MediaGateOutcome.Allowed,
    };
}
