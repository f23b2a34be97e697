using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Tells the audit which cases someone may know of.</summary>
internal sealed class CaseSightForAudit : ICaseSight
{
    public Task<bool> MayKnowAsync(ConsoleDbContext db, long caseNumber, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken) =>
        db.Set<Case>().VisibleWith(permissions).AnyAsync(about => about.Number == caseNumber, cancellationToken);
}
