using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Media;

/// <summary>
/// Rewrites the files of child-safety media encrypted and removes the plain ones. The gate hides them from the moment they
/// are marked; this is about the disk, and one node does it for all. What is to be done is told by the rows, so a killed console does the rest later.
/// </summary>
public sealed partial class EncryptChildSafetyMedia(
    IMediaStore store, WritePath writes, IDbContextFactory<ConsoleDbContext> contexts, CaseFeed feed, NodeDuties nodes, TimeProvider clock,
    ILogger<EncryptChildSafetyMedia> log) : BackgroundService
{
    private const int AtOnce = 50;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(10);

    private readonly WakeSignal _alarm = new();
    private readonly NodeDuty _duty = nodes.For(NodeDuties.Upkeep);

    /// <summary>Encrypts what is to be encrypted. Returns how many originals were, with their renditions.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        while (true)
        {
            var hashes = await FindAsync(cancellationToken).ConfigureAwait(false);
            var before = done;
            foreach (var hash in hashes)
            {
                done += await TryEncryptAsync(hash, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }

            // When none of a batch could be done, the rest of them would be tried without end.
            if (hashes.Count < AtOnce || done == before)
            {
                return done;
            }
        }
    }

    public override void Dispose()
    {
        _alarm.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watching = feed.Subscribe(change => change.ChildSafety, _ => _alarm.Raise());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _duty.TakenAsync(stoppingToken).ConfigureAwait(false);
                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
                await _alarm.WaitAsync(s_poll, clock, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // the database may be gone for a while; the rest is done when it is back
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFault(error.GetType().Name);
                await Task.Delay(s_poll, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<List<string>> FindAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.PlainChildSafetyAsync(AtOnce, cancellationToken).ConfigureAwait(false);
        }
    }

    // A full disk or a key that is gone must not keep the other media plain.
    private async Task<bool> TryEncryptAsync(string sha256, CancellationToken cancellationToken)
    {
        try
        {
            var key = await store.EncryptAsync(sha256, cancellationToken).ConfigureAwait(false);
            await writes.RunAsync((scope, cancel) => scope.FinishEncryptionAsync(sha256, key, cancel), cancellationToken)
                .ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            LogLeftPlain(error.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A media file could not be encrypted ({Error}); it is tried again")]
    private partial void LogLeftPlain(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Media to be encrypted could not be looked for ({Error}); trying again")]
    private partial void LogFault(string error);
}
