using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions.Programs;

/// <summary>Shows one case to programs.</summary>
[Requires(Permission.ReadCases)]
public sealed class ReadCase(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    private const int MostReports = 500;

    /// <summary>The case; null when there is none of that number that the caller may know of.</summary>
    public async Task<ProgramCaseDetail?> RunAsync(Caller caller, long number, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadCase>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<Case> cases = (await db.CasesForAsync(caller, guard, cancellationToken).ConfigureAwait(false)).Where(about => about.Number == number);
            if (await db.ReadCasesAsync(cases, 1, cancellationToken).ConfigureAwait(false) is not [{ } about])
            {
                return null;
            }

            List<ProgramReport> reports = await db.Set<Report>().Where(row => row.CaseNumber == number).OrderBy(row => row.ReceivedAt).Take(MostReports)
                .Select(row => new ProgramReport(row.Id, row.PolicyId, row.ChildSafety, row.ReportedAt, row.ReceivedAt))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            DateTimeOffset now = clock.Now();
            List<ProgramDecision> decision = await db.ReadDecisionsAsync(
                db.Judgements().Where(row => row.CaseNumber == number && row.State == DecisionState.Effective && row.UndoUntil <= now
                    && row.CaseVersion == about.CaseVersion),
                cases,
                cancellationToken).ConfigureAwait(false);
            return new ProgramCaseDetail(about, reports, decision.LastOrDefault());
        }
    }
}
