using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>Finds cases that three people judged alike without knowing of one another, for a lead to make golden.</summary>
[Requires(Permission.RunQuality)]
public sealed class FindAgreements(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>So many are looked at, the latest first.</summary>
    public const int MostLookedAt = 500;

    /// <summary>Those that were never golden, the most agreed on first.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run quality.</exception>
    public async Task<IReadOnlyList<Agreement>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<FindAgreements>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<long> candidates = await Agreements.CandidatesAsync(db, MostLookedAt, cancellationToken).ConfigureAwait(false);
            return
            [
                .. (await Agreements.ReadAsync(db, candidates, cancellationToken).ConfigureAwait(false))
                    .OrderBy(found => found.Otherwise).ThenByDescending(found => found.Alike).ThenByDescending(found => found.CaseNumber),
            ];
        }
    }
}
