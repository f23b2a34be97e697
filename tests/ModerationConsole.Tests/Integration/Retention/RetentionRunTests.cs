using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Integration.Audit;

namespace ModerationConsole.Tests.Integration.Retention;

/// <summary>What is older than its class is kept goes; what is held stays; the audit verifies all along.</summary>
public sealed class RetentionRunTests
{
    internal const int PastContent = 401;
    internal const int PastCases = 5 * 365 + 2;
    internal const int PastAudit = 6 * 365 + 2;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decision_ForgedAfterItsTextsWereErased_IsFound()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        long old = await scene.ClosedCaseAsync();
        await scene.RunAsync(PastContent);
        await scene.Console.SealAsync();

        await scene.Console.TamperAsync("decision", "UPDATE decision SET \"Verdict\" = 'Violation' WHERE \"ReversesId\" IS NULL");
        Decision forged = await scene.Console.ReadAsync(db => db.Set<Decision>().AsNoTracking().SingleAsync(row => row.ReversesId == null, Cancel));
        await scene.Console.TamperAsync("decision", $"UPDATE decision SET \"Hash\" = x'{Convert.ToHexString(DecisionHash.Of(forged))}' WHERE \"ReversesId\" IS NULL");

        SealSteps.AssertOnly(await scene.Console.VerifyAsync(), (AuditFault.RecordChanged, old));
    }

    [Fact]
    public async Task Decision_SaidToBeErasedWithoutAnEntry_IsFound()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        long number = await scene.ClosedCaseAsync();
        await scene.Console.SealAsync();

        await scene.Console.TamperAsync("decision", "UPDATE decision SET \"ErasedAt\" = '2026-01-01 00:00:00' WHERE \"ReversesId\" IS NULL");

        SealSteps.AssertOnly(await scene.Console.VerifyAsync(), (AuditFault.RecordUnproved, number));
        Assert.Contains((await scene.Console.VerifyAsync(from: 1)).Findings, finding => finding.Fault == AuditFault.RecordUnproved);
    }

    [Fact]
    public async Task Entry_DeletedPastRetention_IsFoundAmongThoseThatItRemoved()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        await scene.Console.RecordAsync(50);
        await scene.Console.SealAsync();
        await scene.RunAsync(PastAudit);
        await scene.Console.RecordAsync(10);
        await scene.Console.SealAsync();
        SealSteps.AssertOnly(await scene.Console.VerifyAsync());
        AuditLeaf leaf = (await scene.Console.LeavesAsync())[^1];

        await scene.Console.TamperAsync("audit_entry", "DELETE FROM audit_entry WHERE \"Number\" = (SELECT MAX(\"Number\") FROM audit_entry)");

        SealSteps.AssertOnly(await scene.Console.VerifyAsync(), (AuditFault.EntryMissing, leaf.Index));
    }

    [Fact]
    public async Task Removal_ChangedToNameMoreLeaves_NamesNone()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        await scene.Console.RecordAsync(50);
        await scene.Console.SealAsync();
        await scene.RunAsync(PastAudit);
        await scene.Console.SealAsync();

        await scene.Console.TamperAsync("audit_entry", "UPDATE audit_entry SET \"Details\" = replace(\"Details\", '0-', '0-9') WHERE \"Act\" = 'EntriesRemoved'");

        AuditVerification found = await scene.Console.VerifyAsync();
        Assert.Contains(found.Findings, finding => finding.Fault == AuditFault.EntryChanged);
        Assert.True(found.Findings.Count(finding => finding.Fault == AuditFault.EntryMissing) > 1);
    }

    [Fact]
    public async Task HeldCase_AndTheCasesOfAHeldAccount_StayUntilTheHoldIsLifted()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        long held = await scene.ClosedCaseAsync(author: "u-10");
        long byAuthor = await scene.ClosedCaseAsync(author: "u-11");
        long byReporter = await scene.ClosedCaseAsync(author: "u-12", reporter: "u-11");
        long free = await scene.ClosedCaseAsync(author: "u-13");
        Assert.Equal(HoldOutcome.Placed, await scene.HoldAsync(held));
        Assert.Equal(HoldOutcome.Placed, await scene.HoldAsync(actorId: "u-11"));
        Assert.Equal(HoldOutcome.HeldAlready, await scene.HoldAsync(actorId: "u-11"));
        Assert.Equal(HoldOutcome.CaseMissing, await scene.HoldAsync(9_999));

        await scene.RunAsync(PastAudit);
        await scene.Console.SealAsync();

        Assert.Equal((true, true, true, false), (await scene.ExistsAsync(held), await scene.ExistsAsync(byAuthor), await scene.ExistsAsync(byReporter), await scene.ExistsAsync(free)));
        Assert.Equal(3, await scene.Console.ReadAsync(db => db.Set<MediaObject>().CountAsync(row => row.Sha256 != null, Cancel)));
        Assert.All(await scene.Console.ReadAsync(db => db.Set<Decision>().ToListAsync(Cancel)), row => Assert.Equal(RetentionScene.Canary, row.InternalNote));
        SealSteps.AssertOnly(await scene.Console.VerifyAsync());

        foreach (LegalHold hold in await scene.Console.ReadAsync(db => db.Set<LegalHold>().ToListAsync(Cancel)))
        {
            Assert.Equal(HoldOutcome.Lifted, await scene.Console.Use<LiftHold>().RunAsync(scene.Admin, hold.Id, Cancel));
        }

        await scene.RunAsync();
        Assert.Equal(0, await scene.Console.CountAsync<Case>());
        await scene.Console.SealAsync();
        SealSteps.AssertOnly(await scene.Console.VerifyAsync());
    }

    [Fact]
    public async Task ChildSafetyCase_WithinItsYear_IsNeitherRemovedNorErased()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        long number = await scene.ClosedCaseAsync(author: "u-20", sensitivity: Sensitivity.ChildSafety);
        Assert.Equal(SetRetentionOutcome.Saved, await SetAsync(scene, RecordClasses.Media, 184, 400));
        Assert.Equal(SetRetentionOutcome.Saved, await SetAsync(scene, RecordClasses.Content, 184, 400));
        Assert.Equal(SetRetentionOutcome.Saved, await SetAsync(scene, RecordClasses.Cases, 184, 5 * 365 + 1));

        await scene.RunAsync(300);
        ErasedActor refused = await scene.EraseAsync("u-20");

        Assert.Equal((EraseActorOutcome.Waiting, 0, 1), (refused.Outcome, refused.Done, refused.Left));
        Assert.True(await scene.ExistsAsync(number));
        Assert.NotNull(await scene.Console.ReadAsync(db => db.Set<MediaObject>().Select(row => row.Sha256).SingleAsync(Cancel)));

        await scene.RunAsync(67);
        Assert.False(await scene.ExistsAsync(number));
        Assert.Equal(number, await scene.Console.ReadAsync(db => db.Set<HiddenCase>().Select(row => row.Number).SingleAsync(Cancel)));
        Assert.Equal(0, await scene.Console.ReadAsync(db => db.Set<Erasure>().CountAsync(row => row.DoneAt == null, Cancel)));
    }

    [Fact]
    public async Task Media_OfAnOldCase_LosesItsFilesUnlessTheSameBytesAreNeeded()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        await scene.ClosedCaseAsync();
        string sha256 = (await scene.Console.ReadAsync(db => db.Set<MediaObject>().Select(row => row.Sha256).SingleAsync(Cancel)))!;
        Assert.NotNull(scene.Console.Get<IMediaStore>().FindOriginal(sha256));

        await scene.RunAsync(PastContent);

        Assert.Null(scene.Console.Get<IMediaStore>().FindOriginal(sha256));
        Assert.Equal(0, await scene.Console.CountAsync<MediaRemoval>());
        Assert.Equal(nameof(MediaProblem.Removed), await scene.Console.ReadAsync(db => db.Set<MediaObject>().Select(row => row.Problem).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task NodeThatDiedInARun_IsFollowedByAnother()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        Assert.NotNull(await scene.Console.Get<RetentionRuns>().TryBeginAsync(Cancel));
        Assert.False(await scene.Console.Get<RunRetention>().RunOnceAsync(Cancel));

        scene.Console.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.True(await scene.Console.Get<RunRetention>().RunOnceAsync(Cancel));
    }

    [Fact]
    public async Task Events_OfManyRows_GoInSmallBatches()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync();
        await scene.Console.WriteAsync(scope =>
        {
            for (int count = 0; count < 1_000; count++)
            {
                scope.Publish(LiveKind.Alarm);
            }

            return Task.FromResult(0);
        });
        scene.Console.Clock.Advance(TimeSpan.FromDays(8));
        RetentionPass pass = new(scene.Console.Contexts, scene.Console.Writes);

        await scene.Console.Get<IEnumerable<IRecordClass>>().Single(one => one.Name == RecordClasses.Events)
            .RemoveAsync(pass, scene.Console.Clock.Now().AddDays(-7), Cancel);

        Assert.Equal((1_000, 3), (pass.Removed, pass.Batches));
        Assert.Equal(0, await scene.Console.CountAsync<OutboxEvent>());
    }

    private static Task<SetRetentionOutcome> SetAsync(RetentionScene scene, string name, int days, int before) =>
        scene.Console.Use<SetRetention>().RunAsync(scene.Admin, name, days, before, Cancel);
}
