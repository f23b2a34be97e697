using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

/// <summary>
/// Desks go on showing life while the verdicts of several are being made durable together. That changes leases that the verdicts
/// have read, so the database refuses the group, which then runs again as one.
/// </summary>
public sealed class HeartbeatTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Heartbeats_AmidAGroupOfVerdicts_CostNoVerdictMakeNoneTwiceAndLeaveTheGroupTogether()
    {
        Beats beats = new();
        await using TestConsole console = await TestConsole.StartAsync(
            await postgres.EmptyAsync(), services => services.AddSingleton<IDecisionObserver>(beats));
        console.Get<WriteGroup>().Longest = TimeSpan.FromMinutes(1);
        CaseQueue queue = await console.QueueAsync();
        List<(Caller Person, DecideCommand Command)> desks = [];
        for (int place = 0; place < 6; place++)
        {
            Caller person = await console.PersonAsync();
            await console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new QueueAccess { QueueId = queue.Id, PersonId = person.Id })));
            var (_, task) = await console.CaseAsync(queue);
            ActiveLease lease = await console.HoldAsync(person, task);
            desks.Add((person, new DecideCommand(task.Number, lease.Fence, Verdict.Allow)));
        }

        beats.All = () => Task.WhenAll(desks.Select(desk => console.Use<KeepLease>().RunAsync(desk.Person, Cancel)));
        // The one writer of verdicts is busy until all of them wait; what each may do is known already, so that they wait at once.
        await Task.WhenAll(desks.Select(desk => console.Get<IAccessGuard>().PermissionsOfAsync(desk.Person, Cancel).AsTask()));
        console.Clock.Advance(TimeSpan.FromSeconds(1));
        TaskCompletionSource go = new();
        Task<int> busy = console.Writes.RunAsync(
            async (_, _) =>
            {
                await go.Task;
                return 0;
            },
            Cancel,
            DecideLane.Lane);
        Task<DecideResult>[] deciding = [.. desks.Select(desk => console.Use<DecideCase>().RunAsync(desk.Person, desk.Command, Cancel))];
        go.SetResult();
        await busy;
        DecideResult[] results = await Task.WhenAll(deciding);
        await beats.Done;

        Assert.All(results, result => Assert.Equal(DecideOutcome.Decided, result.Outcome));
        Assert.Equal(6, await console.ReadAsync(db => db.Set<Decision>().CountAsync(Cancel)));
        Assert.Equal(0, await console.ReadAsync(db => db.Set<ActiveLease>().CountAsync(Cancel)));
        // The group that was refused, and the one that ran again.
        Assert.Equal(2, beats.Transactions);
    }

    /// <summary>Every desk shows life when the first verdict of a group was worked, before the group is made durable.</summary>
    private sealed class Beats : IDecisionObserver
    {
        private readonly HashSet<ConsoleDbContext> _contexts = [];
        private int _worked;

        public int Transactions => _contexts.Count;

        public Func<Task>? All { get; set; }

        public Task Done { get; private set; } = Task.CompletedTask;

        public async Task DecidedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
        {
            _contexts.Add(scope.Db);
            if (Interlocked.Increment(ref _worked) == 1)
            {
                Done = All!();
                // They would wait for the verdicts where those hold on to their leases.
                await Task.WhenAny(Done, Task.Delay(TimeSpan.FromSeconds(1), cancellationToken));
            }
        }

        public Task UndoneAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
