using System.Collections.Concurrent;
using System.Diagnostics;

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>Desks at which people decide: allow, submit, and on to the next.</summary>
internal sealed class Deciders(IReadOnlyList<Circuit> desks)
{
    private int _done;

    /// <summary>From pressing Submit until the next task was drawn, milliseconds.</summary>
    public ConcurrentBag<double> Next { get; } = [];

    /// <summary>How many tasks were decided.</summary>
    public int Done => _done;

    /// <summary>Decides so many more, all desks side by side.</summary>
    /// <param name="pause">How long a person looks at a case; a different part of it at each desk comes first.</param>
    public Task RunAsync(int tasks, TimeSpan pause, bool measured)
    {
        int left = tasks;
        return Task.WhenAll(desks.Select(async (desk, place) =>
        {
            await Task.Delay(pause * place / desks.Count);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await Task.Delay(pause);
                await DecideAsync(desk, measured);
            }
        }));
    }

    private async Task DecideAsync(Circuit desk, bool measured)
    {
        DrawnCase shown = await desk.CaseAfterAsync(null);
        await desk.PressAsync("allow", shown);
        long pressed = Stopwatch.GetTimestamp();
        Task settled = desk.PressAsync("submit", shown, "{\"fields\":{}}");
        DrawnCase next = await desk.CaseAfterAsync(shown);
        await settled;
        Interlocked.Increment(ref _done);
        if (measured && next.At != 0)
        {
            Next.Add(Stopwatch.GetElapsedTime(pressed, next.At).TotalMilliseconds);
        }
    }
}
