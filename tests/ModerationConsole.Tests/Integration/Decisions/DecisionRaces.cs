using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Enforcement;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

/// <summary>The races that one writer cannot have, on a database with several.</summary>
public abstract class DecisionRaces(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SixteenAtOnce_OnOneTask_DecideItOnce()
    {
        await using DecisionDesk desk = await OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();

        DecideResult[] results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            () => desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id)), Cancel)));

        Assert.Single(results, result => result.Outcome == DecideOutcome.Decided);
        Assert.Equal(15, results.Count(result => result.Outcome == DecideOutcome.AlreadyDecided));
        Assert.Equal((1, 1), (await desk.CountAsync<Decision>(), await desk.CountAsync<EnforcementAction>()));
    }

    [Fact]
    public async Task UndoAndDelivery_AtTheSameInstantManyTimes_ExactlyOneWinsEachTime()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk first = await OpenAsync(platform.Settings);
        int sentInAll = 0;
        for (int round = 0; round < 12; round++)
        {
            DecisionDesk desk = await DecisionDesk.OpenAsync(console: first.Console);
            DecideResult decided = await DeliveryTests.OrderAsync(desk, platform);
            desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));

            Task<UndoResult> undoing = Task.Run(() => desk.UndoAsync(decided.DecisionId), Cancel);
            int sent = await DeliveryTests.RunAsync(desk);
            UndoResult undo = await undoing;

            Assert.Equal(undo.Outcome == UndoOutcome.Undone ? 0 : 1, sent);
            sentInAll += sent;
        }

        Assert.Equal(sentInAll, platform.Received.Count);
        Assert.Equal(sentInAll, (await first.OrderedAsync()).Count(row => row.State == EnforcementState.Delivered));
    }

    [Fact]
    public async Task DecidedAndEscalatedAtOnce_TheTaskEndsOneWay()
    {
        await using DecisionDesk desk = await OpenAsync();
        await desk.Console.QueueAsync(kind: QueueKind.Expert);

        Task<DecideResult> deciding = Task.Run(() => desk.DecideAsync(Verdict.Allow), Cancel);
        EscalateResult escalated = await desk.Console.Use<EscalateCase>().RunAsync(desk.Person, desk.Task.Number, desk.Lease.Fence, "Who knows?", Cancel);
        DecideResult decided = await deciding;

        Assert.Equal(
            escalated.Outcome == EscalateOutcome.Escalated ? (0, 1, DecideOutcome.LeaseLost) : (1, 0, DecideOutcome.Decided),
            (await desk.CountAsync<Decision>(), await desk.CountAsync<Escalation>(), decided.Outcome));
    }

    [Fact]
    public async Task EarlierDecisions_AskedForMany_AreThoseOfEach()
    {
        await using DecisionDesk desk = await OpenAsync();
        await desk.DecideAsync(Verdict.Allow);
        List<EarlierAsk> asks = [new(desk.Case.Number, "account", "u-1", true)];
        for (int i = 0; i < 5; i++)
        {
            // Two authors and one case without history; one case that not everyone may know of.
            Sensitivity sensitivity = i == 3 ? Sensitivity.ChildSafety : Sensitivity.Ordinary;
            string author = i == 4 ? "u-new" : $"u-{(i % 2) + 1}";
            var (about, task) = await desk.Console.CaseAsync(desk.Queue, author: author, sensitivity: sensitivity);
            asks.Add(new EarlierAsk(about.Number, "account", author, i % 2 == 0));
            if (i is 4)
            {
                continue;
            }

            Caller decider = await desk.Console.PersonAsync(own: [Permission.ChildSafety]);
            ActiveLease lease = await desk.Console.HoldAsync(decider, task);
            DecideResult decided = await desk.DecideAsync(new DecideCommand(task.Number, lease.Fence, Verdict.Allow), decider);
            Assert.Equal(DecideOutcome.Decided, decided.Outcome);
        }

        await desk.Console.ReadAsync(async db =>
        {
            Dictionary<EarlierAsk, List<EarlierDecision>>? many = await EarlierDecisions.OfCases.AskAsync(db, asks, Cancel);
            foreach (EarlierAsk ask in asks)
            {
                List<EarlierDecision> one = await EarlierDecisions.ReadAsync(db, ask.CaseNumber, ask.CreatorTypeId, ask.CreatorId, ask.SeesChildSafety, Cancel);
                Assert.Equal(ask.CreatorId == "u-new", one.Count == 0);
                Assert.Equal(one, many?[ask] ?? one);
            }

            Assert.Equal(db is PostgresConsoleContext, many is not null);
            return 0;
        });
    }

    [Fact]
    public async Task StoredDecision_ReadBack_HasTheHashThatWasAudited()
    {
        await using DecisionDesk desk = await OpenAsync();
        desk.Console.Clock.Advance(TimeSpan.FromTicks(1_234_567));

        DecideResult result = await desk.DecideAsync(desk.Command(Verdict.Violation) with
        {
            ReasonForUser = "<b>\0é\ud83d</b>",
            MediaTimeMarkSeconds = 1d / 3,
        });

        Decision decision = await desk.DecisionAsync(result.DecisionId);
        Assert.Equal(decision.Hash, DecisionHash.Of(decision));
    }

    [Fact]
    public async Task DeliveryPages_FollowOneAnother()
    {
        await using DecisionDesk desk = await OpenAsync();
        ActionDefinition action = await desk.Console.ActionAsync();
        await desk.Console.WriteAsync(scope =>
        {
            scope.Db.AddRange(Enumerable.Range(0, 5).Select(_ => new EnforcementAction { ActionId = action.Id, CreatedAt = scope.Now }));
            return Task.FromResult(0);
        });
        ListDeliveries list = desk.Console.Use<ListDeliveries>();

        IReadOnlyList<DeliveryLine> first = await list.RunAsync(Core.Access.Caller.System, new DeliveryFilter(Take: 3), Cancel);
        IReadOnlyList<DeliveryLine> second = await list.RunAsync(Core.Access.Caller.System, new DeliveryFilter(Take: 3, Before: first[^1].Cursor), Cancel);

        Assert.Equal((3, 2, 5), (first.Count, second.Count, first.Concat(second).Select(line => line.Id).Distinct().Count()));
    }

    private async Task<DecisionDesk> OpenAsync(Dictionary<string, string?>? settings = null)
    {
        Dictionary<string, string?> all = new((settings ?? []).Concat(await server.EmptyAsync()));
        return await DecisionDesk.OpenAsync(settings: all);
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresRaceTests(PostgresServer server) : DecisionRaces(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerRaceTests(SqlServerDatabases server) : DecisionRaces(server), IClassFixture<SqlServerDatabases>;
