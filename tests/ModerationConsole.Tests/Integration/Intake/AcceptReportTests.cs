using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

public sealed class AcceptReportTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private CaseQueue _queue = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _queue = await _console.TakesItemsAsync();
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Report_OfANewItem_OpensACaseWithItsContext()
    {
        ReportOutcome outcome = await _console.ReportAsync();

        Assert.Equal(IntakeAnswer.Accepted, outcome.Answer);
        Case about = await CaseAsync(outcome.CaseNumber);
        Assert.Equal((CaseState.Open, CaseSource.Report), (about.State, about.Source));
        Report report = await _console.ReadAsync(db => db.Set<Report>().SingleAsync(Cancel));
        Assert.Equal((outcome.ReportId, "u-12", "it_user", "pol_spam", "sells fake likes"), (report.Id, report.ReporterId, report.ReporterTypeId, report.PolicyId, report.Reason));
        Assert.Equal(new DateTimeOffset(2026, 5, 2, 10, 0, 0, TimeSpan.Zero), report.ReportedAt);
        var related = await _console.ReadAsync(db => (
            from link in db.Set<RelatedItem>()
            join item in db.Set<ItemVersion>() on link.ItemVersionId equals item.Id
            orderby link.Relation
            select new { item.ItemId, link.Relation, link.Reported }).ToListAsync(Cancel));
        Assert.Equal(
            [("p-480", ItemRelation.Additional, false), ("c-9", ItemRelation.Thread, true)],
            related.OrderByDescending(row => row.ItemId).Select(row => (row.ItemId, row.Relation, row.Reported)));
        // Context is not judged.
        Assert.Equal(1, await CountAsync<Case>());
        Assert.Equal(1, await CountAsync<WaitingTask>());
    }

    [Fact]
    public async Task Report_OfAnItemThatWaits_FoldsIntoItsCase()
    {
        JsonObject item = Reports.Payload()["reportedItem"]!.DeepClone().AsObject();
        long number = (await _console.SendAsync(item.ToJsonString())).Results[0].CaseNumber!.Value;

        ReportOutcome outcome = await _console.ReportAsync();

        Assert.Equal(number, outcome.CaseNumber);
        Assert.Equal(1, await CountAsync<WaitingTask>());
        Assert.True(await _console.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(row => row.Act == AuditAct.ReportFolded && row.CaseNumber == number, Cancel)));
    }

    [Fact]
    public async Task Item_SentAfterItsReport_FoldsIntoTheSameCase()
    {
        ReportOutcome outcome = await _console.ReportAsync();

        ItemsOutcome items = await _console.SendAsync(Reports.Payload()["reportedItem"]!.ToJsonString());

        Assert.Equal(outcome.CaseNumber, items.Results[0].CaseNumber);
        Assert.Equal(1, await CountAsync<Case>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Report_OnADecidedOrClosedCase_OpensItAgainWithItsHistory(bool closed)
    {
        long number = (await _console.ReportAsync()).CaseNumber;
        await EndAsync(number, closed);

        ReportOutcome second = await _console.ReportAsync(report => report["reporter"]!["id"] = "u-13");

        Assert.Equal(number, second.CaseNumber);
        Case about = await CaseAsync(number);
        Assert.Equal((CaseState.Open, 2, null), (about.State, about.CaseVersion, about.DecisionId));
        Assert.Equal(2, await CountAsync<Report>());
        WaitingTask waiting = await _console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel));
        Assert.Equal(2, (await _console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(row => row.Number == waiting.TaskNumber, Cancel))).CaseVersion);
        Assert.Equal(
            [CaseEventKind.Opened, CaseEventKind.Reported, CaseEventKind.Queued, CaseEventKind.Reported, CaseEventKind.Reopened, CaseEventKind.Queued],
            await _console.ReadAsync(db => db.Set<CaseEvent>().Where(row => row.CaseNumber == number).OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task EqualReport_WithoutAKey_IsTheSameReport()
    {
        ReportOutcome first = await _console.ReportAsync();
        await EndAsync(first.CaseNumber, closed: true);

        ReportOutcome second = await _console.ReportAsync();

        Assert.Equal(first.ReportId, second.ReportId);
        Assert.Equal(1, await CountAsync<Report>());
        Assert.Equal(CaseState.Closed, (await CaseAsync(first.CaseNumber)).State);
    }

    [Fact]
    public async Task EqualReports_AtOnceUnderOneKey_HaveOneEffect()
    {
        RequestKey key = RequestKey.Of(Guid.CreateVersion7(), "report", "one", "body"u8);

        ReportOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(place =>
            _console.ReportAsync(report => report["reporter"]!["id"] = $"u-{place}", key)));

        Assert.Single(outcomes.Select(outcome => outcome.ReportId).Distinct());
        Assert.Equal(1, await CountAsync<Report>());
    }

    [Fact]
    public async Task Report_NamingAPolicy_RaisesTheSeverityAndNeverLowersIt()
    {
        Policy severe = await _console.PolicyAsync(Severity.Severe);
        Policy low = await _console.PolicyAsync(Severity.Low);

        long number = (await _console.ReportAsync(report => report["reportedForReason"]!["policyId"] = severe.Id)).CaseNumber;
        Assert.Equal(Severity.Severe, (await CaseAsync(number)).Severity);

        await _console.ReportAsync(report => report["reportedForReason"]!["policyId"] = low.Id);
        Assert.Equal(Severity.Severe, (await CaseAsync(number)).Severity);
    }

    [Fact]
    public async Task Report_OfChildSafety_GoesToTheFewWithItsMedia()
    {
        CaseQueue few = await _console.QueueAsync(kind: QueueKind.ChildSafety);

        long number = (await _console.ReportAsync(report =>
        {
            report["reportedForReason"]!["csam"] = true;
            report["reportedItem"]!["data"]!["images"] = new JsonArray("https://cdn.example.net/1.jpg");
        })).CaseNumber;

        Assert.Equal(Sensitivity.ChildSafety, (await CaseAsync(number)).Sensitivity);
        WaitingTask waiting = await _console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel));
        Assert.Equal((few.Id, Sensitivity.ChildSafety), (waiting.QueueId, waiting.Sensitivity));
        Assert.True((await _console.ReadAsync(db => db.Set<MediaObject>().SingleAsync(Cancel))).ChildSafety);
        Assert.True(await _console.ReadAsync(db => db.Set<Core.Live.OutboxEvent>().Where(row => row.CaseNumber == number).AllAsync(row => row.ChildSafety, Cancel)));
    }

    [Fact]
    public async Task Report_OfChildSafety_TakesTheCaseFromWhoeverHoldsIt()
    {
        CaseQueue few = await _console.QueueAsync(kind: QueueKind.ChildSafety);
        long number = (await _console.ReportAsync()).CaseNumber;
        await _console.HoldAsync(await _console.PersonAsync(), await _console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(Cancel)));

        await _console.ReportAsync(report => report["reportedForReason"]!["csam"] = true);

        Assert.Equal(0, await CountAsync<ActiveLease>());
        WaitingTask waiting = await _console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel));
        Assert.Equal((number, few.Id, Sensitivity.ChildSafety), (waiting.CaseNumber, waiting.QueueId, waiting.Sensitivity));
    }

    [Fact]
    public async Task EditedItem_OfAReportedCase_KeepsTheReportedVersionWaiting()
    {
        long reported = (await _console.ReportAsync()).CaseNumber;

        await _console.SendAsync(Items.PostJson(text: "nothing to see here"));

        Assert.Equal(CaseState.Open, (await CaseAsync(reported)).State);
        Assert.Equal(2, await CountAsync<WaitingTask>());
    }

    [Fact]
    public async Task Report_OfAnItemThatWasOnlyContext_OpensItsCase()
    {
        await _console.ReportAsync();

        ReportOutcome second = await _console.ReportAsync(report =>
        {
            report["reportedItem"] = report["reportedItemThread"]![0]!.DeepClone();
            report.Remove("reportedItemThread");
        });

        Assert.Equal(2, await CountAsync<Case>());
        Assert.Equal(CaseState.Open, (await CaseAsync(second.CaseNumber)).State);
    }

    [Fact]
    public async Task Routing_ByTheReportedPolicy_SendsTheCaseToItsQueue()
    {
        CaseQueue spam = await _console.QueueAsync();
        await _console.WriteAsync(scope =>
        {
            scope.Db.Add(new Core.Routing.RoutingRow { Position = 0, PolicyId = "pol_spam", QueueId = spam.Id, Priority = 70 });
            return Task.FromResult(0);
        });

        await _console.ReportAsync();
        await _console.SendAsync(Items.PostJson("p-1"));

        Assert.Equal(
            [(spam.Id, 70), (_queue.Id, 50)],
            (await _console.ReadAsync(db => db.Set<WaitingTask>().OrderBy(row => row.TaskNumber).ToListAsync(Cancel))).Select(row => (row.QueueId, row.Priority)));
    }

    /// <summary>The case is judged, and perhaps its window has passed.</summary>
    private Task<int> EndAsync(long number, bool closed) => _console.WriteAsync(async scope =>
    {
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == number);
        about.Decide(Guid.CreateVersion7(), scope.Now);
        if (closed)
        {
            about.Close(scope.Now);
        }

        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.CaseNumber == number);
        task.Finish(scope.Now);
        await scope.StopWaitingAsync(task.Number, CancellationToken.None);
        return 0;
    });

    private Task<int> CountAsync<T>()
        where T : class => _console.ReadAsync(db => db.Set<T>().CountAsync(Cancel));

    private Task<Case> CaseAsync(long number) => _console.ReadAsync(db => db.Set<Case>().SingleAsync(row => row.Number == number, Cancel));
}
