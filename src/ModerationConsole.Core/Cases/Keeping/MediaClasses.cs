using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Cases.Keeping;

/// <summary>Originals and renditions that no case needs any more.</summary>
internal sealed class MediaClass(RemovedFiles files, CaseHolds holds) : IRecordClass
{
    public string Name => RecordClasses.Media;

    public int DefaultDays => 400;

    // What was removed for good must be kept for six months.
    public int LeastDays => 184;

    public string? Within => RecordClasses.Cases;

    public async Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken)
    {
        Guid after = Guid.Empty;
        while (await pass.ReadAsync(db => FindAsync(db, before, after, cancellationToken), cancellationToken).ConfigureAwait(false) is { Count: > 0 } found)
        {
            after = found[^1];
            foreach (Guid[] some in found.Chunk(RetentionPass.CasesAtOnce))
            {
                await pass.BatchAsync(
                    async (scope, cancel) =>
                    {
                        List<Guid> still = await Old(scope.Db, scope.Now, before).Where(row => some.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancel).ConfigureAwait(false);
                        await scope.RemoveMediaAsync(still, cancel).ConfigureAwait(false);
                        return still.Count;
                    },
                    cancellationToken).ConfigureAwait(false);
            }
        }

        await files.SweepAsync(pass, cancellationToken).ConfigureAwait(false);
    }

    private Task<List<Guid>> FindAsync(ConsoleDbContext db, DateTimeOffset before, Guid after, CancellationToken cancellationToken) =>
        Old(db, before.AddYears(100), before).Where(row => row.Id > after).OrderBy(row => row.Id).Select(row => row.Id).Take(RetentionPass.RowsAtOnce).ToListAsync(cancellationToken);

    // Every case that shows it is closed for long and not held; under a hold of its own it stays.
    private IQueryable<MediaObject> Old(ConsoleDbContext db, DateTimeOffset now, DateTimeOffset before)
    {
        IQueryable<Case> held = holds.Held(db, now);
        IQueryable<Case> needing = db.Set<Case>()
            .Where(about => about.State != CaseState.Closed || about.EndedAt == null || about.EndedAt >= before || held.Any(other => other.Number == about.Number));
        return db.Set<MediaObject>().Where(file => file.Sha256 != null && file.CreatedAt < before && (file.HoldUntil == null || file.HoldUntil < now)
            && !db.Set<ItemMedia>().Any(link => link.MediaId == file.Id && (
                needing.Any(about => about.ItemVersionId == link.ItemVersionId)
                || db.Set<RelatedItem>().Any(other => other.ItemVersionId == link.ItemVersionId && needing.Any(about => about.Number == other.CaseNumber)))));
    }
}

/// <summary>Who saw which step of which media.</summary>
internal sealed class RevealClass(CaseHolds holds) : IRecordClass
{
    public string Name => RecordClasses.Reveals;

    public int DefaultDays => 2 * 365;

    // Whether a person opened a file that was reported is asked for a year.
    public int LeastDays => 365;

    public string? Within => RecordClasses.Audit;

    public async Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken)
    {
        int removed;
        do
        {
            removed = await pass.BatchAsync(
                async (scope, cancel) =>
                {
                    IQueryable<Case> held = holds.Held(scope.Db, scope.Now);
                    List<Guid> old = await scope.Db.Set<MediaReveal>()
                        .Where(row => row.ExpiresAt < before && (row.CaseNumber == null || !held.Any(about => about.Number == row.CaseNumber)))
                        .OrderBy(row => row.ExpiresAt).Select(row => row.Id).Take(RetentionPass.RowsAtOnce).ToListAsync(cancel).ConfigureAwait(false);
                    await scope.RemoveAppendOnlyAsync(scope.Db.Set<MediaRevealEnd>().Where(row => old.Contains(row.RevealId)), cancel).ConfigureAwait(false);
                    return await scope.RemoveAppendOnlyAsync(scope.Db.Set<MediaReveal>().Where(row => old.Contains(row.Id)), cancel).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
        while (removed == RetentionPass.RowsAtOnce);
    }
}
