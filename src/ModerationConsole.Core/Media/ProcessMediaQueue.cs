using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Media;

/// <summary>
/// Fetches, stores and draws the media objects that wait, a few at a time. Woken by what is stored here and by new
/// cases of any node, and by a poll for the rest.
/// </summary>
public sealed partial class ProcessMediaQueue : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_ownTrouble = TimeSpan.FromSeconds(30);

    private readonly MediaProcessor _processor;
    private readonly FfmpegRenderer _renderer;
    private readonly WritePath _writes;
    private readonly IDbContextFactory<ConsoleDbContext> _contexts;
    private readonly CaseFeed _feed;
    private readonly NodePresence _presence;
    private readonly TimeProvider _clock;
    private readonly ILogger<ProcessMediaQueue> _log;
    private readonly TimeSpan _holdFor;
    private readonly WakeSignal _alarm = new();

    public ProcessMediaQueue(
        MediaFetcher fetcher, IMediaStore store, FfmpegRenderer renderer, IOptions<MediaOptions> options, WritePath writes,
        IDbContextFactory<ConsoleDbContext> contexts, CaseFeed feed, NodePresence presence, TimeProvider clock, ILogger<ProcessMediaQueue> log)
    {
        _processor = new MediaProcessor(fetcher, store, renderer, contexts);
        (_renderer, _writes, _contexts, _feed, _presence, _clock, _log) = (renderer, writes, contexts, feed, presence, clock, log);
        // Probe and drawing of this one, after waiting for those of another, and some air.
        _holdFor = TimeSpan.FromSeconds(options.Value.FetchTimeoutSeconds + (4 * options.Value.RenderTimeoutSeconds) + 30);
    }

    /// <summary>Looks at the queue now instead of at the next poll.</summary>
    public void Wake() => _alarm.Raise();

    /// <summary>Works on everything that is due, until nothing is. Returns how many objects were worked on.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var worked = 0;
        while (true)
        {
            var claims = await ClaimAsync(AtOnce, cancellationToken).ConfigureAwait(false);
            if (claims.Count == 0)
            {
                return worked;
            }

            worked += claims.Count;
            await Task.WhenAll(claims.Select(claim => WorkAsync(claim, cancellationToken))).ConfigureAwait(false);
        }
    }

    public override void Dispose()
    {
        _alarm.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watching = _feed.Subscribe(change => change.Kind == LiveKind.CaseQueued, _ => Wake());
        var running = new HashSet<Task>();
        var started = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                started = started || await StartUpAsync(stoppingToken).ConfigureAwait(false);
                running.RemoveWhere(task => task.IsCompleted);
                foreach (var claim in await ClaimAsync(AtOnce - running.Count, stoppingToken).ConfigureAwait(false))
                {
                    running.Add(WorkThenWakeAsync(claim, stoppingToken));
                }

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

        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private async Task<bool> StartUpAsync(CancellationToken cancellationToken)
    {
        if (!_renderer.LookForRenderer())
        {
            LogNoRenderer();
            return true;
        }

        if (await _renderer.Program.ConfinementAsync(cancellationToken).ConfigureAwait(false) != RendererConfinement.Sandboxed)
        {
            LogNoSandbox();
        }

        while (await _writes.RunAsync((scope, cancel) => scope.RequeueUnrenderedMediaAsync(cancel), cancellationToken)
            .ConfigureAwait(false) > 0)
        {
        }

        return true;
    }

    // Reading first: an idle console writes nothing.
    private async Task<IReadOnlyList<MediaClaim>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        if (most <= 0)
        {
            return [];
        }

        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var now = _clock.Now();
            var any = await db.Set<MediaObject>()
                .AnyAsync(row => row.State == MediaState.Pending && row.NextAttemptAt <= now, cancellationToken)
                .ConfigureAwait(false);
            if (!any)
            {
                return [];
            }
        }

        var term = _presence.Term;
        return await _writes.RunAsync((scope, cancel) => scope.ClaimMediaAsync(most, _holdFor, cancel, term), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task WorkThenWakeAsync(MediaClaim claim, CancellationToken cancellationToken)
    {
        await WorkAsync(claim, cancellationToken).ConfigureAwait(false);
        Wake();
    }

    private async Task WorkAsync(MediaClaim claim, CancellationToken cancellationToken)
    {
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, claim.Over);
        try
        {
            var ending = await _processor.ProcessAsync(claim, ours.Token).ConfigureAwait(false);
            await _writes.RunAsync((scope, cancel) => scope.FinishMediaAsync(claim, ending, cancel), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ours.IsCancellationRequested)
        {
            await PostponeAsync(claim, TimeSpan.Zero, counts: false).ConfigureAwait(false);
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

    private async Task PostponeAsync(MediaClaim claim, TimeSpan delay, bool counts)
    {
        try
        {
            await _writes.RunAsync((scope, cancel) => scope.PostponeMediaAsync(claim, delay, counts, cancel), CancellationToken.None)
                .ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the claim lapses by itself
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "ffmpeg or ffprobe is not installed: media is shown as placeholders until it is")]
    private partial void LogNoRenderer();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The renderer runs in no sandbox: bubblewrap is missing, refused by the kernel, or switched off")]
    private partial void LogNoSandbox();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The media queue could not be read or written ({Error}); trying again")]
    private partial void LogFault(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Media object {Id} was put off ({Error})")]
    private partial void LogPostponed(Guid id, string error);
}
