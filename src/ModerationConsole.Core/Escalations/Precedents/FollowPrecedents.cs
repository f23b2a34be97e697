using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>Keeps a node's <see cref="PrecedentIndex"/> up with what every node writes: what changed since it was last asked is read before it answers.</summary>
public sealed class FollowPrecedents(PrecedentIndex index, IDbContextFactory<ConsoleDbContext> contexts, TimeProvider clock)
{
    private const int PageSize = 1_000;

    // A change carries the time at which its write began; it is committed, and seen here, within this, whatever node's clock it was.
    private static readonly TimeSpan s_late = TimeSpan.FromMinutes(1);

    private readonly SharedReads<int, int> _reads = new();
    private DateTimeOffset _since = DateTimeOffset.MinValue;

    /// <summary>Takes in what changed before this was asked; those who ask at the same time share a read.</summary>
    public Task RenewAsync(CancellationToken cancellationToken) => _reads.GetAsync(0, ReadChangesAsync, cancellationToken);

    // One runs after another, so they share the time since which they read.
    private async Task<int> ReadChangesAsync()
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            DateTimeOffset begun = clock.Now();
            DateTimeOffset since = _since == DateTimeOffset.MinValue ? DateTimeOffset.UnixEpoch : _since - s_late;
            var changes = await db.Set<Precedent>().Where(row => row.ChangedAt >= since).Select(row => new { row.Number, row.Version }).ToListAsync().ConfigureAwait(false);
            IReadOnlyList<long> news = index.NewAmong(changes.Select(row => (row.Number, row.Version)));
            foreach (long[] part in news.Chunk(PageSize))
            {
                index.Put(part, await ReadAsync(db, part).ConfigureAwait(false));
            }

            _since = begun;
            return news.Count;
        }
    }

    // One that is gone for everyone has no mark to tell that its change was read: it is read again with each renewal of the next minute.
    private static async Task<Dictionary<long, PrecedentMark>> ReadAsync(ConsoleDbContext db, long[] numbers)
    {
        var rows = await (
            from row in db.Set<Precedent>().AsNoTracking()
            join text in db.Set<PrecedentText>() on row.Number equals text.PrecedentNumber
            where numbers.Contains(row.Number) && !row.ChildSafety
            join about in db.Set<Case>().Where(row => row.Sensitivity != Sensitivity.ChildSafety) on row.CaseNumber equals about.Number into cases
            from about in cases.DefaultIfEmpty()
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id into items
            from item in items.DefaultIfEmpty()
            select new
            {
                row.Number,
                row.Version,
                row.State,
                row.Grounds,
                text.Words,
                ItemId = item == null ? null : (Guid?)item.Id,
                TypeId = item == null ? null : item.TypeId,
                TextKey = item == null ? null : item.TextKey,
                TextHash = item == null ? null : item.TextHash,
            }).ToListAsync().ConfigureAwait(false);
        ILookup<Guid, LikeMedia> media = await CaseTraits.MediaAsync(db, [.. rows.Select(row => row.ItemId).OfType<Guid>()], CancellationToken.None).ConfigureAwait(false);
        return rows.ToDictionary(row => row.Number, row => new PrecedentMark(
            row.Number, row.Version, row.State == PrecedentState.InForce,
            new LikeCase(row.Number, row.TypeId ?? "", row.TextKey, row.TextHash, row.ItemId is { } item ? [.. media[item]] : []),
            CommonWords.TellingIn(row.Words), row.Grounds.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }
}

/// <summary>Reads all precedents when a node starts, so that its first desk does not wait for that.</summary>
internal sealed partial class ReadPrecedentsAhead(FollowPrecedents follow, ILogger<ReadPrecedentsAhead> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await follow.RenewAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops before it began.
        }
#pragma warning disable CA1031 // the database may be away for a while: whoever asks first reads them then
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(log, error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Precedents could not be read ahead ({Error}); the first desk that asks for them reads them")]
    private static partial void LogFault(ILogger logger, string error);
}
