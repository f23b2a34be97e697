using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>What became of a draft.</summary>
public enum SaveDraftOutcome
{
    Saved,

    /// <summary>It is longer than 100 000 characters or no JSON.</summary>
    Unfit,

    /// <summary>The person never had the task in hand, or may no longer see it.</summary>
    NotYours,

    /// <summary>The task is done or withdrawn.</summary>
    TaskEnded,
}

/// <summary>
/// Keeps what a person has begun to write about a task, also after the task was lost. A draft is nobody's decision and is not
/// audited.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class SaveDraft(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Puts <paramref name="content"/> in the place of what was kept.</summary>
    /// <param name="content">Any JSON of the desk's own.</param>
    public async Task<SaveDraftOutcome> RunAsync(Caller caller, long taskNumber, string content, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveDraft>(caller, cancellationToken).ConfigureAwait(false);
        if (content is null || content.Length > TextLength.Text || !IsJson(content))
        {
            return SaveDraftOutcome.Unfit;
        }

        bool seesChildSafety = await guard.HasAsync(caller, Permission.ChildSafety, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => SaveAsync(scope, caller, taskNumber, content, seesChildSafety, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SaveDraftOutcome> SaveAsync(
        WriteScope scope, Caller caller, long taskNumber, string content, bool seesChildSafety, CancellationToken cancellationToken)
    {
        TaskState? state = await (
            from task in scope.Db.Set<ReviewTask>()
            join about in scope.Db.Set<Case>() on task.CaseNumber equals about.Number
            where task.Number == taskNumber && (seesChildSafety || about.Sensitivity != Sensitivity.ChildSafety)
                && (scope.Db.Set<ActiveLease>().Any(lease => lease.TaskNumber == taskNumber && lease.PersonId == caller.Id)
                    || scope.Db.Set<LeaseRecord>().Any(lease => lease.TaskNumber == taskNumber && lease.PersonId == caller.Id))
            select (TaskState?)task.State).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (state is not (TaskState.Leased or TaskState.Waiting))
        {
            return state is null ? SaveDraftOutcome.NotYours : SaveDraftOutcome.TaskEnded;
        }

        Draft? draft = await scope.Db.Set<Draft>()
            .SingleOrDefaultAsync(row => row.TaskNumber == taskNumber && row.PersonId == caller.Id, cancellationToken).ConfigureAwait(false);
        if (draft is null)
        {
            draft = new Draft { TaskNumber = taskNumber, PersonId = caller.Id };
            scope.Db.Add(draft);
        }

        draft.Content = content;
        draft.SavedAt = scope.Now;
        return SaveDraftOutcome.Saved;
    }

    private static bool IsJson(string content)
    {
        try
        {
            using JsonDocument _ = JsonDocument.Parse(content);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
