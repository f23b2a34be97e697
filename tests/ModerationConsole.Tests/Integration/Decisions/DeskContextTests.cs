using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

public sealed class DeskContextTests : DeskContextScene
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AuthorsPast_Read_TellsItemsPoliciesAndActionsNewestFirst()
    {
        Policy policy = await Console.PolicyAsync();
        Core.Enforcement.ActionDefinition action = await Console.ActionAsync();
        await DecidedAsync(Verdict.Allow, text: "first words");
        Console.Clock.Advance(TimeSpan.FromHours(1));
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
        (_, ReviewTask waiting) = await Console.CaseAsync(Queue, "after", itemId: "p-same");
        await Console.HoldAsync(Moderator, waiting);

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
        await Console.TakesItemsAsync();
        ItemsOutcome first = await Console.SendAsync(Items.PostJson("p-a", "Cheap followers HERE"));
        ItemsOutcome second = await Console.SendAsync(Items.PostJson("p-b", "cheap  followers here"));
        ReviewTask task = await Console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(row => row.CaseNumber == second.Results[0].CaseNumber, Cancel));
        await Console.HoldAsync(Moderator, task);

        DeskAlike like = Assert.Single((await ContextAsync(task))!.Alike);

        Assert.Equal((Alikeness.SameText, first.Results[0].CaseNumber), (like.How, (long?)like.CaseNumber));
    }

    [Fact]
    public async Task SamePicture_InAnotherItem_IsFoundUnlessItIsChildSafety()
    {
        Case before = await DecidedAsync(Verdict.Violation);
        Case hidden = await DecidedAsync(Verdict.Violation, sensitivity: Sensitivity.ChildSafety);
        (Case open, _) = await Console.CaseAsync(Queue);
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
        GetDeskContext read = new(Console.Contexts, Console.Get<IAccessGuard>(), [new NearOfATest { Found = near.ItemVersionId }], Console.Clock);

        DeskAlike like = Assert.Single((await read.RunAsync(Moderator, task.Number, Cancel))!.Alike);

        Assert.Equal((Alikeness.Near, near.Number), (like.How, like.CaseNumber));
    }

    [Fact]
    public async Task TaskOfSomeoneElse_Asked_TellsNothing()
    {
        (_, ReviewTask task) = await Console.CaseAsync(Queue);
        await Console.HoldAsync(await Console.PersonAsync(), task);

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
        Rules.Ground = new CaseGround(GroundKind.Rule, "Named target", "certain", [new TextSpan("text", 0, 0, 5), new TextSpan("text", 0, 8, 50), new TextSpan("gone", 0, 0, 1), new TextSpan("text", 3, 0, 1)]);

        DeskCase shown = (await CaseAsync(task))!;

        Assert.Equal("Named target", Assert.Single(shown.Grounds).Name);
        Assert.Equal((new TextSpan("text", 0, 0, 5), "Named target"), (shown.Matches.Single().Span, shown.Matches.Single().Rule));
    }

    private sealed class NearOfATest : IAlikeItems
    {
        public Guid Found { get; set; }

        public Task<IReadOnlyList<AlikeItem>> FindAsync(ConsoleDbContext db, ItemVersion item, int most, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<AlikeItem>>([new AlikeItem(Found, Alikeness.Near)]);
    }
}
