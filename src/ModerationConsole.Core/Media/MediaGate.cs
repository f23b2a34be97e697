using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.Media;

/// <summary>What the gate needs to know of a piece of media.</summary>
public sealed record MediaFacts(MediaState State, bool ChildSafety);

/// <summary>What the gate needs to know of the one who asks, as it stands at this moment.</summary>
/// <param name="IsPerson">A signed-in person, not a program.</param>
/// <param name="Permissions">What the person may do.</param>
/// <param name="HasLiveLease">Holds a live lease on a task of a case that shows the media.</param>
/// <param name="HasReveal">A reveal of this very step to this person is already in the audit.</param>
public sealed record MediaViewer(
    bool IsPerson, IReadOnlySet<Permission> Permissions, bool HasLiveLease = false, bool HasReveal = false);

/// <summary>What the gate says.</summary>
public enum MediaGateOutcome
{
    Allowed,
    NotSignedIn,

    /// <summary>Lacks the permission to view cases.</summary>
    MayNotViewCases,

    /// <summary>Lacks the permission for child-safety items.</summary>
    MayNotViewChildSafety,

    /// <summary>No step above the blurred still is served yet, whoever asks.</summary>
    StepNotServed,

    /// <summary>There is no still: a page shows a placeholder, never a higher step.</summary>
    NotRendered,
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

        // Lease and reveal are asked for already, so that no caller changes when higher steps are served.
        if (step != MediaStep.BlurredStill)
        {
            return MediaGateOutcome.StepNotServed;
        }

        return media.State == MediaState.Ready ? MediaGateOutcome.Allowed : MediaGateOutcome.NotRendered;
    }
}
