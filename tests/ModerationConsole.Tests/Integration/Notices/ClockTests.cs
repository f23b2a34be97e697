using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Notices;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Audit;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Notices;

/// <summary>How a clock runs, whom it alerts, what it makes urgent, and when it stands.</summary>
public sealed class ClockTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clock_HalfNearlyAndQuiteOver_IsToldOnceEachWithoutContent()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync(new() { ["Notices:AlertUrl"] = "https://alerts.example/clock", ["Notices:ConsoleUrl"] = "https://console.example" });
        NoticeReceipt receipt = await room.SendAsync();
        await room.PassAsync(TimeSpan.FromMinutes(29));
        Assert.Empty(await room.ToldAsync(receipt));

        await room.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([ClockAlertKind.HalfGone], await room.ToldAsync(receipt));
        await room.PassAsync(TimeSpan.FromMinutes(18));
        await room.PassAsync(TimeSpan.Zero);
        Assert.Equal([ClockAlertKind.HalfGone, ClockAlertKind.NearlyGone], await room.ToldAsync(receipt));
        await room.PassAsync(TimeSpan.FromMinutes(12));

        List<EnforcementAction> told = await room.MessagesAsync(DeliveryKind.ClockAlert);
        Assert.Equal(["clock.half", "clock.late", "clock.breached"], told.Select(message => JsonNode.Parse(message.Body)!["type"]!.GetValue<string>()));
        Assert.All(told, message => Assert.Equal("https://alerts.example/clock", message.CallbackUrl));
        JsonObject body = JsonNode.Parse(told[1].Body)!.AsObject();
        Assert.Equal(["type", "notice", "noticeType", "receivedAt", "dueAt", "minutesLeft", "link"], body.Select(pair => pair.Key));
        Assert.Equal((12, $"https://console.example/admin/clocks/{receipt.Number}"), (body["minutesLeft"]!.GetValue<int>(), body["link"]!.GetValue<string>()));
        Assert.Equal(3, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.NoticeAlerted, Cancel)));
    }

    [Fact]
    public async Task Inbox_OfWhoLooksAfterClocks_ShowsEachStepAgainUntilTheClockStands()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt receipt = await room.SendAsync();
        Assert.Empty(await ClocksAsync(room, room.Expert));
        await room.PassAsync(TimeSpan.FromMinutes(31));
        InboxEntry half = Assert.Single(await ClocksAsync(room, room.Expert));
        Assert.Equal(("HalfGone", (int)receipt.Number, receipt.DueAt), (half.Subject, half.Count, half.DueAt));
        Assert.Empty(await ClocksAsync(room, room.Moderator));
        Assert.NotEqual(0, await room.Console.ReadAsync(db => db.Set<OutboxEvent>().CountAsync(row => row.Kind == LiveKind.InboxChanged && row.PersonId == room.Expert.Id, Cancel)));
        await room.Console.Use<CloseInboxItem>().RunAsync(room.Expert, half.Key, half.Kind, Cancel);
        Assert.Empty(await ClocksAsync(room, room.Expert));

        await room.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Equal("NearlyGone", Assert.Single(await ClocksAsync(room, room.Expert)).Subject);
        await room.DecideAsync(receipt.Cases[0]);

        Assert.Empty(await ClocksAsync(room, room.Expert));
    }

    [Fact]
    public async Task Alert_NotSentYet_IsCancelledWhenTheClockStands()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync(new() { ["Notices:AlertUrl"] = "https://alerts.example/clock" });
        NoticeReceipt receipt = await room.SendAsync();
        await room.PassAsync(TimeSpan.FromMinutes(31));

        await room.DecideAsync(receipt.Cases[0]);
        await room.PassAsync(TimeSpan.FromMinutes(40));

        Assert.Equal(EnforcementState.Cancelled, Assert.Single(await room.MessagesAsync(DeliveryKind.ClockAlert)).State);
    }

    [Fact]
    public async Task Alert_CancelledWhenTheClockStood_IsToldOnceItRunsAgain()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync(new() { ["Notices:AlertUrl"] = "https://alerts.example/clock" });
        NoticeReceipt receipt = await room.SendAsync();
        await room.PassAsync(TimeSpan.FromMinutes(31));
        Decision decision = await room.DecideAsync(receipt.Cases[0]);

        await room.Console.Use<UndoDecision>().RunAsync(room.Moderator, decision.Id, Cancel);
        await room.PassAsync(TimeSpan.Zero);
        await room.PassAsync(TimeSpan.Zero);

        Assert.Equal([ClockAlertKind.HalfGone], await room.ToldAsync(receipt));
        Assert.Equal([EnforcementState.Cancelled, EnforcementState.Pending], (await room.MessagesAsync(DeliveryKind.ClockAlert)).Select(message => message.State));
    }

    [Fact]
    public async Task Clock_ForecastToBeLate_MakesItsTaskMoreUrgentThanOthers()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt ample = await room.SendAsync(body => (body["type"], body["jurisdiction"]) = ("trusted-flagger", "DE"), "p-flag");
        Assert.Equal(ClockUrgency.Ample, (await room.TaskOfAsync(ample.Cases[0])).Priority);
        // Someone is at work, takes two hours each, and thirteen wait before it.
        await DecidedSlowlyAsync(room, TimeSpan.FromHours(2));
        for (int ahead = 0; ahead < 13; ahead++)
        {
            await room.Console.CaseAsync(room.Queue, priority: 90);
        }

        ClockRow before = Assert.Single((await room.Console.Use<ListClocks>().RunAsync(room.Expert, new ClockFilter(ClockChoice.AtRisk), Cancel)).Rows);
        await room.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(ForecastKind.Late, before.Forecast.Kind);
        Assert.Equal(ClockUrgency.Late, (await room.TaskOfAsync(ample.Cases[0])).Priority);
        ClockRow after = Assert.Single((await room.Console.Use<ListClocks>().RunAsync(room.Expert, new ClockFilter(), Cancel)).Rows);
        Assert.Equal(ForecastKind.InTime, after.Forecast.Kind);
        Assert.Empty((await room.Console.Use<ListClocks>().RunAsync(room.Expert, new ClockFilter(ClockChoice.AtRisk), Cancel)).Rows);
    }

    [Fact]
    public async Task Forecast_LeavesOutWhatABatchDecidedInNoTime()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        Caller lead = await room.Console.PersonAsync(Roles.Lead);
        await DecidedSlowlyAsync(room, TimeSpan.FromMinutes(20));
        List<long> swept = [];
        for (int one = 0; one < 4; one++)
        {
            swept.Add((await room.Console.CaseAsync(room.Queue)).Case.Number);
        }

        long batch = (await room.Console.Use<ProposeBatch>().RunAsync(lead, new CaseSelection(swept, null), new BulkOrder(BulkAct.Decide) { Verdict = Verdict.Allow }, Cancel)).Number!.Value;
        await room.Console.Use<StartBatch>().RunAsync(lead, batch, swept.Count, Cancel);
        await room.Console.Get<RunBatches>().RunOnceAsync(Cancel);
        Assert.Equal(5, await room.Console.ReadAsync(db => db.Set<Decision>().CountAsync(Cancel)));

        await room.SendAsync();

        ClockRow row = Assert.Single((await room.Console.Use<ListClocks>().RunAsync(room.Expert, new ClockFilter(), Cancel)).Rows);
        Assert.Equal(room.Console.Clock.GetUtcNow().AddMinutes(20), row.Forecast.DoneAt);
    }

    [Fact]
    public async Task Watch_OfManyClocks_AsksNoMoreOftenThanOfFew()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        await room.SendAsync();
        CountedContexts counted = new(room.Console.DataDirectory);
        WatchClocks watch = ActivatorUtilities.CreateInstance<WatchClocks>(room.Console.Services, counted);
        await watch.RunOnceAsync(Cancel);
        int few = counted.Commands;
        for (int one = 0; one < 5; one++)
        {
            await room.SendAsync(itemId: $"p-more-{one}");
        }

        counted.Reset();
        await watch.RunOnceAsync(Cancel);

        Assert.Equal(few, counted.Commands);
    }

    [Fact]
    public async Task Clock_ThatRunsWithNothingLeftToDecide_StandsSinceTheLastOfItWasDecided()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt receipt = await room.SendAsync();
        Decision decision = await room.DecideAsync(receipt.Cases[0]);
        await room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Notice>().SingleAsync(row => row.Number == receipt.Number, Cancel)).Restart();
            return true;
        });

        await room.PassAsync(TimeSpan.FromMinutes(70));

        Notice notice = await room.NoticeAsync(receipt);
        Assert.Equal((NoticeState.Answered, decision.DecidedAt, true), (notice.State, notice.StoppedAt, notice.Met));
        Assert.Empty(await room.ToldAsync(receipt));
    }

    [Fact]
    public async Task Clock_OfACaseThatWasHandedOn_GovernsTheExpertsTaskToo()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        CaseQueue experts = await room.Console.QueueAsync([room.Expert], kind: QueueKind.Expert);
        NoticeReceipt receipt = await room.SendAsync();
        ActiveLease lease = await room.Console.HoldAsync(room.Moderator, await room.TaskOfAsync(receipt.Cases[0]));
        Assert.Equal(EscalateOutcome.Escalated, (await room.Console.Use<EscalateCase>().RunAsync(room.Moderator, lease.TaskNumber, lease.Fence, "Is this glorification?", Cancel)).Outcome);

        await room.PassAsync(TimeSpan.FromSeconds(5));

        ReviewTask asked = await room.TaskOfAsync(receipt.Cases[0]);
        Assert.Equal((TaskKind.Expert, experts.Id, receipt.DueAt), (asked.Kind, asked.QueueId, asked.DueAt));
        Assert.True(asked.Priority >= ClockUrgency.Pressing);
    }

    [Fact]
    public async Task Order_ThatNobodyMayTake_RaisesItsAlarmAndReachesTheFallbackQueueNamingNobody()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync(new() { ["Notices:AlertUrl"] = "https://alerts.example/clock" }, work: false);
        CaseQueue fallback = await room.Console.QueueAsync([room.Moderator], shape: row => row.IsFallback = true);
        NoticeReceipt receipt = await room.SendAsync();

        await room.Console.Get<WatchStranded>().RunOnceAsync(Cancel);

        ReviewTask task = await room.TaskOfAsync(receipt.Cases[0]);
        Assert.Equal((fallback.Id, receipt.DueAt, ClockUrgency.Pressing), (task.QueueId, task.DueAt, task.Priority));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<OutboxEvent>().CountAsync(row => row.Kind == LiveKind.Alarm, Cancel)));
        EnforcementAction alarm = Assert.Single(await room.MessagesAsync(DeliveryKind.ClockAlert));
        JsonObject body = JsonNode.Parse(alarm.Body)!.AsObject();
        Assert.Equal(["type", "notice", "noticeType", "receivedAt", "dueAt", "minutesLeft", "link"], body.Select(pair => pair.Key));
        Assert.Equal("clock.nobody", body["type"]!.GetValue<string>());
        Assert.Equal("NobodyMayTake", Assert.Single(await ClocksAsync(room, room.Expert)).Subject);
        LeasedTask drawn = (await room.Console.Use<ClaimNextCase>().RunAsync(room.Moderator, null, cancellationToken: Cancel)).Task!;
        Assert.Equal(task.Number, drawn.TaskNumber);

        // The one helper leaves it, too: the alarm rises again, and the clock's is not told twice.
        await room.Console.Use<ReleaseTask>().RunAsync(room.Moderator, drawn.TaskNumber, drawn.Fence, true, Cancel);
        await room.Console.Get<WatchStranded>().RunOnceAsync(Cancel);
        Assert.Equal(2, await room.Console.ReadAsync(db => db.Set<OutboxEvent>().CountAsync(row => row.Kind == LiveKind.Alarm, Cancel)));
        Assert.Single(await room.MessagesAsync(DeliveryKind.ClockAlert));
    }

    [Fact]
    public async Task Order_ThatNobodyAnywhereMayTake_SaysSoInItsForecast()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync(work: false);
        await room.SendAsync();
        await room.Console.Get<WatchStranded>().RunOnceAsync(Cancel);

        ClockRow row = Assert.Single((await room.Console.Use<ListClocks>().RunAsync(room.Expert, new ClockFilter(ClockChoice.AtRisk), Cancel)).Rows);

        Assert.Equal(ForecastKind.NobodyMayTake, row.Forecast.Kind);
    }

    [Fact]
    public async Task Order_AboutACaseThatNobodyCouldTakeBefore_RaisesItsAlarmAtOnce()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync(work: false);
        await room.Console.SendAsync(Items.PostJson("p-1"));
        await room.Console.Get<WatchStranded>().RunOnceAsync(Cancel);
        NoticeReceipt receipt = await room.SendAsync(body => body["items"] = JsonNode.Parse("""[{"id":"p-1","typeId":"it_post"}]"""));
        await room.Console.Get<WatchStranded>().RunOnceAsync(Cancel);

        await room.PassAsync(TimeSpan.FromSeconds(5));
        await room.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal([ClockAlertKind.NobodyMayTake], await room.ToldAsync(receipt));
        Assert.Single(await room.MessagesAsync(DeliveryKind.ClockAlert));
    }

    [Fact]
    public async Task Case_GoneBeforeAnyoneDecided_LetsTheClockStandAndSaysSo()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt receipt = await room.SendAsync();
        await room.Console.WriteAsync(async scope =>
        {
            Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == receipt.Cases[0], Cancel);
            await scope.WithdrawCaseAsync(Caller.System, about, Cancel);
            return true;
        });

        await room.PassAsync(TimeSpan.FromMinutes(1));

        Notice notice = await room.NoticeAsync(receipt);
        Assert.Equal((NoticeState.Answered, true), (notice.State, notice.Met));
        JsonObject answer = JsonNode.Parse(Assert.Single(await room.MessagesAsync(DeliveryKind.NoticeResult)).Body)!.AsObject();
        Assert.Equal(("NOT_JUDGED", "GONE"), (answer["finding"]!.GetValue<string>(), answer["items"]![0]!["decision"]!.GetValue<string>()));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.NoticeItemGone, Cancel)));

        // It came back: whoever has it sees the notice, and its sender hears what was decided after all.
        await room.Console.SendAsync(Items.PostJson("p-1", "Some text"));
        Decision decision = await room.DecideAsync(receipt.Cases[0]);
        await room.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(DecisionSourceType.AuthorityOrder, decision.SourceType);
        JsonObject corrected = JsonNode.Parse((await room.MessagesAsync(DeliveryKind.NoticeResult))[^1].Body)!.AsObject();
        Assert.Equal(("ACTED_ON", true), (corrected["finding"]!.GetValue<string>(), corrected["corrects"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task ClockTable_NamesTheHolderOnlyToThoseWhoMayTakeTasksBack()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        Caller lead = await room.Console.PersonAsync(Roles.Lead);
        NoticeReceipt receipt = await room.SendAsync();
        await room.Console.HoldAsync(room.Moderator, await room.TaskOfAsync(receipt.Cases[0]));

        ClockRow seen = Assert.Single((await room.Console.Use<ListClocks>().RunAsync(lead, new ClockFilter(), Cancel)).Rows);
        ClockRow byExpert = Assert.Single((await room.Console.Use<ListClocks>().RunAsync(room.Expert, new ClockFilter(Type: "eu-terrorist-content", Jurisdiction: "EU"), Cancel)).Rows);

        Assert.True(seen.InHand && byExpert.InHand);
        Assert.NotNull(seen.Holder);
        Assert.Null(byExpert.Holder);
        Assert.Empty((await room.Console.Use<ListClocks>().RunAsync(lead, new ClockFilter(Jurisdiction: "DE"), Cancel)).Rows);
    }

    [Fact]
    public async Task ChildSafetyCase_WithANotice_IsThereOnlyWithItsOwnPermission()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        Caller trusted = await room.Console.PersonAsync(Roles.PolicyExpert, own: Permission.ChildSafety);
        NoticeReceipt receipt = await room.SendAsync();
        await room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(row => row.Number == receipt.Cases[0], Cancel)).Sensitivity = Sensitivity.ChildSafety;
            return true;
        });
        await room.PassAsync(TimeSpan.FromMinutes(31));

        Assert.Empty((await room.Console.Use<ListClocks>().RunAsync(room.Expert, new ClockFilter(), Cancel)).Rows);
        Assert.Null(await room.Console.Use<ReadNotice>().RunAsync(room.Expert, receipt.Number, Cancel));
        Assert.Empty(await room.Console.Use<ListNoticesOfCase>().RunAsync(room.Expert, receipt.Cases[0], Cancel));
        Assert.Empty(await ClocksAsync(room, room.Expert));
        Assert.Single((await room.Console.Use<ListClocks>().RunAsync(trusted, new ClockFilter(), Cancel)).Rows);
        Assert.NotNull(await room.Console.Use<ReadNotice>().RunAsync(trusted, receipt.Number, Cancel));
        Assert.Single(await ClocksAsync(room, trusted));
    }

    [Fact]
    public async Task Notice_ThatNamesAChildSafetyCaseToo_IsShownBesideNoOtherCaseOfItWithoutThePermission()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        Caller trusted = await room.Console.PersonAsync(Roles.PolicyExpert, own: Permission.ChildSafety);
        void Both(JsonObject body) => body["items"] = new JsonArray(NoticeRoom.Post("p-1"), NoticeRoom.Post("p-2"));
        NoticeReceipt receipt = await room.SendAsync(Both);
        JsonObject again = room.Body();
        Both(again);
        await room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(row => row.Number == receipt.Cases[1], Cancel)).Sensitivity = Sensitivity.ChildSafety;
            return true;
        });
        ActiveLease lease = await room.Console.HoldAsync(room.Moderator, await room.TaskOfAsync(receipt.Cases[0]));

        Assert.Empty(await room.Console.Use<ListNoticesOfCase>().RunAsync(room.Expert, receipt.Cases[0], Cancel));
        Assert.Single(await room.Console.Use<ListNoticesOfCase>().RunAsync(trusted, receipt.Cases[0], Cancel));
        Assert.Empty(await room.Console.Use<ReadNoticesOnDesk>().RunAsync(room.Moderator, lease.TaskNumber, Cancel));
        NoticeReceived entered = await room.Console.Use<EnterNotice>().RunAsync(room.Expert, JsonSerializer.SerializeToElement(again), Cancel);
        Assert.Equal((receipt.Number, receipt.Cases[0]), (entered.Receipt!.Number, Assert.Single(entered.Receipt.Cases)));
        Assert.Equal(receipt.Cases, (await room.Console.Use<EnterNotice>().RunAsync(trusted, JsonSerializer.SerializeToElement(again), Cancel)).Receipt!.Cases);
    }

    [Fact]
    public async Task Desk_OfWhoHasTheCase_ShowsItsNoticeAndNobodyElses()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        NoticeReceipt receipt = await room.SendAsync();
        ActiveLease lease = await room.Console.HoldAsync(room.Moderator, await room.TaskOfAsync(receipt.Cases[0]));

        CaseNotice shown = Assert.Single(await room.Console.Use<ReadNoticesOnDesk>().RunAsync(room.Moderator, lease.TaskNumber, Cancel));

        Assert.Equal((receipt.Number, "Authority for media", "Remove in all member states"), (shown.Number, shown.Sender, shown.Scope));
        Assert.Empty(await room.Console.Use<ReadNoticesOnDesk>().RunAsync(room.Expert, lease.TaskNumber, Cancel));
    }

    [Fact]
    public async Task ReReview_OfADecision_ShowsTheNoticeThatItsAuthorSawAndNoneThatCameLater()
    {
        await using NoticeRoom room = await NoticeRoom.OpenAsync();
        Caller reviewer = await room.Console.PersonAsync(Roles.QualityReviewer);
        NoticeReceipt before = await room.SendAsync(body => body["reference"] = "before");
        await room.DecideAsync(before.Cases[0], Verdict.Allow);
        await room.PassAsync(TimeSpan.FromMinutes(5));
        NoticeReceipt seen = await room.SendAsync();
        room.Console.Clock.Advance(TimeSpan.FromMinutes(1));
        Decision decision = await room.DecideAsync(before.Cases[0]);
        await room.PassAsync(TimeSpan.FromMinutes(5));
        await room.SendAsync(body => body["reference"] = "later");
        ReviewTask again = await room.Console.WriteAsync(async scope => await scope.QueueMeasuringAsync(
            Caller.System, await scope.Db.Set<Case>().SingleAsync(row => row.Number == before.Cases[0], Cancel),
            new MeasuringOrder(TaskKind.Qa, decision.Id, decision.CaseVersion, room.Queue.Id) { Without = [room.Moderator.Id] }, Cancel));
        await room.Console.HoldAsync(reviewer, again);

        CaseNotice shown = Assert.Single(await room.Console.Use<ReadNoticesOnDesk>().RunAsync(reviewer, again.Number, Cancel));

        // What became of it would tell the verdict.
        Assert.Equal((seen.Number, NoticeState.Running, null), (shown.Number, shown.State, shown.StoppedAt));
        Assert.Empty(await room.Console.Use<ListNoticesOfCase>().RunAsync(reviewer, before.Cases[0], Cancel));
    }

    private static async Task<List<InboxEntry>> ClocksAsync(NoticeRoom room, Caller person) =>
        [.. (await room.Console.Use<ListInbox>().RunAsync(person, Cancel)).Where(entry => entry.Kind == InboxKind.ClockRunning)];

    private static async Task DecidedSlowlyAsync(NoticeRoom room, TimeSpan each)
    {
        var (_, task) = await room.Console.CaseAsync(room.Queue);
        ActiveLease lease = await room.Console.HoldAsync(room.Moderator, task, seconds: (int)each.TotalSeconds + 60);
        room.Console.Clock.Advance(each);
        Assert.Equal(DecideOutcome.Decided, (await room.Console.Use<DecideCase>().RunAsync(room.Moderator, new DecideCommand(lease.TaskNumber, lease.Fence, Verdict.Allow), Cancel)).Outcome);
    }
}
