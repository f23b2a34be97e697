using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Proofs;

/// <summary>How far a case can be proved.</summary>
/// <param name="Entries">How many entries are about it.</param>
/// <param name="Waiting">How many of them no head covers yet.</param>
/// <param name="IsBroken">Whether the audit gives no proof that holds.</param>
/// <param name="SignedAt">When the head was signed that proves the rest.</param>
public sealed record CaseProofState(int Entries, int Waiting, bool IsBroken, DateTimeOffset? SignedAt)
{
    /// <summary>How many entries are proved.</summary>
    public int Proved => IsBroken ? 0 : Entries - Waiting;
}

/// <summary>Makes the proof of a case and checks it, without giving it out.</summary>
[Requires(Permission.ViewAudit)]
public sealed class CheckCase(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, ICaseSight sight, SealingKeys keys, TileRoots roots) : IUseCase
{
    /// <summary>The state now; null when there is no such case that the caller may know of.</summary>
    public async Task<CaseProofState?> RunAsync(Caller caller, long caseNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<CheckCase>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!await sight.MayKnowAsync(db, caller, caseNumber, permissions, cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            BuiltProof built = await new ProofBuilder(db, keys, roots)
                .ProveAsync(db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.CaseNumber == caseNumber), caseNumber, cancellationToken).ConfigureAwait(false);
            return new CaseProofState(built.Entries, built.Waiting, built.IsBroken, built.Document?.Head.SignedAt);
        }
    }
}
