using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Notices;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Notices;

/// <summary>Notices on each database: what is asked of it there, and two at once.</summary>
public abstract class NoticesOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SameNotice_SentManyTimesAtOnce_MakesOneCaseAndOneClock()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync(server: server);
        string received = room.Console.Clock.GetUtcNow().ToString("O");

        NoticeReceived[] all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => room.TrySendAsync(body => body["receivedAt"] = received), Cancel)));

        Assert.All(all, one => Assert.Equal(all[0].Receipt!.Number, one.Receipt!.Number));
        Assert.Equal((1, 1, 1), await room.Console.ReadAsync(async db =>
            (await db.Set<Notice>().CountAsync(Cancel), await db.Set<NoticeItem>().CountAsync(Cancel), await db.Set<Case>().CountAsync(Cancel))));
    }

    [Fact]
    public async Task Notice_FromItsArrivalToItsCorrectedAnswer_IsReadAlike()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync(new() { ["Notices:AlertUrl"] = "https://alerts.example/clock" }, server: server);
        NoticeReceipt receipt = await room.SendAsync(body => body["items"] = new JsonArray(NoticeRoom.Post("p-1"), NoticeRoom.Post("p-2")));
        await room.PassAsync(TimeSpan.FromMinutes(31));
        await room.Console.HoldAsync(room.Expert, await room.TaskOfAsync(receipt.Cases[1]));

        ClockRow row = Assert.Single((await room.Console.Use<ListClocks>().RunAsync(room.Expert, new ClockFilter(Type: receipt.Type, Jurisdiction: "EU"), Cancel)).Rows);
        Assert.Equal((receipt.Number, 1, NoticeState.Running, true), (row.Number, row.More, row.State, row.Share is > 0.5 and < 0.6));
        Assert.Equal(InboxKind.ClockRunning, Assert.Single(await room.Console.Use<ListInbox>().RunAsync(room.Expert, Cancel)).Kind);
        Assert.Single(await room.Console.Use<ListNoticesOfCase>().RunAsync(room.Expert, receipt.Cases[0], Cancel));
        Decision decision = await room.DecideAsync(receipt.Cases[0]);
        await room.Console.WriteAsync(async scope =>
        {
            await scope.WithdrawCaseAsync(Core.Access.Caller.System, await scope.Db.Set<Case>().SingleAsync(about => about.Number == receipt.Cases[1], Cancel), Cancel);
            return true;
        });
        await room.PassAsync(TimeSpan.FromMinutes(5));
        await room.Console.Use<ReverseDecision>().RunAsync(room.Moderator, decision.Id, "A mistake", Cancel);
        await room.PassAsync(TimeSpan.FromMinutes(5));

        NoticeView view = (await room.Console.Use<ReadNotice>().RunAsync(room.Expert, receipt.Number, Cancel))!;
        Assert.Equal([(2, NoticeFinding.NotActedOn), (1, NoticeFinding.ActedOnInPart)], view.Answers.Select(answer => (answer.Round, answer.Finding)));
        Assert.Equal([(NoticeOutcome.Decided, Verdict.Allow), (NoticeOutcome.Gone, (Verdict?)null)], view.Items.Select(item => (item.Outcome, item.Verdict)));
        Assert.Equal([ClockAlertKind.HalfGone], view.Alerts.Select(alert => alert.Kind));
        Assert.Equal(2, (await room.MessagesAsync(DeliveryKind.NoticeResult)).Count);
        Assert.Equal(true, Assert.Single((await room.Console.Use<ListClocks>().RunAsync(room.Expert, new ClockFilter(ClockChoice.Ended), Cancel)).Rows).Met);
        await room.Console.Get<CloseDecidedCases>().RunOnceAsync(Cancel);
        await KeepAsync(room);
        Assert.Equal(0, await room.Console.ReadAsync(db => db.Set<Notice>().CountAsync(Cancel)));
    }

    private static Task KeepAsync(NoticeRoom room) => room.Console.Services.GetServices<IRecordClass>().Single(one => one.Name == RecordClasses.Notices)
        .RemoveAsync(new RetentionPass(room.Console.Contexts, room.Console.Writes), room.Console.Clock.GetUtcNow().AddDays(1), Cancel);
}

/// <summary>On SQLite.</summary>
public sealed class FileNoticeTests(SqliteFiles server) : NoticesOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresNoticeTests(PostgresServer server) : NoticesOnEach(server), IClassFixture<PostgresServer>
{
    private readonly PostgresServer _server = server;

    [Fact]
    public async Task TwoCasesOfANotice_SettledSideBySide_LetItsClockStand()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await using NoticeRoom room = await NoticeRoom.OpenAsync(server: _server);
        NoticeReceipt receipt = await room.SendAsync(body => body["items"] = new JsonArray(NoticeRoom.Post("p-1"), NoticeRoom.Post("p-2")));
        TaskCompletionSource[] seen = [new(), new()];
        // Each has read the notice before the other is stored.
        Task<bool> SettleAsync(int place) => room.Console.WriteAsync(async scope =>
        {
            NoticeItem item = await scope.Db.Set<NoticeItem>().SingleAsync(row => row.CaseNumber == receipt.Cases[place], cancel);
            seen[place].TrySetResult();
            await seen[1 - place].Task.WaitAsync(cancel);
            item.Go();
            await NoticeClocks.FollowAsync(scope, receipt.Number, Core.Access.Caller.System, item.CaseNumber, null, cancel);
            return true;
        });
        Task<bool> first = SettleAsync(0);
        await seen[0].Task.WaitAsync(cancel);

        await Task.WhenAll(first, SettleAsync(1));

        Assert.Equal(NoticeState.Stopped, (await room.NoticeAsync(receipt)).State);
    }
}

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerNoticeTests(SqlServerDatabases server) : NoticesOnEach(server), IClassFixture<SqlServerDatabases>;
