using ModerationConsole.Core.Access;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;

namespace ModerationConsole.Tests.Unit.Media;

public sealed class MediaGateTests
{
    private static readonly MediaFacts s_ready = new(MediaState.Ready, ChildSafety: false);
    private static readonly MediaViewer s_moderator = new(true, Roles.PermissionsOf(Roles.Moderator));
    private static readonly MediaViewer s_auditor = new(true, Roles.PermissionsOf(Roles.Auditor));

    public static TheoryData<MediaStep> StepsAbove => [MediaStep.GreyStill, MediaStep.Filtered, MediaStep.Original];

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
    public void BlurredStill_ThatNoCaseOfThePersonsShows_IsRefused() =>
        Assert.Equal(MediaGateOutcome.NoCase, MediaGate.Decide(s_ready, MediaStep.BlurredStill, s_moderator with { SeesCase = false }));

    [Fact]
    public void ChildSafety_NeedsItsOwnPermission()
    {
        MediaFacts media = s_ready with { ChildSafety = true };
        MediaViewer cleared = s_moderator with { Permissions = s_moderator.Permissions.Append(Permission.ChildSafety).ToHashSet() };

        Assert.Equal(MediaGateOutcome.MayNotViewChildSafety, MediaGate.Decide(media, MediaStep.BlurredStill, s_moderator));
        Assert.Equal(MediaGateOutcome.MayNotViewChildSafety, MediaGate.Decide(media, MediaStep.Original, s_moderator with { Reveal = new RevealFacts() }));
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

    [Theory]
    [MemberData(nameof(StepsAbove))]
    public void StepAbove_WithItsOwnReveal_IsAllowed(MediaStep step)
    {
        Assert.Equal(MediaGateOutcome.Allowed, MediaGate.Decide(s_ready, step, s_moderator with { Reveal = new RevealFacts() }));
        Assert.Equal(MediaGateOutcome.Allowed, MediaGate.Decide(s_ready, step, s_auditor with { Reveal = new RevealFacts(ByLease: false, LeaseLive: false) }));
    }

    [Theory]
    [MemberData(nameof(StepsAbove))]
    public void StepAbove_OfWhoeverLacksOneThing_IsRefusedForIt(MediaStep step)
    {
        RevealFacts whole = new();
        (MediaViewer Viewer, MediaGateOutcome Expected)[] lacking =
        [
            (s_moderator, MediaGateOutcome.NoReveal),
            (s_moderator with { Reveal = whole with { OfPerson = false } }, MediaGateOutcome.RevealOfAnother),
            (s_moderator with { Reveal = whole with { OfMedia = false } }, MediaGateOutcome.RevealOfOtherMedia),
            (s_moderator with { Reveal = whole with { OfStep = false } }, MediaGateOutcome.RevealOfOtherStep),
            (s_moderator with { Reveal = whole with { Ended = true } }, MediaGateOutcome.RevealEnded),
            (s_moderator with { Reveal = whole with { Expired = true } }, MediaGateOutcome.RevealExpired),
            (s_moderator with { Reveal = whole with { LeaseLive = false } }, MediaGateOutcome.LeaseOver),
            (s_moderator with { Reveal = whole with { ByLease = false } }, MediaGateOutcome.MayNotReveal),
            (s_auditor with { Reveal = whole }, MediaGateOutcome.MayNotReveal),
            (s_moderator with { Reveal = whole, SeesCase = false }, MediaGateOutcome.NoCase),
        ];

        Assert.All(lacking, row => Assert.Equal(row.Expected, MediaGate.Decide(s_ready, step, row.Viewer)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Step_ThatTheLadderHasNot_IsRefusedWhoeverAsks(int step) =>
        Assert.Equal(
            MediaGateOutcome.NoSuchStep,
            MediaGate.Decide(s_ready, (MediaStep)step, new MediaViewer(true, Enum.GetValues<Permission>().ToHashSet(), Reveal: new RevealFacts())));
}
