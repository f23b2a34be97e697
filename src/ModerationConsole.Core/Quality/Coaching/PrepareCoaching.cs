using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Coaching;

/// <summary>Someone whom a case may be sent to.</summary>
/// <param name="Decided">Whether they decided the case.</param>
public sealed record CoachingPerson(Guid Id, string Name, bool Decided);

/// <summary>Whom a case may be sent to: everyone else who reviews, those who decided it first.</summary>
[Requires(Permission.RunQuality)]
public sealed class PrepareCoaching(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists them; null where there is no case of that number that can be sent.</summary>
    public async Task<IReadOnlyList<CoachingPerson>?> RunAsync(Caller caller, long caseNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<PrepareCoaching>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!await db.CasesInSightOf(caller.Id).AnyAsync(about => about.Number == caseNumber, cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            // A verdict that measures is no decision on the case, and who gave it is nobody's business here.
            IQueryable<Guid?> deciders =
                from decision in db.Set<Decision>()
                join task in db.Set<ReviewTask>() on decision.TaskNumber equals task.Number
                where decision.CaseNumber == caseNumber && !TaskKinds.Measuring.Contains(task.Kind)
                select decision.DeciderId;
            List<CoachingPerson> people = await db.PeopleHolding(Permission.ReviewCases).AsNoTracking().Where(person => person.Id != caller.Id)
                .OrderBy(person => person.DisplayName)
                .Select(person => new CoachingPerson(person.Id, person.DisplayName, deciders.Contains(person.Id)))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. people.Where(person => person.Decided), .. people.Where(person => !person.Decided)];
        }
    }
}
