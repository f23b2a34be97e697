using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Notices;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Notices;

/// <summary>When a clock stands, what its sender is told, and how long that is kept.</summary>
public sealed class NoticeAnswerTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decision_StopsTheClockAtOnceAndIsToldAfterItsWindowWithRedress()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync(new() { ["Notices:ResultUrl"] = "https://platform.example/results", ["Notices:Redress:EU"] = "Turn to the court in Luxembourg." });
        NoticeReceipt receipt = await room.SendAsync();

        Decision decision = await room.DecideAsync(receipt.Cases[0]);
        Notice stopped = await room.NoticeAsync(receipt);
        await room.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Empty(await room.MessagesAsync(DeliveryKind.NoticeResult));
        await room.PassAsync(s_window);
        await room.PassAsync(s_window);

        Assert.Equal((NoticeState.Stopped, true, decision.DecidedAt), (stopped.State, stopped.Met, stopped.StoppedAt));
        Assert.Equal(DecisionSourceType.AuthorityOrder, decision.SourceType);
        Assert.Equal(NoticeState.Answered, (await room.NoticeAsync(receipt)).State);
        EnforcementAction told = Assert.Single(await room.MessagesAsync(DeliveryKind.NoticeResult));
        Assert.Equal("https://platform.example/results", told.CallbackUrl);
        JsonObject body = JsonNode.Parse(told.Body)!.AsObject();
        Assert.Equal((receipt.Id.ToString(), "AZ 7/26", "ACTED_ON", true, false, "Turn to the court in Luxembourg."),
            (body["noticeId"]!.GetValue<string>(), body["reference"]!.GetValue<string>(), body["finding"]!.GetValue<string>(), body["inTime"]!.GetValue<bool>(), body["corrects"]!.GetValue<bool>(),
                body["redress"]!.GetValue<string>()));
        // On what ground nobody said: the answer does not make one up.
        Assert.Equal(("p-1", "ACTED_ON", (string?)null, room.Policy.Id, false),
            (body["items"]![0]!["id"]!.GetValue<string>(), body["items"]![0]!["decision"]!.GetValue<string>(), body["items"]![0]!["ground"]?.GetValue<string>(),
                body["items"]![0]!["policyId"]!.GetValue<string>(), body["items"]![0]!["automated"]!.GetValue<bool>()));
        Assert.DoesNotContain("What the", told.Body, StringComparison.Ordinal);
        NoticeView view = (await room.Console.Use<ReadNotice>().RunAsync(room.Expert, receipt.Number, Cancel))!;
        Assert.Equal((1, NoticeFinding.ActedOn, "Turn to the court in Luxembourg."), (Assert.Single(view.Answers).Round, view.Answers[0].Finding, view.Answers[0].Redress));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<CaseEvent>().CountAsync(row => row.Kind == CaseEventKind.NoticeAnswered, Cancel)));
        AuditAct[] acts = [AuditAct.NoticeClockStopped, AuditAct.NoticeAnswered];
        Assert.Equal(2, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => acts.Contains(row.Act), Cancel)));
    }

    [Fact]
    public async Task Policy_RenamedSince_IsNamedInTheAnswerAsItWasWhenItWasDecided()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt receipt = await room.SendAsync();
        await room.DecideAsync(receipt.Cases[0]);
        await room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Policy>().SingleAsync(row => row.Id == room.Policy.Id, Cancel)).Name = "Another name";
            return true;
        });

        await room.PassAsync(s_window);

        JsonObject body = JsonNode.Parse(Assert.Single(await room.MessagesAsync(DeliveryKind.NoticeResult)).Body)!.AsObject();
        Assert.Equal(room.Policy.Name, body["items"]![0]!["policyName"]!.GetValue<string>());
        Assert.Equal(room.Policy.Name, Assert.Single((await room.Console.Use<ReadNotice>().RunAsync(room.Expert, receipt.Number, Cancel))!.Items).PolicyName);
    }

    [Fact]
    public async Task BatchDecision_NamesTheNoticeAsItsSourceAndTakenBackLaterMakesAnotherAnswerDue()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        Caller lead = await room.Console.PersonAsync(Roles.Lead);
        NoticeReceipt receipt = await room.SendAsync();
        long batch = (await room.Console.Use<ProposeBatch>().RunAsync(lead, new CaseSelection(receipt.Cases, null), new BulkOrder(BulkAct.Decide) { Verdict = Verdict.Allow }, Cancel)).Number!.Value;
        Assert.Equal(StartOutcome.Started, await room.Console.Use<StartBatch>().RunAsync(lead, batch, 1, Cancel));
        await room.Console.Get<RunBatches>().RunOnceAsync(Cancel);
        Assert.Equal([DecisionSourceType.AuthorityOrder], await room.Console.ReadAsync(db => db.Set<Decision>().Select(row => row.SourceType).ToListAsync(Cancel)));
        await room.PassAsync(s_window);
        Assert.Equal(NoticeState.Answered, (await room.NoticeAsync(receipt)).State);

        Assert.True(await room.Console.Use<TakeBackBatch>().RunAsync(lead, batch, Cancel));
        await room.Console.Get<RunBatches>().RunOnceAsync(Cancel);

        NoticedItemView waits = Assert.Single((await room.Console.Use<ReadNotice>().RunAsync(room.Expert, receipt.Number, Cancel))!.Items);
        Assert.Equal((NoticeOutcome.Waiting, null), (waits.Outcome, waits.Verdict));
        await room.PassAsync(s_window);
        Assert.Single(await room.MessagesAsync(DeliveryKind.NoticeResult));
        await room.DecideAsync(receipt.Cases[0]);
        await room.PassAsync(s_window);
        Assert.Equal(["NOT_ACTED_ON", "ACTED_ON"], (await room.MessagesAsync(DeliveryKind.NoticeResult)).Select(one => JsonNode.Parse(one.Body)!["finding"]!.GetValue<string>()));
    }

    [Fact]
    public async Task DecisionTakenBack_LetsTheClockRunAgainAndTellsNobody()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt receipt = await room.SendAsync();
        Decision decision = await room.DecideAsync(receipt.Cases[0]);

        await room.Console.Use<UndoDecision>().RunAsync(room.Moderator, decision.Id, Cancel);
        await room.PassAsync(s_window);

        Notice notice = await room.NoticeAsync(receipt);
        Assert.Equal((NoticeState.Running, null, receipt.DueAt), (notice.State, notice.StoppedAt, notice.DueAt));
        Assert.Empty(await room.MessagesAsync(DeliveryKind.NoticeResult));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.NoticeClockRestarted, Cancel)));
        Assert.Single((await room.Console.Use<ListClocks>().RunAsync(room.Expert, new ClockFilter(), Cancel)).Rows);
    }

    [Fact]
    public async Task DecisionReversedLater_IsToldAgainAsACorrectionAndTheClockStaysMet()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt receipt = await room.SendAsync();
        Decision decision = await room.DecideAsync(receipt.Cases[0]);
        await room.PassAsync(s_window);
        DateTimeOffset? stopped = (await room.NoticeAsync(receipt)).StoppedAt;

        Assert.Equal(ReverseOutcome.Reversed, (await room.Console.Use<ReverseDecision>().RunAsync(room.Moderator, decision.Id, "A mistake", Cancel)).Outcome);
        await room.PassAsync(s_window);

        List<EnforcementAction> told = await room.MessagesAsync(DeliveryKind.NoticeResult);
        Assert.Equal([("ACTED_ON", false), ("NOT_ACTED_ON", true)], told.Select(one => JsonNode.Parse(one.Body)!).Select(body => (body["finding"]!.GetValue<string>(), body["corrects"]!.GetValue<bool>())));
        Notice notice = await room.NoticeAsync(receipt);
        Assert.Equal((NoticeState.Answered, stopped, 2), (notice.State, notice.StoppedAt, notice.Answers));
        ClockRow ended = Assert.Single((await room.Console.Use<ListClocks>().RunAsync(room.Expert, new ClockFilter(ClockChoice.Ended), Cancel)).Rows);
        Assert.Equal((true, NoticeState.Answered), (ended.Met, ended.State));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.NoticeAnswerDueAgain && row.Subject == notice.Id.ToString(), Cancel)));
    }

    [Fact]
    public async Task Notice_AboutTwoPosts_RunsUntilBothAreDecidedAndSaysWhatCameOfEach()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt receipt = await room.SendAsync(body => body["items"] = new JsonArray(NoticeRoom.Post("p-1"), NoticeRoom.Post("p-2")));
        Assert.Equal(2, receipt.Cases.Count);

        await room.DecideAsync(receipt.Cases[0]);
        await room.PassAsync(s_window);
        Assert.Equal(NoticeState.Running, (await room.NoticeAsync(receipt)).State);
        Assert.Empty(await room.MessagesAsync(DeliveryKind.NoticeResult));
        await room.PassAsync(TimeSpan.FromMinutes(60));
        await room.DecideAsync(receipt.Cases[1], Verdict.Allow);
        await room.PassAsync(s_window);

        JsonObject body = JsonNode.Parse(Assert.Single(await room.MessagesAsync(DeliveryKind.NoticeResult)).Body)!.AsObject();
        Assert.Equal(("ACTED_ON_IN_PART", false), (body["finding"]!.GetValue<string>(), body["inTime"]!.GetValue<bool>()));
        Assert.Equal(["ACTED_ON", "NOT_ACTED_ON"], body["items"]!.AsArray().Select(item => item!["decision"]!.GetValue<string>()));
        Assert.False((await room.NoticeAsync(receipt)).Met);
    }

    [Fact]
    public async Task Notice_AnsweredLongAgo_IsRemovedUnlessItsCaseIsHeld()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt gone = await room.SendAsync();
        NoticeReceipt held = await room.SendAsync(itemId: "p-held");
        NoticeReceipt running = await room.SendAsync(itemId: "p-open");
        await room.DecideAsync(gone.Cases[0]);
        await room.DecideAsync(held.Cases[0]);
        await room.PassAsync(s_window);
        await room.Console.Get<CloseDecidedCases>().RunOnceAsync(Cancel);
        await room.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new LegalHold { CaseNumber = held.Cases[0], Reason = "A court asks", PlacedBy = room.Expert.Id, PlacedAt = scope.Now });
            return Task.FromResult(true);
        });
        IRecordClass kept = Assert.Single(room.Console.Services.GetServices<IRecordClass>(), one => one.Name == RecordClasses.Notices);
        RetentionPass pass = new(room.Console.Contexts, room.Console.Writes, null);
        await kept.RemoveAsync(pass, room.Console.Clock.GetUtcNow().AddMinutes(-30), Cancel);
        Assert.Equal(3, await room.Console.ReadAsync(db => db.Set<Notice>().CountAsync(Cancel)));

        await kept.RemoveAsync(pass, room.Console.Clock.GetUtcNow().AddDays(1), Cancel);

        Assert.Equal([held.Number, running.Number], await room.Console.ReadAsync(db => db.Set<Notice>().OrderBy(row => row.Number).Select(row => row.Number).ToListAsync(Cancel)));
        Assert.Equal(0, await room.Console.ReadAsync(db => db.Set<NoticeAnswer>().CountAsync(row => row.NoticeNumber == gone.Number, Cancel)));
    }

    [Fact]
    public async Task Case_OfANotice_IsKeptUntilItsSenderIsTold()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt receipt = await room.SendAsync();
        await room.DecideAsync(receipt.Cases[0]);
        CaseHolds holds = room.Console.Get<CaseHolds>();
        Task<int> HeldAsync() => room.Console.ReadAsync(db => holds.Held(db, room.Console.Clock.GetUtcNow()).CountAsync(Cancel));

        int before = await HeldAsync();
        await room.PassAsync(s_window);

        Assert.Equal((1, 0), (before, await HeldAsync()));
    }

    [Fact]
    public async Task Content_OfItsCaseErased_TakesWhoSentItAndWhatTheyWrote()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt receipt = await room.SendAsync();
        await room.DecideAsync(receipt.Cases[0]);
        await room.PassAsync(s_window);

        await room.Console.WriteAsync(async scope =>
        {
            await new NoticeRecords().EraseAsync(scope, receipt.Cases, Cancel);
            return true;
        });

        Notice notice = await room.NoticeAsync(receipt);
        Assert.Equal(("", null, null, null), (notice.Sender, notice.Reference, notice.Scope, notice.Explanation));
        Assert.Equal("", await room.Console.ReadAsync(db => db.Set<NoticeItem>().Select(row => row.ItemId).SingleAsync(Cancel)));
    }
}
