using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

public sealed class RevealMediaTests : IAsyncLifetime
{
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await TestConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Reveal_OfATaskOnTheScreen_IsStoredHashedAndInTheAudit()
    {
        Caller moderator = await _console.PersonAsync();
        MediaCase scene = await MediaCase.OnScreenAsync(_console.Services, moderator.Id);

        RevealResult result = await _console.Use<RevealMedia>().RunAsync(
            moderator, new RevealRequest(scene.MediaId, MediaStep.Filtered, new MediaFilters(Grey: true, Blur: 99)) { Task = scene.Drawn, Reason = "not asked for" }, Cancel);

        Assert.Equal(
            (RevealOutcome.Revealed, "image/jpeg", MediaStep.Original, "image/jpeg"), (result.Outcome, result.ContentType, result.Next!.Value, result.NextType));
        MediaReveal stored = Assert.Single(await _console.ReadAsync(db => db.Set<MediaReveal>().AsNoTracking().ToListAsync(Cancel)));
        Assert.Equal(result.RevealId, stored.Id);
        Assert.Equal((scene.MediaId, MediaStep.Filtered, moderator.Id), (stored.MediaId, stored.Step, stored.PersonId));
        Assert.Equal((scene.Case.Number, scene.Drawn.Number, scene.Drawn.Fence), (stored.CaseNumber, stored.TaskNumber, stored.Fencing));
        Assert.Null(stored.Reason);
        Assert.Equal("""{"blur":8,"grey":true}""", stored.Filters);
        Assert.Equal(RevealHash.Of(stored), stored.Hash);
        AuditEntry entry = Assert.Single(await ActsAsync(AuditAct.MediaViewed));
        Assert.Equal((moderator.Id, scene.Case.Number, scene.MediaId.ToString()), (entry.ActorId!.Value, entry.CaseNumber!.Value, entry.Subject));
        JsonElement details = JsonDocument.Parse(entry.Details).RootElement;
        Assert.Equal(Convert.ToHexStringLower(stored.Hash), details.GetProperty("hash").GetString());
        Assert.Equal(stored.Id, details.GetProperty("reveal").GetGuid());
    }

    [Fact]
    public async Task Reveal_WithAnotherFencingNumberPersonOrSlot_IsRefusedAndInTheAudit()
    {
        Caller moderator = await _console.PersonAsync();
        Caller other = await _console.PersonAsync();
        MediaCase scene = await MediaCase.OnScreenAsync(_console.Services, moderator.Id);
        MediaCase spare = await MediaCase.OnScreenAsync(_console.Services, moderator.Id, slot: LeaseSlot.Spare);

        RevealResult[] refused =
        [
            await scene.TryAsync(moderator.Id, MediaStep.GreyStill, scene.Drawn with { Fence = scene.Drawn.Fence + 1 }),
            await scene.TryAsync(moderator.Id, MediaStep.GreyStill, spare.Drawn),
            await scene.TryAsync(other.Id, MediaStep.GreyStill),
            await spare.TryAsync(moderator.Id, MediaStep.GreyStill),
            await spare.TryAsync(moderator.Id, MediaStep.GreyStill, scene.Drawn),
        ];

        Assert.All(refused, result => Assert.Equal(new RevealResult(RevealOutcome.LeaseLost), result));
        Assert.Equal(refused.Length, (await ActsAsync(AuditAct.MediaDenied)).Count);
        Assert.Empty(await ActsAsync(AuditAct.MediaViewed));
    }

