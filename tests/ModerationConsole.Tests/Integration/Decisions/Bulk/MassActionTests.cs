using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions.Bulk;

/// <summary>What is more than one person may do alone waits for a second one.</summary>
public sealed class MassActionTests : IAsyncLifetime
{
    private BulkRoom _room = null!;
    private Caller _admin = null!;
    private Caller _second = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _room = await BulkRoom.OpenAsync(new() { ["Abuse:MassActionItems"] = "3", ["Abuse:MassActionItemsPerHour"] = "5" });
        (_admin, _second) = (await _room.Console.PersonAsync(Roles.Admin), await _room.Console.PersonAsync(Roles.Lead));
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Batch_BeyondTheCap_WaitsAndBeginsAsTheAskersOnceAnotherSaysYes()
    {
        long number = await ProposeAsync(4);
        Assert.True((await _room.ReadAsync(number)).NeedsSecond);
        Assert.Equal(StartOutcome.SecondNeeded, await StartAsync(number));
        Assert.Equal(AskOutcome.ReasonRequired, await AskAsync(number, " \u200b "));
        Assert.Equal(AskOutcome.ReasonTooLong, await AskAsync(number, new string('x', AskForBatch.LongestReason + 1)));
        Assert.Equal(AskOutcome.Asked, await AskAsync(number, " One wave of spam "));
        Assert.Equal(AskOutcome.NotFound, await AskAsync(number, "Again"));
        await _room.Console.RestartAsync();
        await _room.WorkAsync();

        Assert.Empty(await _room.DecisionsAsync());
        Assert.Equal(StartOutcome.NotFound, await StartAsync(number));
        foreach (Caller approver in new[] { _admin, _second })
        {
            InboxEntry asked = Assert.Single(await InboxAsync(approver));
            Assert.Equal((InboxKind.BatchAsked, $"{number}", 4), (asked.Kind, asked.Subject, asked.Count));
        }

        Assert.Empty(await InboxAsync(_room.Lead));
        BatchView waiting = Assert.Single(await _room.Console.Use<ListAskedBatches>().RunAsync(_admin, Cancel));
        Assert.Equal(("One wave of spam", false, 4), (waiting.AskReason, waiting.Mine, waiting.Of(MemberState.Waiting)));
        Assert.Equal(AnswerBatchOutcome.OwnBatch, await AnswerAsync(_room.Lead, number, approve: true));
        Assert.Equal(AnswerBatchOutcome.OwnBatch, await AnswerAsync(_room.Lead, number, approve: false, "No"));

        Assert.Equal(AnswerBatchOutcome.Approved, await AnswerAsync(_admin, number, approve: true));
        await _room.WorkAsync();

        Assert.Equal([.. Enumerable.Repeat(_room.Lead.Id, 4)], (await _room.DecisionsAsync()).Select(row => row.DeciderId));
        Assert.Equal([InboxKind.BatchFinished, InboxKind.BatchAnswered], (await InboxAsync(_room.Lead)).Select(entry => entry.Kind).Order());
        Assert.Empty(await InboxAsync(_second));
        AuditEntry begun = Assert.Single(await EntriesAsync(AuditAct.BatchStarted));
        Assert.Equal(_room.Lead.Id, begun.ActorId);
        Assert.Contains($"\"approver\":\"{_admin.Id}\"", begun.Details, StringComparison.Ordinal);
        Assert.Equal(_admin.Id, Assert.Single(await EntriesAsync(AuditAct.BatchApproved)).ActorId);
        Assert.DoesNotContain("wave", Assert.Single(await EntriesAsync(AuditAct.BatchAsked)).Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_AnsweredByTwoAtOnce_IsDoneOnce()
    {
        long number = await AskedAsync(4);

        AnswerBatchOutcome[] answers = await Task.WhenAll(AnswerAsync(_admin, number, approve: true), AnswerAsync(_second, number, approve: true));
        await Task.WhenAll(_room.WorkAsync(), _room.WorkAsync());

        Assert.Equal([AnswerBatchOutcome.Approved, AnswerBatchOutcome.NotWaiting], answers.Order());
        Assert.Single(await EntriesAsync(AuditAct.BatchStarted));
        Assert.Equal(4, (await _room.DecisionsAsync()).Count);
    }

    [Fact]
    public async Task Batches_OfAnHourTogether_AreCappedAndThoseAgreedToDoNotCount()
    {
        await AnswerAsync(_admin, await AskedAsync(4), approve: true);
        Assert.Equal(StartOutcome.Started, await StartAsync(await ProposeAsync(3)));
        long third = await ProposeAsync(3);
        Assert.Equal(StartOutcome.SecondNeeded, await StartAsync(third));
        Assert.Equal(StartOutcome.Started, await StartAsync(await ProposeAsync(2)));

        _room.Console.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(StartOutcome.Started, await StartAsync(await ProposeAsync(3)));
    }

    [Fact]
    public async Task Batch_Declined_EndsWithTheReasonAndNothingDone()
    {
        long number = await AskedAsync(4);
        Assert.Equal(AnswerBatchOutcome.NoteRequired, await AnswerAsync(_second, number, approve: false, "\n"));
        Assert.Equal(AnswerBatchOutcome.NoteTooLong, await AnswerAsync(_second, number, approve: false, new string('x', AnswerBatch.LongestNote + 1)));

        Assert.Equal(AnswerBatchOutcome.Declined, await AnswerAsync(_second, number, approve: false, "Half of them are jokes"));

        BatchView view = await _room.ReadAsync(number);
        Assert.Equal((BatchState.Declined, "Half of them are jokes"), (view.State, view.AnswerNote));
        Assert.Equal(AnswerBatchOutcome.NotWaiting, await AnswerAsync(_admin, number, approve: true));
        Assert.Equal(_second.Id, Assert.Single(await EntriesAsync(AuditAct.BatchDeclined)).ActorId);
        Assert.Equal(InboxKind.BatchAnswered, Assert.Single(await InboxAsync(_room.Lead)).Kind);
        await _room.WorkAsync();
        Assert.Empty(await _room.DecisionsAsync());
    }

    [Fact]
    public async Task Batch_NobodyAnswers_EndsByItselfOnce()
    {
        long number = await AskedAsync(4);
        _room.Console.Clock.Advance(TimeSpan.FromHours(8));
        Assert.Equal(AnswerBatchOutcome.NotWaiting, await AnswerAsync(_admin, number, approve: true));
        Assert.Empty(await InboxAsync(_admin));

        LapseAskedBatches work = _room.Console.Get<LapseAskedBatches>();
        await Task.WhenAll(work.RunOnceAsync(Cancel), work.RunOnceAsync(Cancel));

        Assert.Equal(BatchState.Lapsed, (await _room.ReadAsync(number)).State);
        Assert.Single(await EntriesAsync(AuditAct.BatchLapsed));
        Assert.Equal(InboxKind.BatchAnswered, Assert.Single(await InboxAsync(_room.Lead)).Kind);
    }

    [Fact]
    public async Task Batch_ApprovedLater_LeavesOutWhatCouldNotBeProposedNow()
    {
        var cases = await _room.CasesAsync(4);
        long number = (await _room.ProposeAsync(BulkRoom.Allow, cases.Select(pair => pair.Case.Number))).Number!.Value;
        await AskAsync(number, "One wave");
        await _room.Console.HoldAsync(_room.Moderator, cases[1].Task);

        Assert.Equal(AnswerBatchOutcome.Approved, await AnswerAsync(_admin, number, approve: true));

        Assert.Equal(LeftOutReason.InHand, await _room.ReasonAsync(number, cases[1].Case));
        await _room.WorkAsync();
        Assert.Equal(3, (await _room.DecisionsAsync()).Count);
    }

    [Fact]
    public async Task Batch_OfSomeoneWhoLostTheRight_IsNotBegun()
    {
        long number = await AskedAsync(4);
        await _room.Console.WriteAsync(scope => scope.Db.UserRoles.Where(row => row.UserId == _room.Lead.Id).ExecuteDeleteAsync(Cancel));
        _room.Console.Get<IAccessGuard>().Forget(_room.Lead.Id);

        Assert.Equal(AnswerBatchOutcome.AskerMayNot, await AnswerAsync(_admin, number, approve: true));
        Assert.Empty(await EntriesAsync(AuditAct.BatchStarted));
    }

    [Fact]
    public async Task Batches_ThatWait_AreFewAndCanBeWithdrawn()
    {
        List<long> asked = [];
        for (int one = 0; one < AskForBatch.MostWaiting; one++)
        {
            asked.Add(await AskedAsync(1));
        }

        long more = await ProposeAsync(1);
        Assert.Equal(AskOutcome.TooMany, await AskAsync(more, "One more"));

        Assert.True(await _room.Console.Use<CancelBatch>().RunAsync(_room.Lead, asked[0], Cancel));
        Assert.False(await _room.Console.Use<CancelBatch>().RunAsync(_second, asked[1], Cancel));

        Assert.Equal(AnswerBatchOutcome.NotWaiting, await AnswerAsync(_admin, asked[0], approve: true));
        Assert.Equal(AskOutcome.Asked, await AskAsync(more, "One more"));
    }

    [Theory]
    [InlineData("Abuse:MassActionItems", "-1")]
    [InlineData("Abuse:MassActionItemsPerHour", "1000001")]
    [InlineData("Abuse:MassActionWaitHours", "0")]
    public void Cap_OutOfBounds_IsRefusedByItsName(string key, string value)
    {
        MassActionOptions options = new();
        typeof(MassActionOptions).GetProperty(key.Split(':')[1])!.SetValue(options, int.Parse(value, System.Globalization.CultureInfo.InvariantCulture));

        ValidateOptionsResult result = _room.Console.Get<IValidateOptions<MassActionOptions>>().Validate(null, options);

        Assert.StartsWith($"{key} must be between", result.FailureMessage, StringComparison.Ordinal);
    }

    private async Task<long> ProposeAsync(int cases) =>
        (await _room.ProposeAsync(BulkRoom.Allow, (await _room.CasesAsync(cases)).Select(pair => pair.Case.Number))).Number!.Value;

    private async Task<long> AskedAsync(int cases)
    {
        long number = await ProposeAsync(cases);
        Assert.Equal(AskOutcome.Asked, await AskAsync(number, "One wave"));
        return number;
    }

    private Task<StartOutcome> StartAsync(long number) => _room.Console.Use<StartBatch>().RunAsync(_room.Lead, number, null, Cancel);

    private Task<AskOutcome> AskAsync(long number, string reason) => _room.Console.Use<AskForBatch>().RunAsync(_room.Lead, number, reason, Cancel);

    private Task<AnswerBatchOutcome> AnswerAsync(Caller by, long number, bool approve, string? note = null) =>
        _room.Console.Use<AnswerBatch>().RunAsync(by, number, approve, note, Cancel);

    private Task<IReadOnlyList<InboxEntry>> InboxAsync(Caller by) => _room.Console.Use<ListInbox>().RunAsync(by, Cancel);

    private Task<List<AuditEntry>> EntriesAsync(AuditAct act) => _room.Console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Act == act).ToListAsync(Cancel));
}
