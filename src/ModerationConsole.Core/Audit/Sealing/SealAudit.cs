using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>
/// Gives every committed entry the next leaf of the tree, a moment after its commit, and signs a head at most each second. Of the
/// nodes one does so for all; two that did at once would get in each other's way but not wrong. What waits stands in a table, so
/// nothing that commits late, or was committed before a crash, is passed over.
/// </summary>
public sealed partial class SealAudit : BackgroundService
{
    // Entries come in crowds: this many milliseconds later one transaction seals them all.
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(400);
    // Other nodes' commits wake nobody here.
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    private readonly IDbContextFactory<ConsoleDbContext> _contexts;
    private readonly WritePath _writes;
    private readonly NodeDuty _duty;
    private readonly SealSignal _signal;
    private readonly SealHealth _health;
    private readonly TimeProvider _clock;
    private readonly ILogger<SealAudit> _log;
    private readonly SealBatch _batch;

    /// <summary>A sealer of this node.</summary>
    public SealAudit(
        IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, SealSignal signal, SealHealth health, SealingKeys keys, TileRoots roots,
        DatabaseOptions options, NodeDuties nodes, TimeProvider clock, ILogger<SealAudit> log)
    {
        (_contexts, _writes, _signal, _health, _clock, _log) = (contexts, writes, signal, health, clock, log);
        _batch = new SealBatch(keys, roots, options, clock);
        _duty = nodes.For(NodeDuties.Sealing);
    }

    /// <summary>Seals all that waits now. Returns whether leaves remain that a head will cover only later, because the last is younger than a second.</summary>
    /// <exception cref="AuditBrokenException">The stored tree contradicts its last head; nothing was sealed.</exception>
    public Task<bool> RunOnceAsync(CancellationToken cancellationToken) => RunOnceAsync(null, cancellationToken);

    /// <summary>Seals all that waits now, as long as this node has the duty.</summary>
    internal async Task<bool> RunOnceAsync(DutyTerm? term, CancellationToken cancellationToken)
    {
        bool headWaits = false;
        while (await AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            SealedBatch done = await _writes.RunAsync((scope, token) => SealAsync(scope, term, token), cancellationToken).ConfigureAwait(false);
            headWaits = done.HeadWaits;
            if (done.Sealed < SealBatch.Most)
            {
                break;
            }
        }

        _health.Sealed();
        return headWaits;
    }

    /// <summary>Seals all that waits now and waits for the head that covers it.</summary>
    /// <exception cref="AuditBrokenException">The stored tree contradicts its last head; nothing was sealed.</exception>
    public async Task RunToHeadAsync(CancellationToken cancellationToken)
    {
        while (await RunOnceAsync(cancellationToken).ConfigureAwait(false))
        {
            await Task.Delay(SealBatch.HeadEvery / 4, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                DutyTerm term = await _duty.TakenAsync(stoppingToken).ConfigureAwait(false);
                bool headWaits = await RunOnceAsync(term, stoppingToken).ConfigureAwait(false);
                await _signal.WaitAsync(headWaits ? SealBatch.HeadEvery : s_poll, _clock, stoppingToken).ConfigureAwait(false);
                await Task.Delay(s_gather, _clock, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (AuditBrokenException error)
            {
                _health.Broke();
                LogBroken(error.Message);
                await PauseAsync(TimeSpan.FromMinutes(1), stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // the database may be gone for a while; what waits is sealed later
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFault(error.GetType().Name);
                await PauseAsync(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<SealedBatch> SealAsync(WriteScope scope, DutyTerm? term, CancellationToken cancellationToken)
    {
        if (term is null || await scope.Db.HoldsAsync(term, cancellationToken).ConfigureAwait(false))
        {
            return await _batch.RunAsync(scope, cancellationToken).ConfigureAwait(false);
        }

        // Another node seals since this one fell silent.
        scope.Discard();
        return new SealedBatch(0, false);
    }

    private async Task PauseAsync(TimeSpan time, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(time, _clock, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    // Asked outside the write path: a quiet console takes nobody's turn.
    private async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (await db.Set<AuditUnsealed>().AnyAsync(cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            long? last = await db.Set<AuditLeaf>().MaxAsync(leaf => (long?)leaf.Index, cancellationToken).ConfigureAwait(false);
            long? covered = await db.Set<AuditTreeHead>().MaxAsync(head => (long?)head.Size, cancellationToken).ConfigureAwait(false);
            return last is { } index && index >= (covered ?? 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The audit is not what was signed: {Reason} Nothing is sealed until it is put right; run 'audit verify'")]
    private partial void LogBroken(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit could not be sealed ({Error}); trying again")]
    private partial void LogFault(string error);
}

/// <summary>Wakes the sealer of this node after a commit.</summary>
public sealed class SealSignal : CommitSignal;