    [Fact]
    public async Task Reveal_OfAnEndedTask_IsRefused()
    {
        Caller moderator = await _console.PersonAsync();
        MediaCase scene = await MediaCase.OnScreenAsync(_console.Services, moderator.Id);
        await scene.ReleaseAsync();

        Assert.Equal(RevealOutcome.LeaseLost, (await scene.TryAsync(moderator.Id, MediaStep.GreyStill)).Outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(-1)]
    public async Task Reveal_OfWhatIsNoStepAbove_IsNotRendered(int step)
    {
        Caller moderator = await _console.PersonAsync();
        MediaCase scene = await MediaCase.OnScreenAsync(_console.Services, moderator.Id);

        Assert.Equal(RevealOutcome.NotRendered, (await scene.TryAsync(moderator.Id, (MediaStep)step)).Outcome);
        Assert.Empty(await ActsAsync(AuditAct.MediaViewed));
    }

    [Fact]
    public async Task Reveal_OfAStepThatWasNotMade_ShowsNoOtherAndSaysWhatThereIs()
    {
        Caller moderator = await _console.PersonAsync();
        MediaCase scene = await MediaCase.OnScreenAsync(_console.Services, moderator.Id);
        await scene.WriteAsync(scope => scope.Db.Set<MediaRendition>().ExecuteDeleteAsync(Cancel));

        RevealResult result = await scene.TryAsync(moderator.Id, MediaStep.GreyStill);

        Assert.Equal(new RevealResult(RevealOutcome.NotRendered, Next: MediaStep.Original, NextType: "image/jpeg"), result);
        Assert.Empty(await ActsAsync(AuditAct.MediaViewed));
    }

    [Fact]
    public async Task Reveal_OutsideATask_NeedsThePermissionAndAReason()
    {
        Caller moderator = await _console.PersonAsync();
        Caller auditor = await _console.PersonAsync(Roles.Auditor);
        MediaCase scene = await MediaCase.OnScreenAsync(_console.Services, moderator.Id);
        Task<RevealResult> AskAsync(Caller caller, string? reason) => _console.Use<RevealMedia>().RunAsync(
            caller, new RevealRequest(scene.MediaId, MediaStep.GreyStill, MediaFilters.None) { CaseNumber = scene.Case.Number, Reason = reason }, Cancel);

        Assert.Equal(RevealOutcome.NotAllowed, (await AskAsync(moderator, "I want to")).Outcome);
        Assert.Equal(RevealOutcome.ReasonRequired, (await AskAsync(auditor, null)).Outcome);
        Assert.Equal(RevealOutcome.ReasonRequired, (await AskAsync(auditor, " \t ")).Outcome);
        Assert.Equal(RevealOutcome.ReasonTooLong, (await AskAsync(auditor, new string('x', RevealMedia.LongestReason + 1))).Outcome);
        RevealResult granted = await AskAsync(auditor, " Complaint 17 ");

        Assert.Equal(RevealOutcome.Revealed, granted.Outcome);
        Assert.Equal(_console.Clock.GetUtcNow() + RevealMedia.LongestByReason, granted.ExpiresAt);
        MediaReveal stored = await _console.ReadAsync(db => db.Set<MediaReveal>().SingleAsync(Cancel));
        Assert.Equal(("Complaint 17", null, scene.Case.Number), (stored.Reason, stored.TaskNumber, stored.CaseNumber));
        AuditEntry entry = Assert.Single(await ActsAsync(AuditAct.MediaViewed));
        Assert.DoesNotContain("Complaint", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reveal_OfChildSafetyMedia_NeedsItsPermissionOnTopOfTheTask()
    {
        Caller moderator = await _console.PersonAsync();
        Caller cleared = await _console.PersonAsync(own: Permission.ChildSafety);
        MediaCase unseen = await MediaCase.OnScreenAsync(_console.Services, moderator.Id, sensitivity: Sensitivity.ChildSafety);
        MediaCase seen = await MediaCase.OnScreenAsync(_console.Services, cleared.Id, sensitivity: Sensitivity.ChildSafety);

        Assert.Equal(new RevealResult(RevealOutcome.NotThere), await unseen.TryAsync(moderator.Id, MediaStep.GreyStill));
        Assert.Equal(RevealOutcome.Revealed, (await seen.TryAsync(cleared.Id, MediaStep.GreyStill)).Outcome);
    }

    [Fact]
    public async Task Reveal_OfMediaThatTheCaseDoesNotShow_IsRefused()
    {
        Caller moderator = await _console.PersonAsync();
        Caller auditor = await _console.PersonAsync(Roles.Auditor);
        MediaCase one = await MediaCase.OnScreenAsync(_console.Services, moderator.Id);
        MediaCase other = await MediaCase.OnScreenAsync(_console.Services, auditor.Id);

        RevealResult result = await _console.Use<RevealMedia>().RunAsync(
            auditor, new RevealRequest(one.MediaId, MediaStep.GreyStill, MediaFilters.None) { CaseNumber = other.Case.Number, Reason = "Why not" }, Cancel);

        Assert.Equal(new RevealResult(RevealOutcome.NotThere), result);
    }

    private Task<List<AuditEntry>> ActsAsync(AuditAct act) =>
        _console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Act == act).ToListAsync(Cancel));
}
