using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Audit;

/// <summary>What the pages say of the audit is what a verification found, and how far it looked.</summary>
public sealed class WatchAuditTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_OfAShortAudit_VerifiesAllOfIt()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller auditor = await console.PersonAsync(Roles.Auditor);
        Assert.Null(await console.Use<GetAuditCheck>().RunAsync(auditor, Cancel));
        await console.RecordAsync(30);
        await console.SealAsync();

        await console.Get<WatchAudit>().RunOnceAsync(Cancel);

        AuditCheck? check = await console.Use<GetAuditCheck>().RunAsync(auditor, Cancel);
        Assert.Equal((0L, 30L, true), (check!.Found.From, check.Found.Entries, check.Found.IsWhole));
        Assert.Equal((await console.HeadsAsync())[^1].SignedAt, check.Found.Head!.SignedAt);
        await Assert.ThrowsAsync<PermissionDeniedException>(async () =>
            await console.Use<GetAuditCheck>().RunAsync(await console.PersonAsync(Roles.Admin), Cancel));
    }

    [Fact]
    public async Task Watch_OfALongAudit_BeginsAtAHeadBeforeTheRecentStretch()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(400);
        await console.SealAsync();
        await console.RecordAsync(WatchAudit.Recent);
        await console.SealAsync();

        await console.Get<WatchAudit>().RunOnceAsync(Cancel);

        AuditVerification found = console.Get<WatchAudit>().Last!.Found;
        Assert.Equal((400L, (long)WatchAudit.Recent, true), (found.From, found.Entries, found.IsWhole));
        await console.TamperAsync("audit_entry", """UPDATE audit_entry SET "Subject" = 'forged' WHERE "Number" = 500""");
        await console.Get<WatchAudit>().RunOnceAsync(Cancel);
        SealSteps.AssertOnly(console.Get<WatchAudit>().Last!.Found, (AuditFault.EntryChanged, 500));
    }

    [Fact]
    public async Task Watch_OfALongAudit_WalksOverWhatIsOlderAndHoldsWhatItFoundUntilARoundFindsNothing()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        WatchAudit watch = console.Get<WatchAudit>();
        await console.RecordAsync(300);
        await console.SealAsync();
        await console.RecordAsync(WatchAudit.Recent);
        await console.SealAsync();
        await watch.RunOnceAsync(Cancel);
        Assert.True(watch.Last!.Found.IsWhole);

        await console.TamperAsync("audit_entry", """UPDATE audit_entry SET "Subject" = 'forged' WHERE "Number" = 60""");
        await watch.RunOnceAsync(Cancel);
        SealSteps.AssertOnly(watch.Last.Found, (AuditFault.EntryChanged, 60));
        Assert.Equal((0L, 300L), (watch.Last.Found.From, watch.Last.Found.Entries));

        await console.TamperAsync("audit_entry", """UPDATE audit_entry SET "Subject" = 'q-59' WHERE "Number" = 60""");
        await watch.RunOnceAsync(Cancel);
        Assert.False(watch.Last.Found.IsWhole);
        await watch.RunOnceAsync(Cancel);
        Assert.True(watch.Last.Found.IsWhole);
    }

    [Fact]
    public async Task Case_Checked_SaysHowManyOfItsEntriesAreProved()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller auditor = await console.PersonAsync(Roles.Auditor);
        (Case about, _) = await console.CaseAsync(await console.QueueAsync());
        await console.SealAsync();
        int entries = (await StateAsync(console, auditor, about.Number))!.Entries;
        await console.RecordAsync(2, about.Number);

        Assert.Equal(new CaseProofState(entries + 2, 2, false, (await console.HeadsAsync())[^1].SignedAt), await StateAsync(console, auditor, about.Number));
        Assert.Null(await StateAsync(console, auditor, 999));

        await console.TamperAsync("audit_entry", """UPDATE audit_entry SET "Subject" = 'forged' WHERE "Number" = (SELECT MIN("Number") FROM audit_entry WHERE "CaseNumber" IS NOT NULL)""");
        Assert.Equal((true, 0), (await StateAsync(console, auditor, about.Number)) is { } broken ? (broken.IsBroken, broken.Proved) : default);
    }

    private static Task<CaseProofState?> StateAsync(TestConsole console, Caller caller, long number) => console.Use<CheckCase>().RunAsync(caller, number, Cancel);
}
