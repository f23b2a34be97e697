using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

public sealed class AcceptItemsTests : IAsyncLifetime
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
    public async Task NewItem_Sent_OpensACaseThatWaitsInAQueue()
    {
        ItemsOutcome outcome = await _console.SendAsync(Items.PostJson());

        ItemResult result = Assert.Single(outcome.Results);
        Assert.Equal(("p-481", false, null), (result.ItemId, result.Duplicate, result.Verdict));
        Case about = await _console.ReadAsync(db => db.Set<Case>().SingleAsync(Cancel));
        Assert.Equal((result.CaseNumber, CaseState.Open, CaseSource.Item), (about.Number, about.State, about.Source));
        WaitingTask waiting = await _console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel));
        Assert.Equal((about.Number, _queue.Id), (waiting.CaseNumber, waiting.QueueId));
        Assert.Equal(
            [AuditAct.ItemReceived, AuditAct.CaseOpened, AuditAct.TaskQueued],
            await _console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Act != AuditAct.ItemTypeChanged).OrderBy(row => row.Number).Select(row => row.Act).ToListAsync(Cancel)));
        Assert.True(await _console.ReadAsync(db => db.Set<OutboxEvent>().AnyAsync(row => row.Kind == LiveKind.CaseQueued && row.CaseNumber == about.Number, Cancel)));
    }

    [Fact]
    public async Task SameItemVersion_SentAgain_FoldsIntoItsCase()
    {
        ItemsOutcome first = await _console.SendAsync(Items.PostJson());
        _console.Clock.Advance(TimeSpan.FromMinutes(5));

        // The same data in another order and another form of the item.
        ItemsOutcome second = await _console.SendAsync("""{"data": {"text":"cheap followers here"}, "type": {"id":"it_post"}, "id":"p-481"}""");

        Assert.Equal(first.Results[0].CaseNumber, second.Results[0].CaseNumber);
        Assert.True(second.Results[0].Duplicate);
        Case about = await _console.ReadAsync(db => db.Set<Case>().SingleAsync(Cancel));
        Assert.Equal(TimeSpan.FromMinutes(5), about.LastEvidenceAt - about.OpenedAt);
        Assert.Equal(1, await CountAsync<ReviewTask>());
        Assert.Equal(1, await CountAsync<ItemVersion>());
        Assert.Equal([CaseEventKind.Opened, CaseEventKind.Queued, CaseEventKind.ItemSentAgain], await HistoryAsync(about.Number));
    }

    [Fact]
    public async Task SameItem_TwiceInOneBatch_HasOneCase()
    {
        ItemsOutcome outcome = await _console.SendAsync(Items.PostJson(), Items.PostJson());

        Assert.Equal(outcome.Results[0].CaseNumber, outcome.Results[1].CaseNumber);
        Assert.Equal(1, await CountAsync<ReviewTask>());
    }

    [Fact]
    public async Task EditedItem_Sent_HasACaseOfItsOwnAndTheOlderOneIsWithdrawn()
    {
        long older = (await _console.SendAsync(Items.PostJson(text: "first words"))).Results[0].CaseNumber!.Value;
        long newer = (await _console.SendAsync(Items.PostJson(text: "other words"))).Results[0].CaseNumber!.Value;

        Assert.NotEqual(older, newer);
        Assert.Equal(CaseState.Closed, (await CaseAsync(older)).State);
        Assert.Equal(CaseState.Open, (await CaseAsync(newer)).State);
        Assert.Equal(TaskState.Withdrawn, (await _console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(row => row.CaseNumber == older, Cancel))).State);
        Assert.Equal(newer, (await _console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel))).CaseNumber);
    }

    [Fact]
    public async Task EditedItem_WhileSomeoneJudgesTheOlderVersion_TakesItOffTheirScreen()
    {
        Caller person = await _console.PersonAsync();
        long older = (await _console.SendAsync(Items.PostJson(text: "first words"))).Results[0].CaseNumber!.Value;
        ReviewTask task = await _console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(Cancel));
        await _console.HoldAsync(person, task);

        await _console.SendAsync(Items.PostJson(text: "other words"));

        Assert.Equal(0, await CountAsync<ActiveLease>());
        Assert.Equal(LeaseEnd.Revoked, (await _console.ReadAsync(db => db.Set<LeaseRecord>().SingleAsync(Cancel))).End);
        Assert.Equal(CaseState.Closed, (await CaseAsync(older)).State);
        Assert.Equal(1, await CountAsync<WaitingTask>());
    }

    [Fact]
    public async Task EditedItem_OfAChildSafetyCase_KeepsTheOlderOneAndIsChildSafetyToo()
    {
        long older = (await _console.SendAsync(Items.PostJson(text: "first words"))).Results[0].CaseNumber!.Value;
        await _console.WriteAsync(async scope => (await scope.Db.Set<Case>().SingleAsync(row => row.Number == older)).Sensitivity = Sensitivity.ChildSafety);

        long newer = (await _console.SendAsync(
            """{"id":"p-481","typeId":"it_post","data":{"text":"other words","images":["https://cdn.example.net/1.jpg"]}}""")).Results[0].CaseNumber!.Value;

        Assert.Equal(CaseState.Open, (await CaseAsync(older)).State);
        Assert.Equal(Sensitivity.ChildSafety, (await CaseAsync(newer)).Sensitivity);
        Assert.True((await _console.ReadAsync(db => db.Set<MediaObject>().SingleAsync(Cancel))).ChildSafety);
    }

    [Fact]
    public async Task EditedItem_WhileAnExpertIsAsked_KeepsTheOlderCase()
    {
        long older = (await _console.SendAsync(Items.PostJson(text: "first words"))).Results[0].CaseNumber!.Value;
        await _console.WriteAsync(async scope => await scope.QueueTaskAsync(
            Caller.System, await scope.Db.Set<Case>().SingleAsync(row => row.Number == older), TaskKind.Expert, _queue, 90, Instant.Never, Cancel));

        await _console.SendAsync(Items.PostJson(text: "other words"));

        Assert.Equal(CaseState.Open, (await CaseAsync(older)).State);
        Assert.Equal(3, await CountAsync<WaitingTask>());
    }

    [Fact]
    public async Task OlderVersion_ComingBackUnjudged_IsOpenedAgain()
    {
        long older = (await _console.SendAsync(Items.PostJson(text: "first words"))).Results[0].CaseNumber!.Value;
        await _console.SendAsync(Items.PostJson(text: "other words"));

        ItemsOutcome back = await _console.SendAsync(Items.PostJson(text: "first words"));

        Assert.Equal(older, back.Results[0].CaseNumber);
        Case about = await CaseAsync(older);
        Assert.Equal((CaseState.Open, 2), (about.State, about.CaseVersion));
        Assert.Equal(2, await CountAsync<WaitingTask>());
    }

    [Fact]
    public async Task TwoVersions_InOneBatch_LeaveTheLastToBeJudged()
    {
        ItemsOutcome outcome = await _console.SendAsync(Items.PostJson(text: "first words"), Items.PostJson(text: "other words"));

        Assert.Equal(outcome.Results[1].CaseNumber, (await _console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel))).CaseNumber);
        Assert.Equal(CaseState.Closed, (await CaseAsync(outcome.Results[0].CaseNumber!.Value)).State);
    }

    [Fact]
    public async Task SameId_UnderAnotherType_IsAnotherItem()
    {
        ItemsOutcome outcome = await _console.SendAsync(
            """{"id":"1","typeId":"it_post","data":{"text":"words"}}""", """{"id":"1","typeId":"it_comment","data":{"text":"words"}}""");

        Assert.NotEqual(outcome.Results[0].CaseNumber, outcome.Results[1].CaseNumber);
        Assert.Equal(2, await CountAsync<WaitingTask>());
    }

    [Fact]
    public async Task Thread_Sent_IsKeptWithoutACase()
    {
        ItemsOutcome outcome = await _console.SendAsync("""{"id":"t-1","typeId":"it_thread","data":{"title":"a thread"}}""");

        Assert.Null(Assert.Single(outcome.Results).CaseNumber);
        Assert.Equal(1, await CountAsync<ItemVersion>());
        Assert.Equal(0, await CountAsync<Case>());
    }

    [Fact]
    public async Task Batch_WithBadItems_NamesEachOfThemAndStoresNothing()
    {
        ItemsOutcome outcome = await _console.SendAsync(
            Items.PostJson("a"), """{"id":"b","typeId":"it_post","data":{}}""", Items.PostJson("c"), """{"id":"d","typeId":"nowhere","data":{}}""");

        Assert.Equal(IntakeAnswer.Refused, outcome.Answer);
        Assert.Equal(["/items/1/data/text", "/items/3"], outcome.Problems.Select(problem => problem.Pointer));
        Assert.Equal(0, await CountAsync<ItemVersion>());
        Assert.Equal(0, await CountAsync<Case>());
    }

    [Fact]
    public async Task Batch_BeyondTheBound_IsRefused()
    {
        string[] items = [.. Enumerable.Range(0, AcceptItems.MaxBatch + 1).Select(place => Items.PostJson($"p-{place}"))];

        Assert.Equal("batch.too-large", Assert.Single((await _console.SendAsync(items)).Problems).Code);
        Assert.Equal(AcceptItems.MaxBatch, (await _console.SendAsync(items[1..])).Results.Count);
    }

    [Fact]
    public async Task Media_InAnItem_WaitsToBeFetched()
    {
        await _console.SendAsync(
            """{"id":"p-1","typeId":"it_post","data":{"text":"look","images":["https://cdn.example.net/1.jpg","","https://cdn.example.net/2.jpg"],"video":"https://cdn.example.net/3.mp4"}}""");

        var media = await _console.ReadAsync(db => (
            from link in db.Set<ItemMedia>()
            join media in db.Set<MediaObject>() on link.MediaId equals media.Id
            orderby link.Position
            select new { link.Field, media.SourceUrl, media.State, media.Kind }).ToListAsync(Cancel));
        Assert.Equal(
            [("images", "https://cdn.example.net/1.jpg"), ("images", "https://cdn.example.net/2.jpg"), ("video", "https://cdn.example.net/3.mp4")],
            media.Select(row => (row.Field, row.SourceUrl!)));
        Assert.All(media, row => Assert.Equal(MediaState.Pending, row.State));
        Assert.Equal([MediaKind.Image, MediaKind.Image, MediaKind.Video], media.Select(row => row.Kind));
    }

    [Theory]
    [InlineData("\u202Egnp.exe\u202C \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627")]
    [InlineData("z\u200Be\u200Cr\u200Do\uFEFF w\u2060i\u00ADdth")]
    [InlineData("<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>")]
    [InlineData("'; DROP TABLE \"case\"; --")]
    [InlineData("e\u0301 \U0001F468\u200D\U0001F469\u200D\U0001F467")]
    public async Task Text_OfAnyKind_IsKeptAsItCame(string text)
    {
        await _console.SendAsync(Items.PostJson(text: text));

        ItemVersion item = await _console.ReadAsync(db => db.Set<ItemVersion>().SingleAsync(Cancel));
        Assert.Equal(text, item.Text);
        Assert.Equal(text, Items.Json(item.Data).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Caller_WithoutThePermission_IsRefused()
    {
        Caller key = Caller.ApiKey(Guid.CreateVersion7(), new HashSet<Permission> { Permission.SubmitReports });

        await Assert.ThrowsAsync<PermissionDeniedException>(() => _console.Use<AcceptItems>().RunAsync(key, [], CaseSource.Item, null, Cancel));
    }

    private Task<int> CountAsync<T>()
        where T : class => _console.ReadAsync(db => db.Set<T>().CountAsync(Cancel));

    private Task<Case> CaseAsync(long number) => _console.ReadAsync(db => db.Set<Case>().SingleAsync(row => row.Number == number, Cancel));

    private Task<List<CaseEventKind>> HistoryAsync(long number) =>
        _console.ReadAsync(db => db.Set<CaseEvent>().Where(row => row.CaseNumber == number).OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync(Cancel));
}
