using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Tests.Integration.Appeals;
using ModerationConsole.Tests.Integration.Decisions.Bulk;
using ModerationConsole.Tests.Integration.Quality;
using ModerationConsole.Tests.Integration.Quality.Disputes;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Policies;

/// <summary>A version that is published never changes what a decision from before shows.</summary>
public sealed class OldDecisionTests(SqliteFiles server) : IClassFixture<SqliteFiles>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decision_UnderAnOlderVersion_ShowsTheWordsItWasMadeWith()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision decision = await room.DecidedAsync();
        Appeal appeal = await room.AppealedAsync();
        string before = await SeenAsync(room, decision, appeal);
        Assert.Contains($"{room.Policy.Id} 1.1 1", before, StringComparison.Ordinal);

        await RenameAsync(room.Console, room.Policy.Id);

        Assert.Equal(before, await SeenAsync(room, decision, appeal));
        Assert.Equal(decision.Hash, (await room.DecisionAsync(decision.Id)).Hash);
        PolicyView read = (await room.Console.Use<ReadPolicy>().RunAsync(room.Judge, room.Policy.Id, 1, Cancel))!;
        Assert.Equal((room.Policy.Id, "Text", Severity.Medium), (read.Shown.Name, read.Shown.Text, read.Shown.Severity));
    }

    [Fact]
    public async Task Result_OfAQualitySample_ShowsTheWordsItWasMadeWith()
    {
        await using ResultRoom room = await ResultRoom.ExplainedAsync();

        await RenameAsync(room.Console, room.Policy.Id);

        MyResult result = (await room.Console.Use<ReadMyResult>().RunAsync(room.Author, room.SampleId, Cancel))!;
        Assert.Equal((room.Policy.Id, "1.1", 1), (result.Mine.Policy?.Name, result.Mine.Policy?.Code, result.Mine.PolicyVersion));
        Assert.Equal(room.Policy.Id, Assert.Single((await room.Console.Use<ListMyResults>().RunAsync(room.Author, null, Cancel)).Rows).Policy);
    }

    [Fact]
    public async Task Correction_OfAnOlderVersion_IsSentAndNamedInTheWordsItWasFoundIn()
    {
        await using RestoringRoom room = await RestoringRoom.OpenAsync(await server.EmptyAsync());

        await room.CorrectAsync(Verdict.Allow, Verdict.Violation, deliver: false, meanwhile: id => RenameAsync(room.Console, id));

        Assert.DoesNotContain("Another name", Assert.Single(await room.OrderedAsync()).Body, StringComparison.Ordinal);
        Assert.Equal(room.PolicyId, (await room.ShownAsync()).RightPolicy?.Name);
        Assert.Equal(room.PolicyId, (await room.Console.Use<ReadMyResult>().RunAsync(room.Author, (await room.SampleAsync()).Id, Cancel))!.RightPolicy?.Name);
    }

    [Fact]
    public async Task Decision_RestoredUnderAnOlderVersion_IsSentInTheWordsItWasMadeWith()
    {
        await using RestoringRoom room = await RestoringRoom.OpenAsync(await server.EmptyAsync());
        await room.CorrectAsync(Verdict.Violation, Verdict.Allow, deliver: true);
        await room.DeliverAsync();
        await RenameAsync(room.Console, room.PolicyId);

        await room.OverturnAsync();

        EnforcementAction again = (await room.OrderedAsync())[^1];
        Assert.Equal((EnforcementState.Pending, room.Remove), (again.State, again.ActionId));
        Assert.DoesNotContain("Another name", again.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_UnderAnOlderVersion_ShowsTheWordsItWasMadeWith()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync(await server.EmptyAsync());
        await room.CasesAsync(1);
        BatchView done = await room.RunAsync(room.Violation);

        await RenameAsync(room.Console, room.Policy.Id);

        Assert.Equal((1, room.Policy.Id), (done.Of(MemberState.Done), (await room.ReadAsync(done.Number)).PolicyName));
    }

    private static async Task RenameAsync(TestConsole console, string id)
    {
        long version = await console.ReadAsync(db => db.Set<Policy>().Where(row => row.Id == id).Select(row => row.Version).SingleAsync(Cancel));
        Assert.Equal(
            SavePolicyOutcome.Saved,
            await console.Use<SavePolicy>().RunAsync(Caller.System, new PolicyDraft(id, "9.9", "Another name", null, Severity.Severe, "Other words", "", [], "", Version: version), Cancel));
    }

    // Wherever people read an old decision, in one line each.
    private static async Task<string> SeenAsync(AppealRoom room, Decision decision, Appeal appeal)
    {
        TestConsole console = room.Console;
        CaseDecision listed = Assert.Single(await console.Use<ListCaseDecisions>().RunAsync(room.Judge, decision.CaseNumber, Cancel), row => row.Id == decision.Id);
        AppealView view = (await console.Use<ReadAppeal>().RunAsync(room.Judge, appeal.Number, Cancel))!;
        AppealRow row = Assert.Single((await console.Use<ListAppeals>().RunAsync(room.Judge, new AppealFilter(), Cancel)).Rows);
        RecentDecision recent = Assert.Single(await console.Use<RecentDecisions>().RunAsync(room.Author, Cancel));
        CaseFile file = (await console.Use<OpenCase>().RunAsync(room.Judge, decision.CaseNumber, Cancel))!;
        string audited = await console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.DecisionMade).Select(entry => entry.Details).SingleAsync(Cancel));
        return string.Join('\n',
            $"{listed.PolicyName} {listed.PolicyCode} {listed.PolicyVersion}", $"{view.Decided.PolicyName} {view.Decided.PolicyCode}", $"{row.PolicyName} {row.PolicyCode}",
            recent.PolicyName, string.Join(',', file.History.Select(line => line.PolicyName)), audited);
    }
}
