using ModerationConsole.Core.Access;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;

namespace ModerationConsole.Tests.Unit.Media;

public sealed class MediaGateTests
{
    private static readonly MediaFacts s_ready = new(MediaState.Ready, ChildSafety: false);
    private static readonly MediaViewer s_moderator = new(true, Roles.PermissionsOf(Roles.Moderator));

    [Fact]
    public void BlurredStill_ForAPersonWhoMayViewCases_IsAllowed() =>
        Assert.Equal(MediaGateOutcome.Allowed, MediaGate.Decide(s_ready, MediaStep.BlurredStill, s_moderator));

    [Fact]
    public void BlurredStill_ForAProgram_IsRefusedWhateverItsScopes() =>
        Assert.Equal(
            MediaGateOutcome.NotSignedIn,
            MediaGate.Decide(s_ready, MediaStep.BlurredStill, s_moderator with { IsPerson = false }));

    [Fact]
    public void BlurredStill_WithoutThePermissionToViewCases_IsRefused() =>
        Assert.Equal(
            MediaGateOutcome.MayNotViewCases,
            MediaGate.Decide(s_ready, MediaStep.BlurredStill, s_moderator with { Permissions = Roles.PermissionsOf(Roles.Admin) }));

    [Fact]
    public void ChildSafety_NeedsItsOwnPermission()
    {
        MediaFacts media = s_ready with { ChildSafety = true };
        MediaViewer cleared = s_moderator with { Permissions = s_moderator.Permissions.Append(Permission.ChildSafety).ToHashSet() };

        Assert.Equal(MediaGateOutcome.MayNotViewChildSafety, MediaGate.Decide(media, MediaStep.BlurredStill, s_moderator));
        Assert.Equal(MediaGateOutcome.Allowed, MediaGate.Decide(media, MediaStep.BlurredStill, cleared));
    }

    [Theory]
    [InlineData(MediaState.Pending)]
    [InlineData(MediaState.Placeholder)]
    [InlineData(MediaState.Refused)]
    public void BlurredStill_ThatWasNotMade_IsRefused(MediaState state) =>
        Assert.Equal(
            MediaGateOutcome.NotRendered,
            MediaGate.Decide(s_ready with { State = state }, MediaStep.BlurredStill, s_moderator));

    [Fact]
    public void AnyStepAboveTheStill_IsRefusedWhoeverAsks()
    {
        HashSet<Permission> everything = [.. Enum.GetValues<Permission>()];
        IEnumerable<(MediaStep Step, MediaState State, bool ChildSafety, bool Lease, bool Reveal)> questions =
            from step in Enum.GetValues<MediaStep>().Append((MediaStep)4).Append((MediaStep)(-1))
            where step != MediaStep.BlurredStill
            from state in Enum.GetValues<MediaState>()
            from childSafety in new[] { true, false }
            from lease in new[] { true, false }
            from reveal in new[] { true, false }
            select (step, state, childSafety, lease, reveal);

        Assert.All(questions, ask => Assert.Equal(
            MediaGateOutcome.StepNotServed,
            MediaGate.Decide(
                new MediaFacts(ask.State, ask.ChildSafety), ask.Step, new MediaViewer(true, everything, ask.Lease, ask.Reveal))));
    }
}
