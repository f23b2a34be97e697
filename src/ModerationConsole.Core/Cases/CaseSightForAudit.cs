using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Tells the audit which cases someone may know of.</summary>
internal sealed class CaseSightForAudit(IUnseenCases unseen) : ICaseSight
{
    public Task<bool> MayKnowAsync(ConsoleDbContext db, Caller caller, long caseNumber, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken) =>
        db.IsThereAsync(caller, caseNumber, permissions, unseen, cancellationToken);

    public async Task<IReadOnlySet<long>> HiddenAmongAsync(
        ConsoleDbContext db, Caller caller, IReadOnlyCollection<long> caseNumbers, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        HashSet<long> hidden = [];
        if (caseNumbers.Count > 0 && caller.Kind == CallerKind.Person)
        {
            hidden.UnionWith(await unseen.Of(db, caller.Id).Where(number => caseNumbers.Contains(number)).ToListAsync(cancellationToken).ConfigureAwait(false));
        }

        if (caseNumbers.Count == 0 || permissions.Contains(Permission.ChildSafety))
        {
            return hidden;
        }

        IQueryable<Case> named = db.Set<Case>().Where(about => caseNumbers.Contains(about.Number));
        hidden.UnionWith(await named.Select(about => about.Number).Except(named.VisibleWith(permissions).Select(about => about.Number))
            .Concat(db.Set<HiddenCase>().Where(gone => caseNumbers.Contains(gone.Number)).Select(gone => gone.Number))
            .ToListAsync(cancellationToken).ConfigureAwait(false));
        return hidden;
    }
}
