using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Audit;

/// <summary>Whoever changes a decision or a reveal that the audit vouches for is found out.</summary>
public sealed class RecordTamperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decision_WithAByteChanged_IsFound()
    {
        await using DecisionDesk desk = await DecidedAsync();

        await desk.Console.TamperAsync("decision", "UPDATE decision SET \"InternalNote\" = 'forged'");

        SealSteps.AssertOnly(await desk.Console.VerifyAsync(), (AuditFault.RecordChanged, desk.Case.Number));
    }

    [Fact]
    public async Task Decision_ChangedTogetherWithItsHash_IsFoundByItsEntry()
    {
        await using DecisionDesk desk = await DecidedAsync();
        await desk.Console.TamperAsync("decision", "UPDATE decision SET \"InternalNote\" = 'forged'");
        Decision forged = await desk.Console.ReadAsync(db => db.Set<Decision>().AsNoTracking().SingleAsync(Cancel));

        await desk.Console.TamperAsync("decision", $"UPDATE decision SET \"Hash\" = x'{Convert.ToHexString(DecisionHash.Of(forged))}'");

        SealSteps.AssertOnly(await desk.Console.VerifyAsync(), (AuditFault.RecordChanged, desk.Case.Number));
    }

    [Fact]
    public async Task Decision_ThatTheAuditKnowsNothingOf_IsFound()
    {
        await using DecisionDesk desk = await DecidedAsync();
        Decision row = await desk.Console.ReadAsync(db => db.Set<Decision>().AsNoTracking().SingleAsync(Cancel));
        Decision slipped = new() { CaseNumber = row.CaseNumber, CaseVersion = 2, TaskNumber = row.TaskNumber, DecidedAt = row.DecidedAt, UndoUntil = row.UndoUntil };
        await desk.Console.WriteAsync(scope =>
        {
            scope.Db.Add(slipped);
            return Task.FromResult(0);
        });

        await desk.Console.TamperAsync("decision", $"UPDATE decision SET \"Hash\" = x'{Convert.ToHexString(DecisionHash.Of(slipped))}' WHERE \"CaseVersion\" = 2");

        SealSteps.AssertOnly(await desk.Console.VerifyAsync(), (AuditFault.RecordUnproved, desk.Case.Number));
    }

    [Fact]
    public async Task Reveal_WithAByteChanged_IsFound()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller moderator = await console.PersonAsync();
        MediaCase scene = await MediaCase.OnScreenAsync(console.Services, moderator.Id);
        Assert.Equal(RevealOutcome.Revealed, (await scene.TryAsync(moderator.Id, MediaStep.GreyStill)).Outcome);
        await console.SealAsync();
        AuditVerification whole = await console.VerifyAsync();

        await console.TamperAsync("media_reveal", "UPDATE media_reveal SET \"Filters\" = 'forged'");

        SealSteps.AssertOnly(whole);
        Assert.Equal(1, whole.Records);
        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.RecordChanged, scene.Case.Number));
    }

    private static async Task<DecisionDesk> DecidedAsync()
    {
        DecisionDesk desk = await DecisionDesk.OpenAsync();
        Assert.Equal(DecideOutcome.Decided, (await desk.DecideAsync(Verdict.Allow)).Outcome);
        await desk.Console.SealAsync();
        AuditVerification found = await desk.Console.VerifyAsync();
        SealSteps.AssertOnly(found);
        Assert.Equal(1, found.Records);
        return desk;
    }
}
