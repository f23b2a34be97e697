using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Intake.Arrivals;

/// <summary>
/// Takes in what was promised, many requests in one transaction. One node does it for all, because versions of an item must come
/// in the order of their promises; when it dies, another goes on where it left off. A request that the console fails at is set
/// aside, so that it keeps no other waiting.
/// </summary>
public sealed partial class TakeInArrivals : BackgroundService
{
    private const int MostTries = 3;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly IDbContextFactory<ConsoleDbContext> _contexts;
    private readonly WritePath _writes;
    private readonly ItemCatalogs _catalogs;
    private readonly ArrivalSignal _signal;
    private readonly TimeProvider _clock;
    private readonly ILogger<TakeInArrivals> _log;
    private readonly NodeDuty _duty;
    private readonly TimeSpan _poll;

    public TakeInArrivals(
        IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, ItemCatalogs catalogs, ArrivalSignal signal, NodeDuties duties,
        DatabaseOptions options, TimeProvider clock, ILogger<TakeInArrivals> log)
    {
        ArgumentNullException.ThrowIfNull(duties);
        ArgumentNullException.ThrowIfNull(options);
        (_contexts, _writes, _catalogs, _signal, _clock, _log) = (contexts, writes, catalogs, signal, clock, log);
        _duty = duties.For(NodeDuties.Intake);
        // What this node promised wakes it. What others promised it has to look for.
        _poll = TimeSpan.FromMilliseconds(options.HasOneWriter ? 1_000 : 100);
    }

    /// <summary>Takes in what waits longest; returns how many requests that were, those set aside included.</summary>
    public Task<int> RunOnceAsync(CancellationToken cancellationToken) => RunOnceAsync(null, cancellationToken);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DutyTerm? before = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                DutyTerm term = await _duty.TakenAsync(stoppingToken).ConfigureAwait(false);
                if (term != before)
                {
                    await _writes.RunAsync((scope, cancel) => scope.TryAgainAsync(cancel), stoppingToken, ArrivalLanes.TakingIn).ConfigureAwait(false);
                    before = term;
                }

                if (await RunOnceAsync(term, stoppingToken).ConfigureAwait(false) == 0)
                {
                    await _signal.WaitAsync(_poll, _clock, stoppingToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // the database may be gone for a while; what waits goes on waiting
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFault(error.GetType().Name);
                await Task.Delay(s_pause, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> RunOnceAsync(DutyTerm? term, CancellationToken cancellationToken)
    {
        ItemCatalog catalog = await _catalogs.GetAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ReadArrival> together = await _contexts.ReadAsync(catalog, cancellationToken).ConfigureAwait(false);
        if (together.Count > 0)
        {
            await TakeInAsync(term, together, catalog, cancellationToken).ConfigureAwait(false);
        }

        return together.Count;
    }

    private async Task TakeInAsync(DutyTerm? term, IReadOnlyList<ReadArrival> arrivals, ItemCatalog catalog, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (!await _writes.RunAsync((scope, cancel) => scope.TakeInAsync(term, arrivals, catalog, cancel), cancellationToken, ArrivalLanes.TakingIn)
                    .ConfigureAwait(false))
                {
                    // A type was changed since, or another node was faster: all of it is read again, and not at once, because
                    // this node may have to learn first that it has lost the duty.
                    await Task.Delay(Random.Shared.Next(5, 20), cancellationToken).ConfigureAwait(false);
                    await _catalogs.ReadAsync(cancellationToken).ConfigureAwait(false);
                }

                return;
            }
            catch (Exception error) when (Passes(error))
            {
                throw;
            }
            catch (Exception) when (arrivals.Count > 1)
            {
                foreach (ReadArrival alone in arrivals)
                {
                    await TakeInAsync(term, [alone], catalog, cancellationToken).ConfigureAwait(false);
                }

                return;
            }
            catch (Exception) when (attempt < MostTries)
            {
                // Whatever it was, it may be over in a moment.
                await Task.Delay(Random.Shared.Next(5, 20), cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // it must not keep the others waiting
            catch (Exception error)
#pragma warning restore CA1031
            {
                await _writes.RunAsync((scope, cancel) => scope.SetAsideAsync(arrivals[0].Number, error, cancel), cancellationToken, ArrivalLanes.TakingIn)
                    .ConfigureAwait(false);
                LogSetAside(arrivals[0].Number, error.GetType().Name);
                return;
            }
        }
    }

    // The server is away, or others were in the way for long: that says nothing of the items.
    private static bool Passes(Exception error) => error is OperationCanceledException or CommitUnknownException || Unreachable.Is(error) || WriteConflict.Is(error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Items that wait to be taken in could not be worked ({Error}); trying again")]
    private partial void LogFault(string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {Number} could not be taken in ({Error}); it is set aside, and tried again when the console starts")]
    private partial void LogSetAside(long number, string error);
}
