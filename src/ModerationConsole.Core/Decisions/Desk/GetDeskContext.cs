using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>Reads what else is known around a task that the caller holds on their screen.</summary>
[Requires(Permission.ReviewCases)]
public sealed class GetDeskContext(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IEnumerable<IAlikeItems> comparers, TimeProvider clock) : IUseCase
{
    /// <summary>The context, or null when the caller does not hold the task (any more) or may not see it.</summary>
    public async Task<DeskContext?> RunAsync(Caller caller, long taskNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<GetDeskContext>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (await DeskHeld.ReadAsync(db, caller, taskNumber, permissions, now, cancellationToken).ConfigureAwait(false) is not { } held)
            {
                return null;
            }

            DeskReading reading = new(db, held.Case, held.Item, permissions.Contains(Permission.ChildSafety), now) { Then = held.Then };
            return new DeskContext(
                await DeskAuthorPast.ReadAsync(reading, cancellationToken).ConfigureAwait(false),
                await DeskLikeness.ReadAsync(reading, comparers, cancellationToken).ConfigureAwait(false),
                await ListCaseComments.ReadAsync(db, held.Case.Number, permissions, cancellationToken, reading.AsOf, held.Then?.By).ConfigureAwait(false));
        }
    }
}
