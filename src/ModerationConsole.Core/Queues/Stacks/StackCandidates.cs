using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Likeness;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Queues.Stacks;

/// <summary>What of all that is alike waits for a person at this moment, the closest first. Offer rules are asked by the caller.</summary>
internal sealed class StackCandidates(
    ConsoleDbContext db, Reviewer person, IReadOnlyList<(long CaseNumber, Alike Alike)> alike, DateTimeOffset now)
{
    public async Task<IReadOnlyList<(WaitingTask Task, Alike Alike)>> ReadAsync(long shownCase, CancellationToken cancellationToken)
    {
        Dictionary<long, Alike> how = alike.Where(match => match.CaseNumber != shownCase).ToDictionary(match => match.CaseNumber, match => match.Alike);
        List<WaitingTask> waiting = await WaitingAsync([.. how.Keys], cancellationToken).ConfigureAwait(false);
        Dictionary<long, string> texts = await TextsAsync(
            [shownCase, .. waiting.Select(task => task.CaseNumber).Where(number => how[number] == Alike.NearText)], cancellationToken).ConfigureAwait(false);
        HashSet<long> withMedia = await WithMediaAsync([.. texts.Keys], cancellationToken).ConfigureAwait(false);
        string shown = texts.GetValueOrDefault(shownCase, "");

        // Hashes are near by chance now and then, so near texts are compared themselves; where they differ, only the media is the same.
        Alike? Compare(long number) => how[number] != Alike.NearText || TextLikeness.Share(shown, texts[number]) >= TextLikeness.NearlyTheSame
            ? how[number]
            : withMedia.Contains(number) ? Alike.OtherWords : null;

        return
        [
            .. from task in waiting
               let compared = Compare(task.CaseNumber)
               where compared is not null
               orderby compared, task.TaskNumber
               select (task, compared.Value),
        ];
    }

    private Task<List<WaitingTask>> WaitingAsync(long[] cases, CancellationToken cancellationToken)
    {
        Guid me = person.Id;
        // A paused queue offers nothing, beside another case neither.
        Guid[] queues = [.. person.Queues.Where(queue => !person.IsPaused(queue, now))];
        return (
            from task in db.Set<WaitingTask>()
            join about in db.Set<Case>() on task.CaseNumber equals about.Number
            join queue in db.Set<CaseQueue>() on task.QueueId equals queue.Id
            where cases.Contains(task.CaseNumber) && queues.Contains(task.QueueId) && queue.Kind == QueueKind.Review
                && task.Kind == TaskKind.First && about.State == CaseState.Open
                && task.Sensitivity != Sensitivity.ChildSafety && about.Sensitivity != Sensitivity.ChildSafety
                && !db.Set<TaskExclusion>().Any(not => not.TaskNumber == task.TaskNumber && not.PersonId == me)
                && !db.Set<ActiveLease>().Any(lease => lease.ExclusiveKey == task.CaseNumber)
                && !(from link in db.Set<ItemMedia>()
                     join file in db.Set<MediaObject>() on link.MediaId equals file.Id
                     where link.ItemVersionId == about.ItemVersionId && file.ChildSafety
                     select file.Id).Any()
            select task).ToListAsync(cancellationToken);
    }

    private Task<Dictionary<long, string>> TextsAsync(long[] cases, CancellationToken cancellationToken) => (
        from about in db.Set<Case>()
        join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
        where cases.Contains(about.Number)
        select new { about.Number, Text = item.Text.Substring(0, TextForm.Longest) }).ToDictionaryAsync(row => row.Number, row => row.Text, cancellationToken);

    private async Task<HashSet<long>> WithMediaAsync(long[] cases, CancellationToken cancellationToken) => [.. await (
        from about in db.Set<Case>()
        where cases.Contains(about.Number) && db.Set<ItemMedia>().Any(link => link.ItemVersionId == about.ItemVersionId)
        select about.Number).ToListAsync(cancellationToken).ConfigureAwait(false)];
}
