using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations.Precedents;

public sealed class PrecedentTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ruling_ThatMayNotBecomeAPrecedent_IsRefusedWithWhy()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        long open = await room.Room.AskAsync();

        Assert.Equal(PrecedentOutcome.NotRuled, (await room.PublishAsync(open)).Outcome);
        Assert.Equal(PrecedentOutcome.NotThere, (await room.PublishAsync(open + 100)).Outcome);
        await room.Room.RuleAsync(room.Room.First);
        Assert.Equal(PrecedentOutcome.UnknownPolicy, (await room.PublishAsync(open, policy: "pol_none")).Outcome);
        PrecedentResult published = await room.PublishAsync(open);
        Assert.Equal(new PrecedentResult(PrecedentOutcome.Published, published.Number), await room.PublishAsync(open, by: room.Room.Second));

        // Invariant 16.
        Caller cleared = await console.PersonAsync(Roles.PolicyExpert, own: Permission.ChildSafety);
        (long ruling, Case about) = await room.RuledAsync();
        await console.WriteAsync(async scope => await scope.Db.Set<Case>().Where(row => row.Number == about.Number)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Sensitivity, Sensitivity.ChildSafety), Cancel));
        Assert.Equal(PrecedentOutcome.ChildSafety, (await room.PublishAsync(ruling, by: cleared)).Outcome);
        Assert.Equal(new RulingPrecedent(null, false), await console.Use<ReadRulingPrecedent>().RunAsync(cleared, ruling, Cancel));
        Assert.Equal(PrecedentOutcome.NotThere, (await room.PublishAsync(ruling)).Outcome);
    }

    [Fact]
    public async Task Ruling_WhoseItemHoldsMediaMarkedAsChildSafety_NeverBecomesAPrecedent()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        (long ruling, _) = await room.RuledAsync(picture: "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22");
        await console.WriteAsync(async scope => await scope.Db.Set<Core.Media.MediaObject>().ExecuteUpdateAsync(set => set.SetProperty(row => row.ChildSafety, true), Cancel));

        Assert.Equal(PrecedentOutcome.ChildSafety, (await room.PublishAsync(ruling)).Outcome);
        Assert.Equal(new RulingPrecedent(null, false), await console.Use<ReadRulingPrecedent>().RunAsync(room.Room.First, ruling, Cancel));
    }

    /// <summary>Invariant 16: the same bytes may be marked under another item, and the case may be marked while its ruling is published.</summary>
    [Fact]
    public async Task Precedent_ThatMissesItsMark_IsThereForNobodyAndIsNotLetOutByErasingOrRemovingTheCase()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        ICaseRecords records = console.Services.GetServices<ICaseRecords>().Single(one => one is PrecedentRecordsOfCases);
        (long pictured, Case one) = await room.PublishedAsync(picture: "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22");
        (long marked, Case other) = await room.PublishedAsync("Lovely weather in the harbour");
        Assert.NotEmpty(await room.OfferedAsync(PrecedentRoom.Satire));

        await console.WriteAsync(async scope =>
        {
            await scope.Db.Set<Core.Media.MediaObject>().ExecuteUpdateAsync(set => set.SetProperty(row => row.ChildSafety, true), Cancel);
            return await scope.Db.Set<Case>().Where(row => row.Number == other.Number).ExecuteUpdateAsync(set => set.SetProperty(row => row.Sensitivity, Sensitivity.ChildSafety), Cancel);
        });
        Assert.Empty(await room.OfferedAsync(PrecedentRoom.Satire));
        Assert.Equal((null, null), (await room.ReadAsync(pictured), await room.ReadAsync(marked)));

        await console.WriteAsync(async scope =>
        {
            await records.EraseAsync(scope, [one.Number], Cancel);
            await scope.Db.SaveChangesAsync(Cancel);
            await records.RemoveAsync(scope, [other.Number], Cancel);
            return await scope.Db.Set<ItemMedia>().Where(row => row.ItemVersionId == one.ItemVersionId).ExecuteDeleteAsync(Cancel);
        });
        Assert.Null(await room.ReadAsync(pictured));
        Assert.Equal([pictured], await console.ReadAsync(db => db.Set<Precedent>().Select(row => row.Number).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Precedent_WhosePublishingMetAChangeOfThePolicy_IsOfferedOnlyOnceItIsConfirmed()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        (long number, Case about) = await room.PublishedAsync();
        await console.WriteAsync(async scope => await scope.Db.Set<Core.Policies.Policy>().Where(row => row.Id == room.Policy.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CurrentVersion, 2), Cancel));

        Assert.Empty(await room.OfferedAsync(PrecedentRoom.Satire));
        PrecedentOffer found = Assert.Single((await console.Use<FindSimilarPrecedents>().RunAsync(room.Room.First, about.Number, 3, superseded: true, Cancel))!);
        Assert.Equal((PrecedentState.Superseded, PrecedentState.Superseded), (found.State, (await room.ReadAsync(number))!.State));
        Assert.Equal(PrecedentOutcome.Saved, await console.Use<ConfirmPrecedent>().RunAsync(room.Room.First, number, 2, Cancel));
        Assert.Single(await room.OfferedAsync(PrecedentRoom.Satire));
    }

    /// <summary>The desks need not look at their queues again for a precedent.</summary>
    [Fact]
    public async Task Precedent_ThatIsPublished_WakesNoDesk()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        (long ruling, _) = await room.RuledAsync();
        int before = await console.ReadAsync(db => db.Set<OutboxEvent>().CountAsync(Cancel));

        Assert.Equal(PrecedentOutcome.Saved, (await room.PublishAsync(ruling)).Outcome);

        Assert.Equal(before, await console.ReadAsync(db => db.Set<OutboxEvent>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Desks_ThatAskAtTheSameTime_ShareAReadOfWhatChanged()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        HeldContexts held = new(console.Services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>());
        FollowPrecedents follow = new(new PrecedentIndex(), held, console.Clock);

        Task all = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => follow.RenewAsync(Cancel)));
        held.Go.SetResult();
        await all;

        // The one that was under way, and one for all who came since.
        Assert.Equal(2, held.Made);
    }

    [Fact]
    public async Task Precedents_ThatCannotBeReadAhead_AreToldOfInTheLogAndReadByWhoAsksFirst()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        HeldContexts away = new(console.Services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>());
        away.Go.SetException(new TimeoutException("user content"));
        LogLines<ReadPrecedentsAhead> log = new();
        using ReadPrecedentsAhead ahead = new(new FollowPrecedents(new PrecedentIndex(), away, console.Clock), log);

        await ahead.StartAsync(Cancel);
        await ahead.ExecuteTask!;

        Assert.Equal("Precedents could not be read ahead (TimeoutException); the first desk that asks for them reads them", Assert.Single(log.Said));
    }

    [Fact]
    public async Task Ruling_ThatIsReplacedLater_IsOfferedNoMoreAndThePageSaysSo()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        (long number, Case about) = await room.PublishedAsync();
        Assert.Equal(new RulingPrecedent(number, false), await console.Use<ReadRulingPrecedent>().RunAsync(room.Room.First, (await room.ReadAsync(number))!.Precedent.RulingNumber!.Value, Cancel));

        await console.WriteAsync(async scope => await scope.Db.Set<Decision>().Where(row => row.CaseNumber == about.Number)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DecisionState.Reversed), Cancel));

        Assert.Empty(await room.OfferedAsync(PrecedentRoom.Satire));
        Assert.True((await room.ReadAsync(number))!.Overruled);

        // No words mend it: only a ruling that stands can be published in its place.
        long ruling = (await room.ReadAsync(number))!.Precedent.RulingNumber!.Value;
        Assert.Equal(PrecedentOutcome.NotRuled, await console.Use<RewritePrecedent>().RunAsync(room.Room.First, number, 1, PrecedentRoom.Words("Rain"), Cancel));
        await room.ChangePolicyAsync("Other words");
        Assert.Equal(PrecedentOutcome.NotRuled, await console.Use<ConfirmPrecedent>().RunAsync(room.Room.First, number, 2, Cancel));
        Assert.Equal(new RulingPrecedent(number, false), await console.Use<ReadRulingPrecedent>().RunAsync(room.Room.First, ruling, Cancel));
        (_, Case other) = await room.RuledAsync("Lovely weather in the harbour");
        await console.WriteAsync(async scope =>
        {
            Guid stands = await scope.Db.Set<Decision>().Where(row => row.CaseNumber == other.Number).Select(row => row.Id).SingleAsync(Cancel);
            return await scope.Db.Set<Core.Escalations.Escalation>().Where(row => row.ExpertTask == ruling)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DecisionId, stands), Cancel);
        });
        Assert.Equal(new RulingPrecedent(null, true), await console.Use<ReadRulingPrecedent>().RunAsync(room.Room.First, ruling, Cancel));
        Assert.Equal(PrecedentOutcome.Saved, (await room.PublishAsync(ruling)).Outcome);
    }

    [Theory]
    [InlineData(PrecedentOutcome.TitleMissing, " ", "f", "r", "w", "t")]
    [InlineData(PrecedentOutcome.FactsMissing, "t", "\u200B", "r", "w", "t")]
    [InlineData(PrecedentOutcome.RuleMissing, "t", "f", "", "w", "t")]
    [InlineData(PrecedentOutcome.ReasoningMissing, "t", "f", "r", "\n", "t")]
    [InlineData(PrecedentOutcome.TagsInvalid, "t", "f", "r", "w", "a tag of far more characters than forty of them")]
    public void Words_ThatCannotBeStored_AreRefusedWithWhichOnes(PrecedentOutcome outcome, string title, string facts, string rule, string reasoning, string tag)
    {
        Assert.Equal((null, outcome), new PrecedentDraft(title, facts, rule, reasoning, "", [tag]).Read());
        Assert.Equal(PrecedentOutcome.TooLong, new PrecedentDraft(new string('t', 201), "f", "r", "w", "", []).Read().Refusal);
        Assert.Equal(PrecedentOutcome.TooLong, new PrecedentDraft("t", new string('f', 5_001), "r", "w", "", []).Read().Refusal);
    }

    [Fact]
    public async Task Offer_ToWhoDoesNotHoldTheTask_OrAboutAnItemOfChildSafety_IsNone()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        await room.PublishedAsync();
        (Case about, ReviewTask task) = await room.CaseAsync(PrecedentRoom.Satire);

        Assert.Null(await room.OfferAsync(room.Room.Asker, task.Number));

        Caller cleared = await console.PersonAsync(own: Permission.ChildSafety);
        await console.HoldAsync(cleared, task);
        Assert.Single((await room.OfferAsync(cleared, task.Number))!);
        await console.WriteAsync(async scope => await scope.Db.Set<Case>().Where(row => row.Number == about.Number)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Sensitivity, Sensitivity.ChildSafety), Cancel));
        Assert.Empty((await room.OfferAsync(cleared, task.Number))!);
    }

    [Fact]
    public async Task Precedents_BeyondAPart_AreListedOnceEach()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        await console.WriteAsync(async scope =>
        {
            for (int count = 0; count < ListPrecedents.Part + 5; count++)
            {
                Precedent row = new() { PolicyId = room.Policy.Id, PublishedAt = scope.Now };
                row.Write(PrecedentRoom.Words(), 1, room.Room.First.Id, scope.Now, first: true);
                scope.Db.Add(row);
                await scope.Db.SaveChangesAsync(Cancel);
                scope.Db.Add(row.Write(PrecedentRoom.Words(), 1, room.Room.First.Id, scope.Now, first: true));
                if (count % 2 == 0)
                {
                    row.Supersede(scope.Now);
                }
            }

            return 0;
        });

        FoundPrecedents first = await console.Use<ListPrecedents>().RunAsync(room.Room.Asker, new PrecedentFilter(), Cancel);
        FoundPrecedents second = await console.Use<ListPrecedents>().RunAsync(room.Room.Asker, new PrecedentFilter { After = first.Next }, Cancel);

        Assert.Equal((ListPrecedents.Part, 5, null), (first.Rows.Count, second.Rows.Count, second.Next));
        Assert.Equal(ListPrecedents.Part + 5, first.Rows.Concat(second.Rows).Select(row => row.Number).Distinct().Count());
        Assert.Equal(17, first.Rows.TakeWhile(row => row.State == PrecedentState.InForce).Count());
    }

    /// <summary>
    /// Invariant 4: beside what measures people or hears an appeal stands what stood beside the decision that is tested, in the
    /// words of that time, and nothing later. None at all would tell work from test.
    /// </summary>
    [Fact]
    public async Task Offer_BesideAJudgementThatTestsADecision_IsWhatItsAuthorSaw()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        (long ended, _) = await room.PublishedAsync(words: PrecedentRoom.Words("Withdrawn before"));
        await console.Use<WithdrawPrecedent>().RunAsync(room.Room.First, ended, "Twice the same", Cancel);
        (long number, _) = await room.PublishedAsync(words: PrecedentRoom.Words("As it was"));
        // What the author sees, and decides by.
        (Case about, ReviewTask task) = await room.CaseAsync(PrecedentRoom.Satire);
        ActiveLease lease = await console.HoldAsync(room.Room.Asker, task);
        PrecedentOffer seen = Assert.Single((await room.OfferAsync(room.Room.Asker, task.Number))!);
        DecideResult decided = await console.Use<DecideCase>().RunAsync(room.Room.Asker, new DecideCommand(task.Number, lease.Fence, Verdict.Allow), Cancel);
        console.Clock.Advance(TimeSpan.FromMinutes(5));
        // What came later: other words, another precedent, and a policy that ended both.
        Assert.Equal(PrecedentOutcome.Saved, await console.Use<RewritePrecedent>().RunAsync(room.Room.First, number, 1, PrecedentRoom.Words("As it is now"), Cancel));
        await room.PublishedAsync(words: PrecedentRoom.Words("Published after"));
        Assert.Equal(["Published after", "As it is now"], (await room.OfferedAsync(PrecedentRoom.Satire)).Select(offer => offer.Title));
        await room.ChangePolicyAsync("Other words");
        Assert.Equal(PrecedentOutcome.Saved, await console.Use<ConfirmPrecedent>().RunAsync(room.Room.First, number, 2, Cancel));
        // Nor does it matter that the ruling was replaced since, or that its policy is not in use any more.
        Guid ruling = (await room.ReadAsync(number))!.Precedent.DecisionId!.Value;
        await console.WriteAsync(async scope =>
        {
            await scope.Db.Set<Core.Policies.Policy>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Archived, true), Cancel);
            return await scope.Db.Set<Decision>().Where(row => row.Id == ruling).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DecisionState.Reversed), Cancel);
        });
        Caller reviewer = await console.PersonAsync(Roles.QualityReviewer);

        foreach (TaskKind kind in new[] { TaskKind.Qa, TaskKind.Golden, TaskKind.Calibration, TaskKind.Appeal })
        {
            ReviewTask measuring = await room.MeasuringAsync(kind, about, decided.DecisionId!.Value);
            await console.HoldAsync(reviewer, measuring);

            PrecedentOffer offer = Assert.Single((await room.OfferAsync(reviewer, measuring.Number))!);

            Assert.Equal((number, "As it was", 1, PrecedentState.InForce), (offer.Number, offer.Title, offer.VersionNumber, offer.State));
            Assert.Equal(seen.Reasons.Select(reason => reason.Link), offer.Reasons.Select(reason => reason.Link));
            // No other case is named beside one whose own number is not, and so none beside work.
            Assert.Equal((null, null), (seen.CaseNumber, offer.CaseNumber));
            await console.WriteAsync(async scope => await scope.Db.Set<ActiveLease>().ExecuteDeleteAsync(Cancel));
        }
    }

    /// <summary>What its author saw is told by the versions: the precedent was superseded and confirmed, and so once more.</summary>
    [Fact]
    public async Task Precedent_ThatWasConfirmedSince_StandsBesideATestedDecisionAsItStoodThen()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        (long number, _) = await room.PublishedAsync();
        List<(Case About, Guid Decision, (int Version, int Policy)[] Seen)> decided = [await DecidedAsync(room)];
        await room.ChangePolicyAsync("Other words");
        decided.Add(await DecidedAsync(room));
        Assert.Equal(PrecedentOutcome.Saved, await console.Use<ConfirmPrecedent>().RunAsync(room.Room.Second, number, 2, Cancel));
        decided.Add(await DecidedAsync(room));
        await room.ChangePolicyAsync("Others again");
        decided.Add(await DecidedAsync(room));
        Assert.Equal(PrecedentOutcome.Saved, await console.Use<ConfirmPrecedent>().RunAsync(room.Room.First, number, 3, Cancel));
        Assert.Equal([[(1, 1)], [], [(2, 2)], []], decided.Select(one => one.Seen));
        Caller reviewer = await console.PersonAsync(Roles.QualityReviewer);

        foreach ((Case about, Guid decision, (int, int)[] seen) in decided)
        {
            ReviewTask measuring = await room.MeasuringAsync(TaskKind.Qa, about, decision);
            await console.HoldAsync(reviewer, measuring);
            Assert.Equal(seen, Words((await room.OfferAsync(reviewer, measuring.Number))!));
            await console.WriteAsync(async scope => await scope.Db.Set<ActiveLease>().ExecuteDeleteAsync(Cancel));
        }

        PrecedentView view = (await room.ReadAsync(number))!;
        Assert.Equal([(3, room.Room.First.Id), (1, room.Room.First.Id)], new[] { (view.Shown.Number, view.Shown.WrittenBy), (view.Versions[^1].Number, view.Precedent.WrittenBy) });
        Assert.Equal(["satire", "officials"], view.Shown.Tags.Split(','));
    }

    private static async Task<(Case About, Guid Decision, (int Version, int Policy)[] Seen)> DecidedAsync(PrecedentRoom room)
    {
        room.Console.Clock.Advance(TimeSpan.FromMinutes(5));
        (Case about, ReviewTask task) = await room.CaseAsync(PrecedentRoom.Satire);
        ActiveLease lease = await room.Console.HoldAsync(room.Room.Asker, task);
        (int, int)[] seen = Words((await room.OfferAsync(room.Room.Asker, task.Number))!);
        Guid decision = (await room.Console.Use<DecideCase>().RunAsync(room.Room.Asker, new DecideCommand(task.Number, lease.Fence, Verdict.Allow), Cancel)).DecisionId!.Value;
        room.Console.Clock.Advance(TimeSpan.FromMinutes(5));
        return (about, decision, seen);
    }

    private static (int Version, int Policy)[] Words(IReadOnlyList<PrecedentOffer> offers) => [.. offers.Select(offer => (offer.VersionNumber, offer.PolicyVersion))];

    /// <summary>Invariant 4: while a ruling is judged again, a precedent about it would tell what was ruled.</summary>
    [Fact]
    public async Task Precedent_OfACaseThatSomeoneJudgesAgain_IsNotThereForThem()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        PrecedentRoom room = await PrecedentRoom.OpenAsync(console);
        (long number, Case about) = await room.PublishedAsync();
        Caller reviewer = await console.PersonAsync(Roles.QualityReviewer);
        Assert.NotNull(await room.ReadAsync(number, reviewer));
        Decision ruling = await console.ReadAsync(db => db.Set<Decision>().SingleAsync(row => row.CaseNumber == about.Number, Cancel));
        ReviewTask measuring = await room.MeasuringAsync(TaskKind.Qa, about, ruling.Id);

        await console.HoldAsync(reviewer, measuring);

        Assert.Empty((await room.OfferAsync(reviewer, measuring.Number))!);
        Assert.Null(await room.ReadAsync(number, reviewer));
        Assert.Empty(await room.ListAsync(by: reviewer));
        Assert.Null(await console.Use<FindSimilarPrecedents>().RunAsync(reviewer, about.Number, 3, superseded: true, Cancel));
        Assert.Equal(new RulingPrecedent(null, false), await console.Use<ReadRulingPrecedent>().RunAsync(reviewer, (await room.ReadAsync(number))!.Precedent.RulingNumber!.Value, Cancel));
    }

    /// <summary>Contexts that are there once they are let go.</summary>
    private sealed class HeldContexts(IDbContextFactory<ConsoleDbContext> contexts) : IDbContextFactory<ConsoleDbContext>
    {
        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Made { get; private set; }

        public ConsoleDbContext CreateDbContext() => contexts.CreateDbContext();

        public async Task<ConsoleDbContext> CreateDbContextAsync(CancellationToken cancellationToken)
        {
            Made++;
            await Go.Task;
            return await contexts.CreateDbContextAsync(cancellationToken);
        }
    }
}
