using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

public sealed class DeskContextTests : IAsyncLifetime
{
    private readonly RuleOfATest _rules = new();
    private TestConsole _console = null!;
    private Caller _moderator = null!;
    private CaseQueue _queue = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync(configure: services => services.AddSingleton<ICaseGrounds>(_rules));
        _moderator = await _console.PersonAsync();
        _queue = await _console.QueueAsync();
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Reporter_WithJudgedReports_CarriesTheirRecord()
    {
        await DecidedAsync(Verdict.Violation, "alder");
        await DecidedAsync(Verdict.Violation, "alder");
        await DecidedAsync(Verdict.Allow, "alder");
        await DecidedAsync(Verdict.CannotReview, "alder");
        await DecidedAsync(Verdict.Violation, "birch");
        await DecidedAsync(Verdict.Violation, "alder", sensitivity: Sensitivity.ChildSafety);
        ReviewTask task = await HeldAsync();
        await ReportAsync(task.CaseNumber, "alder");

        DeskReport report = Assert.Single((await CaseAsync(task))!.Reports);

        Assert.Equal(new ReporterRecord(2, 3), report.Record);
    }

    [Fact]
    public async Task Reporter_WhoReportedACaseTwice_IsCountedOnce()
    {
        Case about = await DecidedAsync(Verdict.Violation, "alder");
        await ReportAsync(about.Number, "alder");
        ReviewTask task = await HeldAsync();
        await ReportAsync(task.CaseNumber, "alder");

        Assert.Equal(new ReporterRecord(1, 1), (await CaseAsync(task))!.Reports[0].Record);
    }

    [Fact]
    public async Task Reporter_OfAnotherTypeWithTheSameId_IsSomeoneElse()
    {
        Case about = await DecidedAsync(Verdict.Violation, "alder");
        await _console.WriteAsync(scope =>
        {
            scope.Db.Add(new Report { CaseNumber = about.Number, ReporterTypeId = "page", ReporterId = "birch", ReportedAt = scope.Now, ReceivedAt = scope.Now });
            return Task.FromResult(0);
        });
        ReviewTask task = await HeldAsync();
        await ReportAsync(task.CaseNumber, "birch");

        Assert.Equal(ReporterRecord.None, (await CaseAsync(task))!.Reports[0].Record);
    }

    [Fact]
    public async Task Reporter_WhoWasRightLongAgo_IsUnknownAgain()
    {
        await DecidedAsync(Verdict.Violation, "alder");
        _console.Clock.Advance(TimeSpan.FromDays(181));
        ReviewTask task = await HeldAsync();
        await ReportAsync(task.CaseNumber, "alder");

        Assert.Equal(0, (await CaseAsync(task))!.Reports[0].Record.Judged);
    }

    [Fact]
    public async Task AuthorsPast_Read_TellsItemsPoliciesAndActionsNewestFirst()
    {
        Policy policy = await _console.PolicyAsync();
        Core.Enforcement.ActionDefinition action = await _console.ActionAsync();
        await DecidedAsync(Verdict.Allow, text: "first words");
        _console.Clock.Advance(TimeSpan.FromHours(1));
        Case second = await DecidedAsync(Verdict.Violation, text: "second words", policyId: policy.Id, actions: action.Id);
        await DecidedAsync(Verdict.Violation, text: "hidden words", sensitivity: Sensitivity.ChildSafety);
        ReviewTask task = await HeldAsync();

        IReadOnlyList<DeskPastDecision> past = (await ContextAsync(task))!.AuthorPast;

        Assert.Equal(["second words", "first words"], past.Select(row => row.Excerpt));
        Assert.Equal((second.Number, Verdict.Violation, policy.Name, action.Name), (past[0].CaseNumber, past[0].Verdict, past[0].PolicyName, past[0].Actions.Single()));
    }

    [Fact]
    public async Task AuthorsPast_OfTheSameItem_IsNotToldTwice()
    {
        await DecidedAsync(Verdict.Allow, text: "before", itemId: "p-same");
        (_, ReviewTask waiting) = await _console.CaseAsync(_queue, "after", itemId: "p-same");
        await _console.HoldAsync(_moderator, waiting);

        Assert.Empty((await ContextAsync(waiting))!.AuthorPast);
        Assert.Single((await CaseAsync(waiting))!.EarlierDecisions);
    }

