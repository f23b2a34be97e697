using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Cases;

/// <summary>
/// Gives words to cases that have none: those of a database from before there was a search, and whatever a fault left without.
/// Walks once from the first case to the newest after each start, a little at a time, on one node for all.
/// </summary>
public sealed partial class IndexOldCases(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, NodeDuties nodes, TimeProvider clock, ILogger<IndexOldCases> log) : BackgroundService
{
    private const int BlockSize = 5_000;
    private const int BatchSize = 100;
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(30);

    private readonly NodeDuty _duty = nodes.For(NodeDuties.Upkeep);

    /// <summary>Walks through all cases once and returns how many got their words.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        int indexed = 0;
        for (long after = 0; ;)
        {
            (long? last, List<long> without) = await BlockAsync(after, cancellationToken).ConfigureAwait(false);
            foreach (long[] batch in without.Chunk(BatchSize))
            {
                await writes.RunAsync(
                    async (scope, token) =>
                    {
                        await scope.IndexWordsAsync(batch, token).ConfigureAwait(false);
                        return true;
                    },
                    cancellationToken).ConfigureAwait(false);
                indexed += batch.Length;
            }

            if (last is null)
            {
                return indexed;
            }

            after = last.Value;
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
                using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, term.Over);
                await RunOnceAsync(either.Token).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the database may be gone for a while; the next try finds what is left
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFault(error.GetType().Name);
                await Task.Delay(s_retry, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<(long? Last, List<long> Without)> BlockAsync(long after, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<long> block = await db.Set<Case>().Where(about => about.Number > after).OrderBy(about => about.Number).Take(BlockSize)
                .Select(about => about.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
            if (block.Count == 0)
            {
                return (null, []);
            }

            long last = block[^1];
            List<long> without = await db.Set<Case>()
                .Where(about => about.Number > after && about.Number <= last && about.Sensitivity != Sensitivity.ChildSafety
                    && !db.Set<CaseText>().Any(row => row.CaseNumber == about.Number))
                .Select(about => about.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
            return (last, without);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cases could not be given their words ({Error}); trying again")]
    private partial void LogFault(string error);
}
