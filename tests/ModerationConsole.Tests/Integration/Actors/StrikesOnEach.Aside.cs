using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Appeals;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Actors;

// Strikes of decisions that are made at the same moment, where several can write.
public abstract partial class StrikesOnEach
{
    private protected static async Task CountedAsideAsync(IDatabaseServer server)
    {
        Meeting meeting = new();
        void Meet(IServiceCollection services) => services.Insert(0, ServiceDescriptor.Singleton<IDecisionObserver>(meeting));
        Dictionary<string, string?> settings = await server.EmptyAsync();
        await using AppealRoom room = await AppealRoom.OpenAsync(server, settings, Meet);
        // A node has one writer for its verdicts: only those of two nodes can be blind to each other.
        await using TestConsole node = await TestConsole.StartAsync(new(settings) { ["Data:Directory"] = room.Console.DataDirectory }, Meet);
        await AutomaticAsync(room, 4, room.Restore.Id);
        (_, ReviewTask one) = await room.Console.CaseAsync(room.Queue, itemId: "p-1", author: AppealRoom.Account);
        (_, ReviewTask other) = await room.Console.CaseAsync(room.Queue, itemId: "p-2", author: AppealRoom.Account);
        ActiveLease first = await room.Console.HoldAsync(room.Author, one);
        ActiveLease second = await room.Console.HoldAsync(room.Judge, other);

        Task<Decision> decided = room.SubmitAsync(first, room.Author, Verdict.Violation);
        await meeting.FirstAsync();
        await Task.WhenAll(decided, room.SubmitAsync(second, room.Judge, Verdict.Violation, node: node));

        // Two strikes each: neither alone reaches four.
        Assert.Single(await StrikeSentAsync(room));
        await room.PassAsync();
        Assert.Equal(4, (await ReadAsync(room))!.Sum);
    }

    // Each of two decisions has begun before the other is stored. One that begins again does not wait again.
    private sealed class Meeting : IDecisionObserver
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _come;

        public Task FirstAsync() => _first.Task.WaitAsync(Cancel);

        public bool Concerns(ReviewTask task) => true;

        public Task DecidedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _come) > 1)
            {
                _both.TrySetResult();
            }

            _first.TrySetResult();
            return _both.Task.WaitAsync(cancellationToken);
        }

        public Task UndoneAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
