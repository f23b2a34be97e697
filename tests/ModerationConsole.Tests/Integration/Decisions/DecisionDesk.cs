using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

/// <summary>A moderator with one task on the screen, and short words for what they do with it.</summary>
internal sealed class DecisionDesk : IAsyncDisposable
{
    private DecisionDesk(TestConsole console, Caller person, CaseQueue queue, Case about, ReviewTask task, ActiveLease lease)
    {
        Console = console;
        Person = person;
        Queue = queue;
        Case = about;
        Task = task;
        Lease = lease;
    }

    public TestConsole Console { get; }

    public Caller Person { get; }

    public CaseQueue Queue { get; }

    public Case Case { get; }

    public ReviewTask Task { get; }

    public ActiveLease Lease { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<DecisionDesk> OpenAsync(
        Action<CaseQueue>? queueShape = null, QueueKind kind = QueueKind.Review, TaskKind task = TaskKind.First, string role = Core.People.Roles.Moderator,
        Sensitivity sensitivity = Sensitivity.Ordinary, Permission[]? own = null, TestConsole? console = null, Dictionary<string, string?>? settings = null)
    {
        console ??= await TestConsole.StartAsync(settings);
        Caller person = await console.PersonAsync(role, own: own ?? []);
        CaseQueue queue = await console.QueueAsync([person], queueShape, kind);
        (Case about, ReviewTask made) = await console.CaseAsync(queue, kind: task, sensitivity: sensitivity);
        ActiveLease lease = await console.HoldAsync(person, made);
        return new DecisionDesk(console, person, queue, about, made, lease);
    }

    public DecideCommand Command(Verdict verdict, params ActionOrder[] actions) => new(Task.Number, Lease.Fence, verdict) { Actions = actions };

    public Task<DecideResult> DecideAsync(DecideCommand command, Caller? by = null) =>
        Console.Use<DecideCase>().RunAsync(by ?? Person, command, Cancel);

    public Task<DecideResult> DecideAsync(Verdict verdict, params ActionOrder[] actions) => DecideAsync(Command(verdict, actions));

    public Task<UndoResult> UndoAsync(Guid? decisionId, Caller? by = null) =>
        Console.Use<UndoDecision>().RunAsync(by ?? Person, decisionId ?? Guid.Empty, Cancel);

    public Task<Decision> DecisionAsync(Guid? id) => Console.ReadAsync(db => db.Set<Decision>().SingleAsync(row => row.Id == id, Cancel));

    public Task<int> CountAsync<T>()
        where T : class => Console.ReadAsync(db => db.Set<T>().CountAsync(Cancel));

    public Task<List<EnforcementAction>> OrderedAsync() =>
        Console.ReadAsync(db => db.Set<EnforcementAction>().OrderBy(row => row.Id).ToListAsync(Cancel));

    public Task<Case> CaseNowAsync() => Console.ReadAsync(db => db.Set<Case>().SingleAsync(row => row.Number == Case.Number, Cancel));

    public Task<ReviewTask> TaskNowAsync(long? number = null) =>
        Console.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(row => row.Number == (number ?? Task.Number), Cancel));

    public ValueTask DisposeAsync() => Console.DisposeAsync();
}
