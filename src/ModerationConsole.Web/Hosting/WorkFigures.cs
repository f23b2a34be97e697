using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Intake.Arrivals;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Web.Hosting;

/// <summary>How the work stands, by numbers alone.</summary>
/// <param name="OutboxLag">Events that this node has not told of yet; null before it told of any.</param>
internal sealed record Work(
    int Waiting, int Leased, int Stranded, int PendingDeliveries, int FailedDeliveries, SealState Seal, MediaWaiting Media, long? OutboxLag, ArrivalsWaiting Arrivals);

/// <summary>Reads how the work stands. Whoever may ask may ask often; the database is asked at most every five seconds.</summary>
internal sealed class WorkFigures(
    IServiceProvider services, IDbContextFactory<ConsoleDbContext> contexts, ToldEvents told, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _reading = new(1);
    private (long At, Work Work)? _last;

    /// <summary>What was last read; null before the first time.</summary>
    public Work? Last => _last?.Work;

    /// <summary>How it stands now, or stood up to five seconds ago.</summary>
    public async Task<Work> ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { } last || clock.GetElapsedTime(last.At) >= s_memory)
            {
                _last = last = (clock.GetTimestamp(), await ReadNowAsync(cancellationToken));
            }

            return last.Work;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<Work> ReadNowAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<QueueBoardRow> board = await services.GetRequiredService<QueueBoard>().RunAsync(Caller.System, cancellationToken);
        CountDeliveries deliveries = services.GetRequiredService<CountDeliveries>();
        return new Work(
            board.Sum(row => row.Figures.Waiting),
            board.Sum(row => row.Leased),
            board.Sum(row => row.Stranded),
            await deliveries.RunAsync(Caller.System, EnforcementState.Pending, cancellationToken),
            await deliveries.RunAsync(Caller.System, EnforcementState.Failed, cancellationToken),
            await services.GetRequiredService<GetSealState>().RunAsync(Caller.System, cancellationToken),
            await services.GetRequiredService<MediaBacklog>().CountAsync(cancellationToken),
            await OutboxLagAsync(cancellationToken),
            await services.GetRequiredService<ArrivalBacklog>().CountAsync(cancellationToken));
    }

    private async Task<long?> OutboxLagAsync(CancellationToken cancellationToken)
    {
        if (told.LastSequence is not { } seen)
        {
            return null;
        }

        await using ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return Math.Max(0, await db.Set<OutboxEvent>().MaxAsync(row => (long?)row.Sequence, cancellationToken) - seen ?? 0);
    }
}

/// <summary>Follows what this node tells its pages: up to where, and how long after the act.</summary>
internal sealed class ToldEvents(CaseFeed feed, TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly Histogram<double> s_delay = OwnGauges.Meter.CreateHistogram<double>(
        "moderation.outbox.delay", "s", "How long after an act the open pages of this node are told.");

    private IDisposable? _watching;
    private long _sequence;

    /// <summary>The last event that was told; null before the first.</summary>
    public long? LastSequence => Interlocked.Read(ref _sequence) is > 0 and var sequence ? sequence : null;

    /// <summary>How long after its act the last event was told, seconds.</summary>
    public double LastDelay { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watching = feed.Subscribe(_ => true, Told);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _watching?.Dispose();

    private void Told(IReadOnlyList<OutboxEvent> events)
    {
        OutboxEvent last = events[^1];
        LastDelay = Math.Max(0, (clock.GetUtcNow() - last.At).TotalSeconds);
        s_delay.Record(LastDelay);
        Interlocked.Exchange(ref _sequence, last.Sequence);
    }
}
