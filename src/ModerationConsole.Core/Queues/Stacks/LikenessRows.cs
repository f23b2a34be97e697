using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Media.Likeness;

namespace ModerationConsole.Core.Queues.Stacks;

/// <summary>Reads what cases are compared by.</summary>
internal static class LikenessRows
{
    private const int PageSize = 2_000;

    /// <summary>
    /// Of these cases, those that may be stacked: with an open first judgement, and nothing of child safety about them. All
    /// other kinds of task are judgements of their own: a second look, a question, an appeal, and what measures people.
    /// </summary>
    public static async Task<List<LikeCase>> ReadAsync(ConsoleDbContext db, IReadOnlyCollection<long> caseNumbers, CancellationToken cancellationToken)
    {
        var rows = await (
            from task in db.Set<ReviewTask>()
            join about in db.Set<Case>() on task.CaseNumber equals about.Number
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where caseNumbers.Contains(task.CaseNumber) && task.Kind == TaskKind.First
                && (task.State == TaskState.Waiting || task.State == TaskState.Leased) && about.Sensitivity != Sensitivity.ChildSafety
            select new { about.Number, item.Id, item.TypeId, item.TextKey, item.TextHash }).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        Guid[] versions = [.. rows.Select(row => row.Id)];
        var media = (await (
            from link in db.Set<ItemMedia>()
            join file in db.Set<MediaObject>() on link.MediaId equals file.Id
            where versions.Contains(link.ItemVersionId)
            select new { link.ItemVersionId, file.Sha256, file.Pdq, file.PdqQuality, file.ChildSafety }).ToListAsync(cancellationToken).ConfigureAwait(false))
            .ToLookup(row => row.ItemVersionId);
        return
        [
            .. from row in rows
               where !media[row.Id].Any(file => file.ChildSafety)
               select new LikeCase(
                   row.Number, row.TypeId, row.TextKey, row.TextHash, [.. media[row.Id].Select(file => MediaOf(file.Sha256, file.Pdq, file.PdqQuality))]),
        ];
    }

    /// <summary>Cases that have a piece of media, as far as they may be stacked.</summary>
    public static Task<List<long>> CasesWithAsync(ConsoleDbContext db, IReadOnlyCollection<Guid> mediaIds, CancellationToken cancellationToken) => (
        from link in db.Set<ItemMedia>()
        join about in db.Set<Case>() on link.ItemVersionId equals about.ItemVersionId
        where mediaIds.Contains(link.MediaId) && about.State == CaseState.Open
        select about.Number).Distinct().ToListAsync(cancellationToken);

    /// <summary>A page of the cases that wait for a first judgement, in the order of their tasks.</summary>
    /// <param name="after">The last task of the page before.</param>
    public static async Task<(List<long> Cases, long? Last)> WaitingAsync(ConsoleDbContext db, long after, CancellationToken cancellationToken)
    {
        var page = await db.Set<WaitingTask>()
            .Where(row => row.TaskNumber > after && row.Kind == TaskKind.First)
            .OrderBy(row => row.TaskNumber).Take(PageSize)
            .Select(row => new { row.TaskNumber, row.CaseNumber }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return ([.. page.Select(row => row.CaseNumber)], page.Count < PageSize ? null : page[^1].TaskNumber);
    }

    /// <summary>A file by its hashes as they are stored.</summary>
    public static LikeMedia MediaOf(string? sha256, string? pdq, int? quality) => new(
        sha256 is null ? null : UInt128.Parse(sha256.AsSpan(0, 32), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        quality > PictureHash.WorthlessQuality && PictureHash.TryParse(pdq, out PictureHash hash) ? hash : null);
}
