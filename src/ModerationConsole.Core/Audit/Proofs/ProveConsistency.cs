using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Merkle;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Proofs;

/// <summary>A consistency proof, or why there is none.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Document">The proof.</param>
public sealed record ProvedConsistency(ProveOutcome Outcome, ConsistencyDocument? Document = null);

/// <summary>Proves that the audit at a later head begins with all that an earlier head covered.</summary>
[Requires(Permission.ViewAudit)]
public sealed class ProveConsistency(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, SealingKeys keys, TileRoots roots) : IUseCase
{
    /// <summary>The proof between the heads of two sizes; null for the second is the newest.</summary>
    public async Task<ProvedConsistency> RunAsync(Caller caller, long firstSize, long? secondSize, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ProveConsistency>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            ProofBuilder proofs = new(db, keys, roots);
            AuditTreeHead? first = await HeadAsync(db, firstSize, cancellationToken).ConfigureAwait(false);
            AuditTreeHead? second = secondSize is { } size
                ? await HeadAsync(db, size, cancellationToken).ConfigureAwait(false)
                : await proofs.NewestAsync(cancellationToken).ConfigureAwait(false);
            return first is null || second is null || first.Size > second.Size
                ? new ProvedConsistency(ProveOutcome.Missing)
                : await ProveAsync(db, proofs, first, second, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task<AuditTreeHead?> HeadAsync(ConsoleDbContext db, long size, CancellationToken cancellationToken) =>
        db.Set<AuditTreeHead>().AsNoTracking().SingleOrDefaultAsync(head => head.Size == size, cancellationToken);

    private async Task<ProvedConsistency> ProveAsync(
        ConsoleDbContext db, ProofBuilder proofs, AuditTreeHead first, AuditTreeHead second, CancellationToken cancellationToken)
    {
        try
        {
            byte[][] path = await new AuditTree(db, second.Size, roots)
                .HashesAsync(MerkleProof.Consistency(first.Size, second.Size), cancellationToken).ConfigureAwait(false);
            if (proofs.Sign(first) is not { } signedFirst || proofs.Sign(second) is not { } signedSecond)
            {
                return new ProvedConsistency(ProveOutcome.Broken);
            }

            ConsistencyDocument document = new(signedFirst, signedSecond, path) { Format = ConsistencyDocument.FormatName };
            return CheckConsistency.Run(document).Holds ? new ProvedConsistency(ProveOutcome.Proved, document) : new ProvedConsistency(ProveOutcome.Broken);
        }
        catch (AuditBrokenException)
        {
            return new ProvedConsistency(ProveOutcome.Broken);
        }
    }
}
