using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Media;

/// <summary>
/// Makes steps 1 and 2 of media whose step 0 is ready, one object at a time: never while any waits for its step 0, and
/// never with all the renderer's places. What waits, waits in the database.
/// </summary>
public sealed partial class RaiseLadders : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_ownTrouble = TimeSpan.FromSeconds(30);

    private readonly LadderProcessor _processor;
    private readonly FfmpegRenderer _renderer;
    private readonly WritePath _writes;
    private readonly IDbContextFactory<ConsoleDbContext> _contexts;
    private readonly NodePresence _presence;
    private readonly TimeProvider _clock;
    private readonly ILogger<RaiseLadders> _log;
    private readonly WakeSignal _alarm = new();
    private readonly TimeSpan _holdFor;
    private readonly IMediaStore _store;
    private DateTimeOffset _cleanAt;

    public RaiseLadders(
        IMediaStore store, FfmpegRenderer renderer, MediaHealth health, IOptions<MediaOptions> options, WritePath writes,
        IDbContextFactory<ConsoleDbContext> contexts, NodePresence presence, TimeProvider clock, ILogger<RaiseLadders> log)
    {
        _processor = new LadderProcessor(store, renderer, health, clock);
        (_store, _renderer, _writes, _contexts, _presence, _clock, _log) = (store, renderer, writes, contexts, presence, clock, log);
        // Two probes and two stills besides the clip, waiting for those of another before, and some air.
        _holdFor = TimeSpan.FromSeconds(options.Value.ClipTimeoutSeconds + (6 * options.Value.RenderTimeoutSeconds) + 30);
    }

    /// <summary>Looks at the queue now instead of at the next poll.</summary>
    public void Wake() => _alarm.Raise();

    /// <summary>Works on everything that is due, until nothing is. Returns how many objects were worked on.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var worked = 0;
        while (await ClaimAsync(cancellationToken).ConfigureAwait(false) is { } claim)
        {
            await WorkAsync(claim, cancellationToken).ConfigureAwait(false);
            worked++;
        }

        return worked;
    }

    public override void Dispose()
    {
        _alarm.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var queued = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Clean();
                queued = queued || await QueueOldAsync(stoppingToken).ConfigureAwait(false);
                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
                await _alarm.WaitAsync(s_poll, _clock, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // the database may be gone for a while; the queue goes on where it stood
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFault(error.GetType().Name);
                await Task.Delay(s_poll, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // What a killed console left lies half done in folders of its own. No work takes as long as a claim is held.
    private void Clean()
    {
        var now = _clock.Now();
        if (now >= _cleanAt)
        {
            _cleanAt = now + _holdFor;
            _store.DiscardAbandoned(now - _holdFor);
            BoundedProcess.RemoveAbandoned(now - _holdFor);
        }
    }

    private async Task<bool> QueueOldAsync(CancellationToken cancellationToken)
    {
        while (await _writes.RunAsync((scope, cancel) => scope.QueueLaddersAsync(cancel), cancellationToken)
            .ConfigureAwait(false) > 0)
        {
        }

        return true;
    }

    // Reading first: an idle console writes nothing. Without a renderer nothing is taken, and nothing is used up.
    private async Task<LadderClaim?> ClaimAsync(CancellationToken cancellationToken)
    {
        if (!_renderer.LookForRenderer())
        {
            return null;
        }

        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!await db.AnyLadderDueAsync(_clock.Now(), cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }

        var term = _presence.Term;
        return await _writes.RunAsync((scope, cancel) => scope.ClaimLadderAsync(_holdFor, cancel, term), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task WorkAsync(LadderClaim claim, CancellationToken cancellationToken)
    {
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, claim.Over);
        try
        {
            var ending = await _processor.ProcessAsync(claim, ours.Token).ConfigureAwait(false);
            if (ending.Problem == MediaProblem.RendererMissing)
            {
                // It went away since it was looked for: that says nothing of this object.
                await PostponeAsync(claim, s_ownTrouble, counts: false).ConfigureAwait(false);
                return;
            }

            await _writes.RunAsync((scope, cancel) => scope.FinishLadderAsync(claim, ending, cancel), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ours.IsCancellationRequested)
        {
            await PostponeAsync(claim, TimeSpan.Zero, counts: false).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
#pragma warning disable CA1031 // a full disk or a lost database must not take the other media down with it
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogPostponed(claim.Id, error.GetType().Name);
            // What is not known to be the disk or the database may be this file's doing: it must not come back for ever.
            var counts = error is not (IOException or UnauthorizedAccessException or DbException or DbUpdateException);
            await PostponeAsync(claim, s_ownTrouble, counts).ConfigureAwait(false);
        }
    }

    private async Task PostponeAsync(LadderClaim claim, TimeSpan delay, bool counts)
    {
        try
        {
            await _writes.RunAsync((scope, cancel) => scope.PostponeLadderAsync(claim, delay, counts, cancel), CancellationToken.None)
                .ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the claim lapses by itself
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue of renditions could not be read or written ({Error}); trying again")]
    private partial void LogFault(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Steps 1 and 2 of media object {Id} were put off ({Error})")]
    private partial void LogPostponed(Guid id, string error);
}
