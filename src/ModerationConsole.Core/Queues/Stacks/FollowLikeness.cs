using System.Globalization;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Queues.Stacks;

/// <summary>Fills <see cref="WaitingLikeness"/> at start and keeps it up with what every node writes, by the live tail.</summary>
public sealed partial class FollowLikeness(
    IDbContextFactory<ConsoleDbContext> contexts, WaitingLikeness likeness, CaseFeed feed, TimeProvider clock, ILogger<FollowLikeness> log)
    : BackgroundService
{
    private const int MostPending = 20_000;
    private const int MostAtOnce = 500;
    private static readonly TimeSpan s_afterTrouble = TimeSpan.FromSeconds(5);

    private readonly Channel<OutboxEvent> _pending = Channel.CreateBounded<OutboxEvent>(new BoundedChannelOptions(MostPending) { SingleReader = true });
    private bool _missed;

    /// <summary>Reads all that waits.</summary>
    public async Task RebuildAsync(CancellationToken cancellationToken)
    {
        long? after = 0;
        while (after is { } last && likeness.Count < WaitingLikeness.MostCases)
        {
            ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (db.ConfigureAwait(false))
            {
                (List<long> cases, after) = await LikenessRows.WaitingAsync(db, last, cancellationToken).ConfigureAwait(false);
                await RenewAsync(db, cases, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes in what changed.</summary>
    public async Task TakeInAsync(IReadOnlyCollection<OutboxEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        HashSet<long> changed = [.. events.Where(change => change.Kind != LiveKind.MediaChanged).Select(change => change.CaseNumber).OfType<long>()];
        Guid[] media =
        [
            .. events.Where(change => change.Kind == LiveKind.MediaChanged && Guid.TryParse(change.State, CultureInfo.InvariantCulture, out _))
                .Select(change => Guid.Parse(change.State!, CultureInfo.InvariantCulture)).Distinct(),
        ];
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (media.Length > 0)
            {
                changed.UnionWith(await LikenessRows.CasesWithAsync(db, media, cancellationToken).ConfigureAwait(false));
            }

            await RenewAsync(db, changed, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Watching before reading: what changes in between is read twice, and nothing is missed.
        using IDisposable watching = feed.Subscribe(
            static change => change.Kind is LiveKind.CaseQueued or LiveKind.CaseChanged or LiveKind.MediaChanged, Offer);
        Volatile.Write(ref _missed, true);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (Interlocked.Exchange(ref _missed, false))
                {
                    await RebuildAsync(stoppingToken).ConfigureAwait(false);
                }

                await _pending.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false);
                await TakeInAsync(Batch(), stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the database may be gone for a while; everything is read again then
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFault(error.GetType().Name);
                Volatile.Write(ref _missed, true);
                await Task.Delay(s_afterTrouble, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Offer(IReadOnlyList<OutboxEvent> events)
    {
        foreach (OutboxEvent change in events)
        {
            if (!_pending.Writer.TryWrite(change) || change.Kind == LiveKind.Missed)
            {
                Volatile.Write(ref _missed, true);
                return;
            }
        }
    }

    private List<OutboxEvent> Batch()
    {
        List<OutboxEvent> batch = [];
        while (batch.Count < MostAtOnce && _pending.Reader.TryRead(out OutboxEvent? change))
        {
            batch.Add(change);
        }

        return batch;
    }

    private async Task RenewAsync(ConsoleDbContext db, IReadOnlyCollection<long> caseNumbers, CancellationToken cancellationToken)
    {
        if (caseNumbers.Count == 0)
        {
            return;
        }

        Dictionary<long, LikeCase> found = (await LikenessRows.ReadAsync(db, caseNumbers, cancellationToken).ConfigureAwait(false))
            .ToDictionary(row => row.CaseNumber);
        foreach (long number in caseNumbers)
        {
            if (found.TryGetValue(number, out LikeCase? about))
            {
                likeness.Put(about);
            }
            else
            {
                likeness.Remove(number);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits could not be compared ({Error}); reading it again")]
    private partial void LogFault(string error);
}