    [Fact]
    public async Task SameData_UnderAnotherNumber_IsFoundWithItsDecision()
    {
        Case before = await DecidedAsync(Verdict.Violation, text: "copied");
        ReviewTask task = await HeldAsync("copied too");
        await GiveSameDataAsync(before, task.CaseNumber);

        DeskAlike like = Assert.Single((await ContextAsync(task))!.Alike);

        Assert.Equal((Alikeness.Same, before.Number, (Verdict?)Verdict.Violation), (like.How, like.CaseNumber, like.Verdict));
    }

    [Fact]
    public async Task SameWords_OfAnotherAuthor_AreFoundWithTheirDecision()
    {
        await _console.TakesItemsAsync();
        ItemsOutcome first = await _console.SendAsync(Items.PostJson("p-a", "Cheap followers HERE"));
        ItemsOutcome second = await _console.SendAsync(Items.PostJson("p-b", "cheap  followers here"));
        ReviewTask task = await _console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(row => row.CaseNumber == second.Results[0].CaseNumber, Cancel));
        await _console.HoldAsync(_moderator, task);

        DeskAlike like = Assert.Single((await ContextAsync(task))!.Alike);

        Assert.Equal((Alikeness.SameText, first.Results[0].CaseNumber), (like.How, (long?)like.CaseNumber));
    }

    [Fact]
    public async Task SamePicture_InAnotherItem_IsFoundUnlessItIsChildSafety()
    {
        Case before = await DecidedAsync(Verdict.Violation);
        Case hidden = await DecidedAsync(Verdict.Violation, sensitivity: Sensitivity.ChildSafety);
        (Case open, _) = await _console.CaseAsync(_queue);
        ReviewTask task = await HeldAsync();
        foreach (long number in new[] { before.Number, hidden.Number, open.Number, task.CaseNumber })
        {
            await PictureAsync(number, "aa");
        }

        await PictureAsync((await DecidedAsync(Verdict.Violation)).Number, "bb");

        IReadOnlyList<DeskAlike> alike = (await ContextAsync(task))!.Alike;

        // What was decided comes before what is open.
        Assert.Equal([(before.Number, (Verdict?)Verdict.Violation), (open.Number, null)], alike.Select(row => (row.CaseNumber, row.Verdict)));
        Assert.All(alike, row => Assert.Equal(Alikeness.SameMedia, row.How));
    }

    [Fact]
    public async Task OtherComparer_Added_IsAskedToo()
    {
        Case near = await DecidedAsync(Verdict.Allow);
        await using TestConsole other = await TestConsole.StartAsync(configure: services => services.AddSingleton<IAlikeItems>(new NearOfATest()));
        Assert.Equal(2, other.Services.GetServices<IAlikeItems>().Count());
        ReviewTask task = await HeldAsync();
        GetDeskContext read = new(_console.Contexts, _console.Get<IAccessGuard>(), [new NearOfATest { Found = near.ItemVersionId }], _console.Clock);

        DeskAlike like = Assert.Single((await read.RunAsync(_moderator, task.Number, Cancel))!.Alike);

        Assert.Equal((Alikeness.Near, near.Number), (like.How, like.CaseNumber));
    }

    [Fact]
    public async Task TaskOfSomeoneElse_Asked_TellsNothing()
    {
        (_, ReviewTask task) = await _console.CaseAsync(_queue);
        await _console.HoldAsync(await _console.PersonAsync(), task);

        Assert.Null(await ContextAsync(task));
    }

    [Fact]
    public async Task WordsQuotedByAReport_AreMarkedInTheText()
    {
        ReviewTask task = await HeldAsync("One thing. I will find you tonight. Another thing.");
        await ReportAsync(task.CaseNumber, "alder", "He wrote “I will FIND you” and \"never said\" to me");

        DeskMatch match = Assert.Single((await CaseAsync(task))!.Matches);

        Assert.Equal((new TextSpan("text", 0, 11, 15), null), (match.Span, match.Rule));
    }

    [Fact]
    public async Task RuleThatMatched_IsAGroundAndMarksItsWords_ButNothingOutsideTheText()
    {
        ReviewTask task = await HeldAsync("short text");
        _rules.Ground = new CaseGround(GroundKind.Rule, "Named target", "certain", [new TextSpan("text", 0, 0, 5), new TextSpan("text", 0, 8, 50), new TextSpan("gone", 0, 0, 1), new TextSpan("text", 3, 0, 1)]);

        DeskCase shown = (await CaseAsync(task))!;

        Assert.Equal("Named target", Assert.Single(shown.Grounds).Name);
        Assert.Equal((new TextSpan("text", 0, 0, 5), "Named target"), (shown.Matches.Single().Span, shown.Matches.Single().Rule));
    }

    private Task<DeskCase?> CaseAsync(ReviewTask task) => _console.Use<GetDeskCase>().RunAsync(_moderator, task.Number, Cancel);

    private Task<DeskContext?> ContextAsync(ReviewTask task) => _console.Use<GetDeskContext>().RunAsync(_moderator, task.Number, Cancel);

    private async Task<ReviewTask> HeldAsync(string text = "Some text")
    {
        (_, ReviewTask task) = await _console.CaseAsync(_queue, text);
        await _console.HoldAsync(_moderator, task);
        return task;
    }

    private Task<int> ReportAsync(long caseNumber, string reporter, string? reason = null) => _console.WriteAsync(scope =>
    {
        scope.Db.Add(new Report { CaseNumber = caseNumber, ReporterTypeId = "account", ReporterId = reporter, Reason = reason, ReportedAt = scope.Now, ReceivedAt = scope.Now });
        return Task.FromResult(0);
    });

    private async Task<Case> DecidedAsync(
        Verdict verdict, string? reporter = null, string text = "Some text", string? itemId = null, Sensitivity sensitivity = Sensitivity.Ordinary,
        string? policyId = null, string actions = "")
    {
        (Case about, ReviewTask task) = await _console.CaseAsync(_queue, text, sensitivity: sensitivity, itemId: itemId);
        if (reporter is not null)
        {
            await ReportAsync(about.Number, reporter);
        }

        return await _console.WriteAsync(async scope =>
        {
            Case open = await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel);
            ReviewTask waiting = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == task.Number, Cancel);
            Decision decision = new()
            {
                CaseNumber = open.Number, CaseVersion = 1, TaskNumber = task.Number, DecidedAt = scope.Now, Verdict = verdict, PolicyId = policyId, Actions = actions,
            };
            scope.Db.Add(decision);
            open.Decide(decision.Id, scope.Now);
            waiting.Finish(scope.Now);
            await scope.StopWaitingAsync(task.Number, Cancel);
            return open;
        });
    }

    // Two items with the same data, as a platform sends when it numbers a repost anew.
    private Task<int> GiveSameDataAsync(Case from, long to) => _console.WriteAsync(async scope =>
    {
        byte[] hash = await scope.Db.Set<ItemVersion>().Where(row => row.Id == from.ItemVersionId).Select(row => row.ContentHash).SingleAsync(Cancel);
        Guid version = await scope.Db.Set<Case>().Where(row => row.Number == to).Select(row => row.ItemVersionId).SingleAsync(Cancel);
        return await scope.Db.Set<ItemVersion>().Where(row => row.Id == version).ExecuteUpdateAsync(row => row.SetProperty(one => one.ContentHash, hash), Cancel);
    });

    private Task<int> PictureAsync(long caseNumber, string hash) => _console.WriteAsync(async scope =>
    {
        Guid version = await scope.Db.Set<Case>().Where(row => row.Number == caseNumber).Select(row => row.ItemVersionId).SingleAsync(Cancel);
        MediaObject media = new() { Sha256 = hash, Kind = MediaKind.Image, State = MediaState.Ready };
        scope.Db.Add(media);
        scope.Db.Add(new ItemMedia { ItemVersionId = version, MediaId = media.Id, Field = "images" });
        return 0;
    });

    private sealed class RuleOfATest : ICaseGrounds
    {
        public CaseGround? Ground { get; set; }

        public Task<IReadOnlyList<CaseGround>> OfAsync(ConsoleDbContext db, Case about, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<CaseGround>>(Ground is null ? [] : [Ground]);
    }

    private sealed class NearOfATest : IAlikeItems
    {
        public Guid Found { get; set; }

        public Task<IReadOnlyList<AlikeItem>> FindAsync(ConsoleDbContext db, ItemVersion item, int most, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<AlikeItem>>([new AlikeItem(Found, Alikeness.Near)]);
    }
}
