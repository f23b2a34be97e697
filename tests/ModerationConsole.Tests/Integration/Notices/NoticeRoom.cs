using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Notices;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Notices;

/// <summary>A console that takes notices, someone who decides, and someone who looks after clocks.</summary>
internal sealed class NoticeRoom : IAsyncDisposable
{
    private NoticeRoom(TestConsole console) => Console = console;

    public TestConsole Console { get; }

    public Caller Moderator { get; private set; } = null!;

    public Caller Expert { get; private set; } = null!;

    public CaseQueue Queue { get; private set; } = null!;

    public Policy Policy { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="work">Whether the moderator works the queue.</param>
    /// <param name="server">Where its database is; null for one in a file of its own.</param>
    public static async Task<NoticeRoom> OpenAsync(Dictionary<string, string?>? settings = null, bool work = true, IDatabaseServer? server = null)
    {
        Dictionary<string, string?> all = server is null ? [] : await server.EmptyAsync();
        foreach ((string name, string? value) in settings ?? [])
        {
            all[name] = value;
        }

        NoticeRoom room = new(await TestConsole.StartAsync(all));
        await room.Console.TakesItemsAsync();
        room.Queue = await room.Console.ReadAsync(db => db.Set<CaseQueue>().SingleAsync(row => row.IsDefault, Cancel));
        room.Moderator = await room.Console.PersonAsync();
        room.Expert = await room.Console.PersonAsync(Roles.PolicyExpert);
        room.Policy = await room.Console.PolicyAsync();
        await room.Console.WriteAsync(async scope =>
        {
            CaseQueue queue = await scope.Db.Set<CaseQueue>().SingleAsync(row => row.Id == room.Queue.Id, Cancel);
            (queue.PolicyRequired, queue.ReasonRequired) = (false, false);
            if (work)
            {
                scope.Db.Add(new QueueAccess { QueueId = queue.Id, PersonId = room.Moderator.Id });
            }

            return true;
        });
        return room;
    }

    /// <summary>A terrorist-content order, received now, about one post, unless changed.</summary>
    public JsonObject Body(string itemId = "p-1") => new()
    {
        ["type"] = "eu-terrorist-content",
        ["sender"] = "Authority for media",
        ["reference"] = "AZ 7/26",
        ["receivedAt"] = Console.Clock.GetUtcNow().ToString("O"),
        ["scope"] = "Remove in all member states",
        ["items"] = new JsonArray(Post(itemId)),
    };

    public static JsonNode Post(string id) => JsonNode.Parse(Items.PostJson(id, "Some text"))!;

    public Task<NoticeReceived> TrySendAsync(Action<JsonObject>? shape = null, RequestKey? key = null, string itemId = "p-1")
    {
        JsonObject body = Body(itemId);
        shape?.Invoke(body);
        return Console.Use<AcceptNotice>().RunAsync(Caller.System, JsonSerializer.SerializeToElement(body), key, Cancel);
    }

    public async Task<NoticeReceipt> SendAsync(Action<JsonObject>? shape = null, string itemId = "p-1")
    {
        NoticeReceived outcome = await TrySendAsync(shape, itemId: itemId);
        Assert.Empty(outcome.Problems);
        return outcome.Receipt!;
    }

    public Task<Notice> NoticeAsync(NoticeReceipt receipt) => Console.ReadAsync(db => db.Set<Notice>().AsNoTracking().SingleAsync(row => row.Number == receipt.Number, Cancel));

    public Task<ReviewTask> TaskOfAsync(long caseNumber) => Console.ReadAsync(db => db.Set<ReviewTask>().AsNoTracking()
        .OrderByDescending(row => row.Number).FirstAsync(row => row.CaseNumber == caseNumber, Cancel));

    public async Task<Decision> DecideAsync(long caseNumber, Verdict verdict = Verdict.Violation)
    {
        ActiveLease lease = await Console.HoldAsync(Moderator, await TaskOfAsync(caseNumber));
        DecideResult result = await Console.Use<DecideCase>().RunAsync(
            Moderator,
            new DecideCommand(lease.TaskNumber, lease.Fence, verdict)
            {
                PolicyId = verdict == Verdict.Violation ? Policy.Id : null,
                ReasonForUser = "What the author is told",
                InternalNote = "What the team noted",
            },
            Cancel);
        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        return await Console.ReadAsync(db => db.Set<Decision>().AsNoTracking().SingleAsync(row => row.Id == result.DecisionId, Cancel));
    }

    /// <summary>Time passes, clocks are looked after, and senders are told.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Console.Clock.Advance(time);
        await Console.Get<WatchClocks>().RunOnceAsync(Cancel);
        await Console.Get<SettleNotices>().RunOnceAsync(Cancel);
    }

    /// <summary>The messages of a kind, oldest first.</summary>
    public async Task<List<EnforcementAction>> MessagesAsync(DeliveryKind kind)
    {
        List<EnforcementAction> all = await Console.ReadAsync(db => db.Set<EnforcementAction>().AsNoTracking().Where(row => row.Kind == kind).ToListAsync(Cancel));
        return [.. all.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)];
    }

    public async Task<List<ClockAlertKind>> ToldAsync(NoticeReceipt receipt) =>
        [.. (await Console.ReadAsync(db => db.Set<ClockAlert>().Where(row => row.NoticeNumber == receipt.Number).Select(row => row.Kind).ToListAsync(Cancel))).Order()];

    public ValueTask DisposeAsync() => Console.DisposeAsync();
}
