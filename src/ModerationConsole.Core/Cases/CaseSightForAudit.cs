using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Tells the audit which cases someone may know of.</summary>
internal sealed class CaseSightForAudit : ICaseSight
{
    public Task<bool> MayKnowAsync(ConsoleDbContext db, long caseNumber, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken) =>
        db.Set<Case>().VisibleWith(permissions).AnyAsync(about => about.Number == caseNumber, cancellationToken);

    public async Task<IReadOnlySet<long>> HiddenAmongAsync(
        ConsoleDbContext db, IReadOnlyCollection<long> caseNumbers, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        if (caseNumbers.Count == 0 || permissions.Contains(Permission.ChildSafety))
        {
            return new HashSet<long>();
        }

        IQueryable<Case> named = db.Set<Case>().Where(about => caseNumbers.Contains(about.Number));
        return (await named.Select(about => about.Number).Except(named.VisibleWith(permissions).Select(about => about.Number))
            .Concat(db.Set<HiddenCase>().Where(gone => caseNumbers.Contains(gone.Number)).Select(gone => gone.Number))
            .ToListAsync(cancellationToken).ConfigureAwait(false)).ToHashSet();
    }
}
