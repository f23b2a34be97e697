using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Appeals;

/// <summary>Decisions that can be appealed against, who made them, and who may hear it.</summary>
internal sealed class AppealRoom : IAsyncDisposable
{
    public const string Account = "u-1";

    private int _count;

    private AppealRoom(TestConsole console) => Console = console;

    public TestConsole Console { get; }

    public Caller Author { get; private set; } = null!;

    public Caller Judge { get; private set; } = null!;

    public CaseQueue Queue { get; private set; } = null!;

    public CaseQueue Appeals { get; private set; } = null!;

    public Policy Policy { get; private set; } = null!;

    public ActionDefinition Action { get; private set; } = null!;

    public ActionDefinition Restore { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<AppealRoom> OpenAsync(IDatabaseServer server, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null)
    {
        Dictionary<string, string?> all = await server.EmptyAsync();
        foreach ((string name, string? value) in settings ?? [])
        {
            all[name] = value;
        }

        AppealRoom room = new(await TestConsole.StartAsync(all, configure));
        room.Author = await room.Console.PersonAsync(own: Permission.HearAppeals);
        room.Judge = await room.Console.PersonAsync(Roles.PolicyExpert);
        room.Queue = await room.Console.QueueAsync([room.Author, room.Judge], shape: queue => queue.IsDefault = queue.IsFallback = true);
        room.Appeals = await room.Console.QueueAsync([room.Author, room.Judge], kind: QueueKind.Appeals);
        room.Policy = await room.Console.PolicyAsync();
        room.Restore = await room.Console.ActionAsync();
        room.Action = await room.Console.ActionAsync();
        await room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<ActionDefinition>().SingleAsync(row => row.Id == room.Action.Id, Cancel)).ReversalActionId = room.Restore.Id;
            scope.Db.Add(new ItemType { Id = "account", Name = "Account", Kind = ItemKind.User, Fields = ItemSchema.Write([new ItemField("display_name", FieldType.String)]) });
            return true;
        });
        return room;
    }

    /// <summary>A post that was decided on; unless told otherwise its window is over and what it ordered has left.</summary>
    public async Task<Decision> DecidedAsync(Verdict verdict = Verdict.Violation, string itemId = "p-1", Caller? by = null, bool settled = true, Sensitivity sensitivity = Sensitivity.Ordinary)
    {
        (_, ReviewTask task) = await Console.CaseAsync(Queue, itemId: itemId, author: Account, sensitivity: sensitivity);
        Decision decision = await SubmitAsync(await Console.HoldAsync(by ?? Author, task), by ?? Author, verdict);
        if (settled)
        {
            await PassAsync();
        }

        return decision;
    }

    /// <summary>Time passes, what is due leaves, and what follows is drawn.</summary>
    public async Task PassAsync()
    {
        Console.Clock.Advance(TimeSpan.FromMinutes(5));
        await Console.Get<DeliverActions>().RunOnceAsync(Cancel);
        await Console.Get<CloseDecidedCases>().RunOnceAsync(Cancel);
        await Console.Get<SettleAppeals>().RunOnceAsync(Cancel);
        await Console.Get<DeliverActions>().RunOnceAsync(Cancel);
    }

    public async Task<Decision> SubmitAsync(ActiveLease lease, Caller by, Verdict verdict, Func<DecideCommand, DecideCommand>? shape = null, TestConsole? node = null)
    {
        DecideResult result = await TrySubmitAsync(lease, by, verdict, shape, node);
        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        return await DecisionAsync(result.DecisionId);
    }

    /// <param name="node">Where it is submitted, unless at the room's own console.</param>
    public Task<DecideResult> TrySubmitAsync(ActiveLease lease, Caller by, Verdict verdict, Func<DecideCommand, DecideCommand>? shape = null, TestConsole? node = null)
    {
        DecideCommand command = new(lease.TaskNumber, lease.Fence, verdict)
        {
            PolicyId = verdict == Verdict.Violation ? Policy.Id : null,
            Actions = verdict == Verdict.Violation ? [new ActionOrder(Action.Id)] : [],
            CannotReviewCode = verdict == Verdict.CannotReview ? CannotReviewCodes.Gone : null,
            ReasonForUser = "What the person is told",
        };
        return (node ?? Console).Use<DecideCase>().RunAsync(by, shape is null ? command : shape(command), Cancel);
    }

    /// <summary>An appeal comes in, by the one who made the post unless told otherwise.</summary>
    public Task<AppealOutcome> SendAsync(string itemId = "p-1", Action<JsonObject>? shape = null)
    {
        JsonObject body = new()
        {
            ["appealId"] = $"ap-{++_count}",
            ["appealedBy"] = new JsonObject { ["id"] = Account, ["typeId"] = "account" },
            ["appealedAt"] = "2026-05-03T08:00:00Z",
            ["actionedItem"] = new JsonObject { ["id"] = itemId, ["typeId"] = "post", ["data"] = new JsonObject { ["text"] = "Some text" } },
            ["actionsTaken"] = new JsonArray(Action.Id),
            ["appealReason"] = "It was a joke",
        };
        shape?.Invoke(body);
        return Console.Use<AcceptAppeal>().RunAsync(Caller.System, JsonSerializer.SerializeToElement(body), null, Cancel);
    }

    public async Task<Appeal> AppealedAsync(string itemId = "p-1", Action<JsonObject>? shape = null)
    {
        AppealOutcome outcome = await SendAsync(itemId, shape);
        Assert.Empty(outcome.Problems);
        return await AppealAsync(outcome.Receipt!.Number);
    }

    public Task<Appeal> AppealAsync(long number) => Console.ReadAsync(db => db.Set<Appeal>().AsNoTracking().SingleAsync(row => row.Number == number, Cancel));

    public Task<Decision> DecisionAsync(Guid? id) => Console.ReadAsync(db => db.Set<Decision>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel));

    public async Task<ActiveLease> HoldAsync(Appeal appeal, Caller? by = null) => await Console.HoldAsync(by ?? Judge, await TaskAsync(appeal));

    public Task<ReviewTask> TaskAsync(Appeal appeal) => Console.ReadAsync(db => db.Set<ReviewTask>().AsNoTracking().SingleAsync(row => row.Number == appeal.TaskNumber, Cancel));

    /// <summary>The judge answers, and the answer can be taken back no more.</summary>
    public async Task<Appeal> AnsweredAsync(Appeal appeal, Verdict verdict, Func<DecideCommand, DecideCommand>? shape = null)
    {
        await SubmitAsync(await HoldAsync(appeal), Judge, verdict, shape);
        await PassAsync();
        return await AppealAsync(appeal.Number);
    }

    /// <summary>All that was written to be sent: in the order of time, results behind actions.</summary>
    public async Task<List<EnforcementAction>> SentAsync()
    {
        List<EnforcementAction> all = await Console.ReadAsync(db => db.Set<EnforcementAction>().AsNoTracking().ToListAsync(Cancel));
        return [.. all.OrderBy(row => row.CreatedAt).ThenBy(row => row.Kind).ThenBy(row => row.ActionId, StringComparer.Ordinal)];
    }

    public ValueTask DisposeAsync() => Console.DisposeAsync();
}
