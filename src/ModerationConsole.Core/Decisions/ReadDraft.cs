using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>Finds again what the caller had begun to write about a task.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ReadDraft(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>The draft as it was kept; null when there is none.</summary>
    public async Task<string?> RunAsync(Caller caller, long taskNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadDraft>(caller, cancellationToken).ConfigureAwait(false);
        bool seesChildSafety = await guard.HasAsync(caller, Permission.ChildSafety, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from draft in db.Set<Draft>()
                join task in db.Set<ReviewTask>() on draft.TaskNumber equals task.Number
                join about in db.Set<Case>() on task.CaseNumber equals about.Number
                where draft.TaskNumber == taskNumber && draft.PersonId == caller.Id
                    && (seesChildSafety || about.Sensitivity != Sensitivity.ChildSafety)
                select draft.Content).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
