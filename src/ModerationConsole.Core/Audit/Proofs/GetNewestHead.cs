using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Proofs;

/// <summary>The newest signed head. Whoever keeps one outside can later show whether the audit still begins with all that it covered.</summary>
[Requires(Permission.ViewAudit)]
public sealed class GetNewestHead(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, SealingKeys keys, TileRoots roots) : IUseCase
{
    /// <summary>The head, or null while nothing was sealed or its key is not here.</summary>
    public async Task<ProofHead?> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<GetNewestHead>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            ProofBuilder proofs = new(db, keys, roots);
            return await proofs.NewestAsync(cancellationToken).ConfigureAwait(false) is { } head ? proofs.Sign(head) : null;
        }
    }
}
