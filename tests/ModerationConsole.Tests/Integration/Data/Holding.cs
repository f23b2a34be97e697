using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Data;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Data;

/// <summary>Keeps the writer busy until what is to share a commit waits, then counts commits.</summary>
internal sealed class Holding : IDisposable
{
    private readonly TaskCompletionSource _release = new();
    private readonly Task _busy;
    private readonly CommitCount _count;
    private readonly int _before;

    private Holding(Task busy, TaskCompletionSource release, CommitCount count) =>
        (_busy, _release, _count, _before) = (busy, release, count, count.Commits);

    /// <summary>A console whose commits are counted, and whose groups are not cut short by a slow machine.</summary>
    public static async Task<TestConsole> ConsoleAsync(Action<IServiceCollection>? configure = null)
    {
        TestConsole console = await TestConsole.StartAsync(configure: services =>
        {
            services.AddSingleton<CommitCount>().AddSingleton<ICommitListener>(provider => provider.GetRequiredService<CommitCount>());
            configure?.Invoke(services);
        });
        console.Get<WriteGroup>().Longest = TimeSpan.FromMinutes(1);
        return console;
    }

    public static Holding Take(TestConsole console)
    {
        TaskCompletionSource release = new();
        TaskCompletionSource begun = new();
        Task busy = console.Writes.RunAsync(async (_, _) =>
        {
            begun.SetResult();
            await release.Task;
            return 0;
        }, TestContext.Current.CancellationToken);
        begun.Task.GetAwaiter().GetResult();
        return new Holding(busy, release, console.Get<CommitCount>());
    }

    /// <summary>Lets go and returns how many commits it took until <paramref name="done"/>.</summary>
    public async Task<int> CommitsUntilAsync(Task done)
    {
        _release.TrySetResult();
        await _busy;
        await done;
        return _count.Commits - _before - 1;
    }

    public void Dispose() => _release.TrySetResult();

    private sealed class CommitCount : ICommitListener
    {
        private int _commits;

        public int Commits => Volatile.Read(ref _commits);

        public void Committed() => Interlocked.Increment(ref _commits);
    }
}
