using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>Keeps a node's <see cref="PrecedentIndex"/> up with what every node writes: what changed since it was last asked is read before it answers.</summary>
public sealed class FollowPrecedents(PrecedentIndex index, TimeProvider clock) : IDisposable
{
    private const int PageSize = 1_000;

    // A change carries the time at which its write began; it is committed, and seen here, within this, whatever node's clock it was.
    private static readonly TimeSpan s_late = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private DateTimeOffset _since = DateTimeOffset.MinValue;

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    /// <summary>Takes in what changed.</summary>
    public async Task RenewAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DateTimeOffset begun = clock.Now();
            DateTimeOffset since = _since == DateTimeOffset.MinValue ? DateTimeOffset.UnixEpoch : _since - s_late;
            List<(long Number, long Version)> changes = [.. (await db.Set<Precedent>().Where(row => row.ChangedAt >= since)
                .Select(row => new { row.Number, row.Version }).ToListAsync(cancellationToken).ConfigureAwait(false)).Select(row => (row.Number, row.Version))];
            foreach (long[] part in index.NewAmong(changes).Chunk(PageSize))
            {
                index.Put(part, await ReadAsync(db, part, cancellationToken).ConfigureAwait(false));
            }

            _since = begun;
        }
        finally
        {
            _reading.Release();
        }
    }

    // Held by their numbers, those that are gone for everyone have no mark, so that a change of them is read once each minute at most.
    private static async Task<Dictionary<long, PrecedentMark>> ReadAsync(ConsoleDbContext db, long[] numbers, CancellationToken cancellationToken)
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
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
        ILookup<Guid, LikeMedia> media = await CaseTraits.MediaAsync(db, [.. rows.Select(row => row.ItemId).OfType<Guid>()], cancellationToken).ConfigureAwait(false);
        return rows.ToDictionary(row => row.Number, row => new PrecedentMark(
            row.Number, row.Version, row.State == PrecedentState.InForce,
            new LikeCase(row.Number, row.TypeId ?? "", row.TextKey, row.TextHash, row.ItemId is { } item ? [.. media[item]] : []),
            CommonWords.TellingIn(row.Words), row.Grounds.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }
}

/// <summary>Reads all precedents when a node starts, so that its first desk does not wait for that.</summary>
internal sealed class ReadPrecedentsAhead(IDbContextFactory<ConsoleDbContext> contexts, FollowPrecedents follow) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            ConsoleDbContext db = await contexts.CreateDbContextAsync(stoppingToken).ConfigureAwait(false);
            await using (db.ConfigureAwait(false))
            {
                await follow.RenewAsync(db, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops before it began.
        }
#pragma warning disable CA1031 // the database may be away for a while: whoever asks first reads them then
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
