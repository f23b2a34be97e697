using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

public sealed class HideMediaTests : IAsyncLifetime
{
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await TestConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Hide_OfOnesOwnReveal_IsTimedAndInTheAuditOnce()
    {
        (Caller moderator, MediaCase scene, Guid reveal) = await RevealedAsync();
        _console.Clock.Advance(TimeSpan.FromSeconds(12.5));

        Assert.Equal(HideOutcome.Hidden, await _console.Use<HideMedia>().RunAsync(moderator, reveal, Cancel));
        Assert.Equal(HideOutcome.AlreadyHidden, await _console.Use<HideMedia>().RunAsync(moderator, reveal, Cancel));

        MediaRevealEnd end = await EndAsync();
        Assert.Equal((reveal, 12.5, MediaHideCause.Hidden), (end.RevealId, end.Seconds, end.Cause));
        AuditEntry entry = Assert.Single(await HiddenAsync());
        Assert.Equal((moderator.Id, scene.Case.Number), (entry.ActorId, entry.CaseNumber!.Value));
        Assert.Equal(reveal, JsonDocument.Parse(entry.Details).RootElement.GetProperty("reveal").GetGuid());
    }

    [Fact]
    public async Task Hide_OfAnothersReveal_ChangesNothing()
    {
        (_, _, Guid reveal) = await RevealedAsync();
        Caller other = await _console.PersonAsync();

        Assert.Equal(HideOutcome.NotYours, await _console.Use<HideMedia>().RunAsync(other, reveal, Cancel));
        Assert.Empty(await HiddenAsync());
    }

    [Fact]
    public async Task Sweep_WhileTheTaskIsOnTheScreen_EndsNothing()
    {
        await RevealedAsync();
        _console.Clock.Advance(TimeSpan.FromSeconds(60));

        await SweepAsync();

        Assert.Empty(await HiddenAsync());
    }

    [Fact]
    public async Task Sweep_AfterTheTaskLeft_EndsTheRevealWhenItLeft()
    {
        (_, MediaCase scene, _) = await RevealedAsync();
        _console.Clock.Advance(TimeSpan.FromSeconds(7));
        await scene.ReleaseAsync();
        _console.Clock.Advance(TimeSpan.FromSeconds(30));

        await SweepAsync();
        await SweepAsync();

        MediaRevealEnd end = await EndAsync();
        Assert.Equal((7, MediaHideCause.LeaseEnded), (end.Seconds, end.Cause));
        Assert.Equal(CallerKind.System, Assert.Single(await HiddenAsync()).ActorKind);
    }

    [Fact]
    public async Task Sweep_AfterTheRevealsTime_EndsItThen()
    {
        Caller lead = await _console.PersonAsync(Core.People.Roles.Lead);
        MediaCase scene = await MediaCase.OnScreenAsync(_console.Services, (await _console.PersonAsync()).Id);
        RevealRequest request = new(scene.MediaId, MediaStep.GreyStill, MediaFilters.None) { CaseNumber = scene.Case.Number, Reason = "A complaint" };
        Assert.Equal(RevealOutcome.Revealed, (await _console.Use<RevealMedia>().RunAsync(lead, request, Cancel)).Outcome);
        _console.Clock.Advance(RevealMedia.LongestByReason + TimeSpan.FromMinutes(9));

        await SweepAsync();

        MediaRevealEnd end = await EndAsync();
        Assert.Equal((RevealMedia.LongestByReason.TotalSeconds, MediaHideCause.Expired), (end.Seconds, end.Cause));
    }

    [Fact]
    public async Task Page_ThatSaysItAfterTheTaskLeft_IsRecordedLikeAnyOther()
    {
        (Caller moderator, MediaCase scene, Guid reveal) = await RevealedAsync();
        _console.Clock.Advance(TimeSpan.FromSeconds(7));
        await scene.ReleaseAsync();
        _console.Clock.Advance(TimeSpan.FromMilliseconds(300));

        Assert.Equal(HideOutcome.Hidden, await _console.Use<HideMedia>().RunAsync(moderator, reveal, Cancel));

        MediaRevealEnd end = await EndAsync();
        Assert.Equal((7, MediaHideCause.LeaseEnded), (end.Seconds, end.Cause));
        Assert.Equal(CallerKind.System, Assert.Single(await HiddenAsync()).ActorKind);
    }

    [Fact]
    public async Task SkipBreakAndStop_WithMediaRevealed_LeaveTheSameRecord()
    {
        List<string> records = [];
        foreach (string way in new[] { "skip", "break" })
        {
            (Caller moderator, MediaCase scene, Guid reveal) = await RevealedAsync();
            _console.Clock.Advance(TimeSpan.FromSeconds(7));
            if (way == "break")
            {
                await _console.Use<TakeBreak>().RunAsync(moderator, Cancel);
            }
            else
            {
                // Skip and "stop this case" are this one command.
                await _console.Use<ReleaseTask>().RunAsync(moderator, scene.Drawn.Number, scene.Drawn.Fence, exclude: true, Cancel);
            }

            await SweepAsync();
            MediaRevealEnd end = await _console.ReadAsync(db => db.Set<MediaRevealEnd>().SingleAsync(row => row.RevealId == reveal, Cancel));
            AuditEntry entry = (await HiddenAsync()).Single(row => row.CaseNumber == scene.Case.Number);
            records.Add($"{end.Seconds} {end.Cause} {entry.ActorKind} {entry.Details.Replace(reveal.ToString(), "", StringComparison.Ordinal)}");
        }

        Assert.Equal(records[0], records[1]);
    }

    [Fact]
    public async Task Decision_AfterReveals_SaysTheHighestStepSeen()
    {
        (Caller moderator, MediaCase scene, _) = await RevealedAsync();
        await scene.RevealAsync(moderator.Id, MediaStep.Original);
        await scene.RevealAsync(moderator.Id, MediaStep.Filtered);

        DecideResult result = await _console.Use<DecideCase>().RunAsync(
            moderator, new DecideCommand(scene.Drawn.Number, scene.Drawn.Fence, Verdict.Allow) { MediaTimeMarkSeconds = 12.5 }, Cancel);

        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        Decision decision = await _console.ReadAsync(db => db.Set<Decision>().SingleAsync(Cancel));
        Assert.Equal((3, 12.5), (decision.HighestStepSeen!.Value, decision.MediaTimeMarkSeconds!.Value));
    }

    private async Task<(Caller Moderator, MediaCase Scene, Guid Reveal)> RevealedAsync()
    {
        Caller moderator = await _console.PersonAsync();
        MediaCase scene = await MediaCase.OnScreenAsync(_console.Services, moderator.Id);
        return (moderator, scene, await scene.RevealAsync(moderator.Id));
    }

    private Task SweepAsync() => _console.Get<CloseReveals>().RunOnceAsync(Cancel);

    private Task<MediaRevealEnd> EndAsync() => _console.ReadAsync(db => db.Set<MediaRevealEnd>().SingleAsync(Cancel));

    private Task<List<AuditEntry>> HiddenAsync() =>
        _console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.MediaHidden).ToListAsync(Cancel));
}
