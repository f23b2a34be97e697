using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Integration.Appeals;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Actors;

/// <summary>What the word of a reporter weighs, and when it weighs nothing.</summary>
public abstract class ReportersOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Verdict.Violation, 60)]
    [InlineData(Verdict.Allow, 40)]
    public async Task Reporter_UsuallyRightOrOftenWrong_MovesTheCaseAStep(Verdict verdict, int priority)
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await JudgedAsync(room, verdict, 12);

        Assert.Equal(priority, await PriorityAsync(room, "p-new", "u-9"));
        Assert.Equal(50, await PriorityAsync(room, "p-other", "u-unknown"));
    }

    [Fact]
    public async Task Reporter_WhoseReportsWereReversed_WeighsAsBefore()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        List<Decision> decisions = await JudgedAsync(room, Verdict.Violation, 10);
        Assert.Equal(60, await PriorityAsync(room, "p-before", "u-9"));

        foreach (Decision decision in decisions.Take(5))
        {
            await room.Console.Use<ReverseDecision>().RunAsync(room.Author, decision.Id, "A mistake", Cancel);
        }

        Assert.Equal(50, await PriorityAsync(room, "p-after", "u-9"));
        ActorFile? file = await ReadAsync(room);
        Assert.Equal(new ReporterRecord(5, 10), file!.Reports);
    }

    [Fact]
    public async Task Reporter_Muted_IsAnsweredAndHasNoEffectUntilUnmuted()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.Console.CaseAsync(room.Queue, itemId: "p-first");
        PlatformActor account = new("account", "u-9");
        Assert.Equal(MuteReporterOutcome.ReasonRequired, await room.Console.Use<MuteReporter>().RunAsync(room.Judge, account, " ", Cancel));
        Assert.Equal(MuteReporterOutcome.Muted, await room.Console.Use<MuteReporter>().RunAsync(room.Judge, account, "Reports a rival", Cancel));
        Assert.Equal(MuteReporterOutcome.AlreadyMuted, await room.Console.Use<MuteReporter>().RunAsync(room.Judge, account, "Again", Cancel));

        ReportOutcome outcome = await ReportAsync(room, "p-1", "u-9");

        Assert.Equal((IntakeAnswer.Accepted, false), (outcome.Answer, outcome.ReportId == Guid.Empty));
        Assert.Equal((1, 0, 1), await room.Console.ReadAsync(async db =>
            (await db.Set<Case>().CountAsync(Cancel), await db.Set<Report>().CountAsync(Cancel), await db.Set<MutedReport>().CountAsync(Cancel))));
        MutedReporterRow row = Assert.Single(await room.Console.Use<ListMutedReporters>().RunAsync(room.Judge, Cancel));
        Assert.Equal(("u-9", "Reports a rival", 1), (row.AccountId, row.Reason, row.Reports));
        Assert.Equal("Reports a rival", (await ReadAsync(room))!.Muted);

        Assert.True(await room.Console.Use<UnmuteReporter>().RunAsync(room.Judge, account, Cancel));
        Assert.NotEqual(0, (await ReportAsync(room, "p-1", "u-9")).CaseNumber);
        AuditAct[] acts = [AuditAct.ReporterMuted, AuditAct.ReporterUnmuted];
        List<AuditEntry> entries = await room.Console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => acts.Contains(entry.Act)).ToListAsync(Cancel));
        Assert.Equal(2, entries.Count);
        Assert.DoesNotContain(entries, entry => entry.Subject!.Contains("u-9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reporter_Muted_OpensNoCaseAgain()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.Console.CaseAsync(room.Queue, itemId: "p-first");
        Assert.NotEqual(0, (await ReportAsync(room, "p-1", "u-8")).CaseNumber);
        await room.Console.Use<MuteReporter>().RunAsync(room.Judge, new PlatformActor("account", "u-9"), "Reports a rival", Cancel);

        await ReportAsync(room, "p-1", "u-9");

        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<Report>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Reporter_Muted_IsHeardWhereAChildIsInDanger()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.Console.CaseAsync(room.Queue, itemId: "p-first");
        await room.Console.Use<MuteReporter>().RunAsync(room.Judge, new PlatformActor("account", "u-9"), "Reports a rival", Cancel);

        ReportOutcome outcome = await ReportAsync(room, "p-1", "u-9", report => report["reportedForReason"] = new JsonObject { ["csam"] = true });

        Assert.NotEqual(0, outcome.CaseNumber);
    }

    [Fact]
    public async Task Account_ThatIsErased_LeavesNoMutedReport()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.Console.CaseAsync(room.Queue, itemId: "p-first");
        await room.Console.Use<MuteReporter>().RunAsync(room.Judge, new PlatformActor("account", "u-9"), "Reports a rival", Cancel);
        await ReportAsync(room, "p-1", "u-9");

        Erased erased = await new ReporterRecords().EraseAsync(new RetentionPass(room.Console.Contexts, room.Console.Writes), new PlatformActor("account", "u-9"), Cancel);

        Assert.Equal(new Erased(2, 0), erased);
        Assert.Null(await ReadAsync(room));
    }

    private static async Task<List<Decision>> JudgedAsync(AppealRoom room, Verdict verdict, int count)
    {
        List<Decision> decisions = [];
        for (int i = 0; i < count; i++)
        {
            Decision decision = await room.DecidedAsync(verdict, $"p-judged-{i}");
            await room.Console.WriteAsync(scope =>
            {
                scope.Db.Add(new Report { CaseNumber = decision.CaseNumber, ReporterTypeId = "account", ReporterId = "u-9", ReceivedAt = scope.Now, ReportedAt = scope.Now });
                return Task.FromResult(true);
            });
            decisions.Add(decision);
        }

        return decisions;
    }

    private static async Task<int> PriorityAsync(AppealRoom room, string itemId, string reporter)
    {
        ReportOutcome outcome = await ReportAsync(room, itemId, reporter);
        return await room.Console.ReadAsync(db => db.Set<ReviewTask>().Where(row => row.CaseNumber == outcome.CaseNumber).Select(row => row.Priority).SingleAsync(Cancel));
    }

    private static Task<ReportOutcome> ReportAsync(AppealRoom room, string itemId, string reporter, Action<JsonObject>? shape = null)
    {
        JsonObject report = new()
        {
            ["reporter"] = new JsonObject { ["kind"] = "user", ["id"] = reporter, ["typeId"] = "account" },
            ["reportedAt"] = "2026-05-02T10:00:00Z",
            ["reportedItem"] = new JsonObject { ["id"] = itemId, ["typeId"] = "post", ["data"] = new JsonObject { ["text"] = $"Text of {itemId}" } },
        };
        shape?.Invoke(report);
        return room.Console.Use<AcceptReport>().RunAsync(Caller.System, Items.Json(report.ToJsonString()), null, Cancel);
    }

    private static Task<ActorFile?> ReadAsync(AppealRoom room) => room.Console.Use<ReadActor>().RunAsync(room.Judge, new PlatformActor("account", "u-9"), Cancel);
}

/// <summary>On SQLite.</summary>
public sealed class FileReporterTests(SqliteFiles server) : ReportersOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresReporterTests(PostgresServer server) : ReportersOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerReporterTests(SqlServerDatabases server) : ReportersOnEach(server), IClassFixture<SqlServerDatabases>;
