using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Trials;

/// <summary>A past decision to hold against a draft.</summary>
/// <param name="Place">Its place, from 1.</param>
/// <param name="Count">How many there are.</param>
/// <param name="CaseNumber">The case; null where it is not to be shown to the reader at the moment, and nothing else of it is told either.</param>
/// <param name="Decided">What was decided, in the words of its time and without a name; null where the case is not shown.</param>
/// <param name="Mine">What the reader said of it; null where the case is not shown.</param>
/// <param name="Left">How many the reader has yet to judge.</param>
public sealed record TrialCaseView(Guid Id, int Place, int Count, long? CaseNumber, JudgedVerdict? Decided, TrialAnswer? Mine, int Left);

/// <summary>
/// Reads one past decision of a trial. It is shown like any case: not to whom it is not there, never one that became child safety, and
/// none that the reader would not be offered as work at the moment; why, nobody is told. The time that it is shown counts like any other.
/// </summary>
[Requires(Permission.EditPolicies)]
public sealed class ReadTrialCase(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, TrialSight sight, ILookMeter looks, TimeProvider clock) : IUseCase
{
    /// <summary>The one at a place; the first that the reader has not judged where none is named. Null where there is none.</summary>
    public async Task<TrialCaseView?> RunAsync(Caller caller, string policyId, int? place, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadTrialCase>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var all = await (
                from revision in db.Set<PolicyRevision>()
                join trial in db.Set<PolicyTrial>() on revision.Id equals trial.RevisionId
                join one in db.Set<TrialCase>() on trial.Id equals one.TrialId
                where revision.OpenFor == policyId
                orderby one.Place
                select new
                {
                    Case = one,
                    Mine = db.Set<TrialJudgement>().Where(row => row.TrialCaseId == one.Id && row.PersonId == caller.Id).Select(row => (TrialAnswer?)row.Answer).FirstOrDefault(),
                }).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
            var wanted = place is { } asked ? all.Find(row => row.Case.Place == asked) : all.Find(row => row.Mine is null) ?? all.FirstOrDefault();
            if (wanted is null)
            {
                return null;
            }

            int left = all.Count(row => row.Mine is null);
            if (!await sight.MaySeeAsync(new ReadAhead(db), caller, permissions, wanted.Case.CaseNumber, clock.Now(), cancellationToken).ConfigureAwait(false))
            {
                await LookAsync(caller, null, cancellationToken).ConfigureAwait(false);
                return new TrialCaseView(wanted.Case.Id, wanted.Case.Place, all.Count, null, null, null, left);
            }

            await LookAsync(caller, wanted.Case.CaseNumber, cancellationToken).ConfigureAwait(false);
            IReadOnlyDictionary<Guid, JudgedVerdict> decided = await db.VerdictsAsync([wanted.Case.DecisionId], cancellationToken).ConfigureAwait(false);
            // Notes may quote what users wrote, and say what the case does not.
            JudgedVerdict verdict = decided[wanted.Case.DecisionId] with { InternalNote = null };
            return new TrialCaseView(wanted.Case.Id, wanted.Case.Place, all.Count, wanted.Case.CaseNumber, verdict, wanted.Mine, left);
        }
    }

    // Before anything of the case is told.
    private Task<bool> LookAsync(Caller caller, long? caseNumber, CancellationToken cancellationToken) => writes.RunAsync(
        async (scope, cancel) =>
        {
            await (caseNumber is { } number ? looks.BeginAsync(scope, caller.Id, number, cancel) : looks.EndAsync(scope, caller.Id, cancel)).ConfigureAwait(false);
            return true;
        },
        cancellationToken);
}
