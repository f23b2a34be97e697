using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Desk;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>
/// The three precedents nearest to the case on the caller's screen, with why. Beside a judgement that tests a decision these are
/// only what was in force when that decision was made, in the words that it had then: what came later would tell what is right,
/// and none at all would tell that it is a test.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class OfferPrecedents(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, NearestPrecedents nearest, TimeProvider clock) : IUseCase
{
    /// <summary>The precedents, the nearest first; null when the caller does not hold the task (any more) or may not see it.</summary>
    public async Task<IReadOnlyList<PrecedentOffer>?> RunAsync(Caller caller, long taskNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<OfferPrecedents>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await DeskHeld.ReadAsync(db, caller, taskNumber, permissions, now, cancellationToken).ConfigureAwait(false) is not { } held
                ? null
                : await nearest.FindAsync(
                    db, held.Case, held.Item,
                    new PrecedentQuestion(caller, permissions, held.Then?.At, held.Then?.Snapshot.Reports, NearestPrecedents.MostOffered), cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>The precedents nearest to a case that the caller may know of, those that are superseded after the others.</summary>
[Requires(Permission.ViewCases)]
public sealed class FindSimilarPrecedents(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, NearestPrecedents nearest, IUnseenCases unseen) : IUseCase
{
    /// <summary>As many as are found at most.</summary>
    public const int Most = 20;

    /// <summary>The precedents, the nearest first; null when there is no case of that number that the caller may know of.</summary>
    /// <param name="most">How many, at most <see cref="Most"/>.</param>
    /// <param name="superseded">Whether those that are offered no more are wanted too.</param>
    public async Task<IReadOnlyList<PrecedentOffer>?> RunAsync(Caller caller, long caseNumber, int most, bool superseded, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<FindSimilarPrecedents>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var found = await (
                from about in db.Set<Case>().AsNoTracking().VisibleTo(db, caller, permissions, unseen)
                join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
                where about.Number == caseNumber
                select new { Case = about, Item = item }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return found is null ? null : await nearest.FindAsync(
                db, found.Case, found.Item, new PrecedentQuestion(caller, permissions, null, null, Math.Clamp(most, 1, Most), superseded, NamesCases: true), cancellationToken).ConfigureAwait(false);
        }
    }
}
