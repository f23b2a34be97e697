using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Programs;

/// <summary>A part of the list of cases.</summary>
/// <param name="Next">Where the next part begins; null at the end.</param>
public sealed record ProgramCaseList(IReadOnlyList<ProgramCase> Cases, long? Next);

/// <summary>Lists cases for programs, newest first, a part at a time.</summary>
[Requires(Permission.ReadCases)]
public sealed class ReadCaseList(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Most cases of one part.</summary>
    public const int MostAtOnce = 200;

    /// <summary>Lists a part.</summary>
    /// <param name="status">Only cases in this state; null for any.</param>
    /// <param name="queue">Only cases of which a judgement is wanted in the queue of this slug; null for any.</param>
    /// <param name="before">Only cases with a smaller number; null to begin.</param>
    public async Task<ProgramCaseList> RunAsync(Caller caller, CaseState? status, string? queue, long? before, int size, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadCaseList>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<Case> cases = await db.CasesForAsync(caller, guard, cancellationToken).ConfigureAwait(false);
            cases = status is null ? cases : cases.Where(about => about.State == status);
            cases = before is null ? cases : cases.Where(about => about.Number < before);
            if (queue is not null)
            {
                IQueryable<long> waiting =
                    from task in db.OpenJudgements()
                    join row in db.Set<CaseQueue>() on task.QueueId equals row.Id
                    where row.Slug == queue
                    select task.CaseNumber;
                cases = cases.Where(about => waiting.Contains(about.Number));
            }

            int most = Math.Clamp(size, 1, MostAtOnce);
            List<ProgramCase> part = await db.ReadCasesAsync(cases, most, cancellationToken).ConfigureAwait(false);
            return new ProgramCaseList(part, part.Count == most ? part[^1].Number : null);
        }
    }
}
