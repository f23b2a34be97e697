using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>A report as a decision keeps and tells it.</summary>
internal sealed record KnownReport(Guid Id, WebhookReport Told);

/// <summary>What a verdict depends on, asked for many at once.</summary>
internal static class DecisionReads
{
    // Rows that are read for a group at once at most: a case with very many reports is read for itself.
    private const int MaxRows = 4_000;

    /// <summary>By task: the case, its item and its queue. Only the case is tracked; the item's text is not read.</summary>
    public static Reading<long, JudgedTask> Judged { get; } = new(async (db, tasks, cancellationToken) => (await (
        from task in db.Set<ReviewTask>()
        join about in db.Set<Case>() on task.CaseNumber equals about.Number
        join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
        join type in db.Set<ItemType>() on item.TypeId equals type.Id
        join queue in db.Set<CaseQueue>() on task.QueueId equals queue.Id
        where tasks.Contains(task.Number)
        select new
        {
            task.Number,
            about,
            item = new JudgedVersion(item.Id, item.TypeId, item.ItemId, item.ContentHash, item.CreatorTypeId, item.CreatorId, type.Name, type.Kind),
            queue,
        }).ToListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(row => row.Number, row => new JudgedTask(row.about, row.item, row.queue)));

    /// <summary>By case: its reports, newest first.</summary>
    public static Reading<long, List<KnownReport>> Reports { get; } = new(async (db, cases, cancellationToken) =>
    {
        int most = cases.Count == 1 ? DecisionSnapshot.MaxReports : MaxRows;
        var rows = await db.Set<Report>().Where(row => cases.Contains(row.CaseNumber)).OrderByDescending(row => row.ReceivedAt).Take(most)
            .Select(row => new { row.CaseNumber, Report = new KnownReport(row.Id, new WebhookReport(row.Reason, row.ReporterTypeId, row.ReporterId)) })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return cases.Count > 1 && rows.Count == most ? null : rows.GroupBy(row => row.CaseNumber)
            .ToDictionary(group => group.Key, group => group.Take(DecisionSnapshot.MaxReports).Select(row => row.Report).ToList());
    });

    /// <summary>By case: versions of related items, in the order shown.</summary>
    public static Reading<long, List<Guid>> Related { get; } = new(async (db, cases, cancellationToken) => (await db.Set<RelatedItem>()
        .Where(row => cases.Contains(row.CaseNumber)).OrderBy(row => row.Relation).ThenBy(row => row.Position)
        .Select(row => new { row.CaseNumber, row.ItemVersionId }).ToListAsync(cancellationToken).ConfigureAwait(false))
        .GroupBy(row => row.CaseNumber).ToDictionary(group => group.Key, group => group.Select(row => row.ItemVersionId).ToList()));

    /// <summary>By item version: its media, in order.</summary>
    public static Reading<Guid, List<Guid>> Media { get; } = new(async (db, items, cancellationToken) => (await db.Set<ItemMedia>()
        .Where(row => items.Contains(row.ItemVersionId)).OrderBy(row => row.Position)
        .Select(row => new { row.ItemVersionId, row.MediaId }).ToListAsync(cancellationToken).ConfigureAwait(false))
        .GroupBy(row => row.ItemVersionId).ToDictionary(group => group.Key, group => group.Select(row => row.MediaId).ToList()));

    /// <summary>By id: a policy in the version in force.</summary>
    public static Reading<string, UsedPolicy> Policies { get; } = new(async (db, ids, cancellationToken) => await (
        from row in db.Set<Policy>()
        join version in db.Set<PolicyVersion>() on new { PolicyId = row.Id, Number = row.CurrentVersion } equals new { version.PolicyId, version.Number }
        where ids.Contains(row.Id)
        select new UsedPolicy(row.Id, row.Code, row.Name, row.Severity, row.Archived, version.Id, version.Number, row.ReasonRequired, row.NextFrom, row.Queues))
        .ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false));

    /// <summary>By id of a version: a policy as it was in it.</summary>
    private static Reading<Guid, UsedPolicy> Versions { get; } = new(async (db, ids, cancellationToken) => await (
        from version in db.Set<PolicyVersion>()
        join row in db.Set<Policy>() on version.PolicyId equals row.Id
        where ids.Contains(version.Id)
        select new UsedPolicy(row.Id, version.Code, version.Name, version.Severity, row.Archived, version.Id, version.Number, version.ReasonRequired, row.NextFrom, version.Queues))
        .ToDictionaryAsync(row => row.VersionId, cancellationToken).ConfigureAwait(false));

    /// <summary>The policy of a decision in the version that it was made with, whatever is in force since.</summary>
    public static async ValueTask<UsedPolicy?> PolicyOfAsync(this ReadAhead reads, Decision decided, CancellationToken cancellationToken) =>
        decided.PolicyVersionId is { } version ? await reads.FindAsync(Versions, version, cancellationToken).ConfigureAwait(false)
        : decided.PolicyId is { } id ? await reads.FindAsync(Policies, id, cancellationToken).ConfigureAwait(false)
        : null;

    /// <summary>By task and person: what they had begun to write, without its text.</summary>
    public static Reading<(long Task, Guid PersonId), Draft> Drafts { get; } = new(async (db, asked, cancellationToken) =>
    {
        long[] tasks = [.. asked.Select(key => key.Task).Distinct()];
        return (await db.Set<Draft>().Where(row => tasks.Contains(row.TaskNumber)).Select(row => new { row.TaskNumber, row.PersonId, row.Version })
            .ToListAsync(cancellationToken).ConfigureAwait(false))
            .ToDictionary(row => (row.TaskNumber, row.PersonId), row => new Draft { TaskNumber = row.TaskNumber, PersonId = row.PersonId, Version = row.Version });
    });

    /// <summary>By person: what the platform may know them as.</summary>
    public static Reading<Guid, string> Pseudonyms { get; } = new(async (db, people, cancellationToken) => await db.Set<Moderator>()
        .Where(row => people.Contains(row.Id)).Select(row => new { row.Id, row.Pseudonym })
        .ToDictionaryAsync(row => row.Id, row => row.Pseudonym, cancellationToken).ConfigureAwait(false));
}
