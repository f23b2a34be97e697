using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Proofs;

/// <summary>Proves that one entry stands in the audit. That it was proved is in the audit too.</summary>
[Requires(Permission.ViewAudit)]
public sealed class ProveEntry(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, IRecentProof proof, ICaseSight sight, SealingKeys keys, TileRoots roots) : IUseCase
{
    /// <summary>The proof of the entry of that number.</summary>
    public async Task<Proved> RunAsync(Caller caller, long entryNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ProveEntry>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return new Proved(ProveOutcome.ProveFirst);
        }

        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        BuiltProof built;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<AuditEntry> wanted = db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Number == entryNumber);
            AuditEntry? found = await wanted.SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (found is null
                || (found.CaseNumber is { } number && !await sight.MayKnowAsync(db, caller, number, permissions, cancellationToken).ConfigureAwait(false)))
            {
                return new Proved(ProveOutcome.Missing);
            }

            built = await new ProofBuilder(db, keys, roots).ProveAsync(wanted, null, cancellationToken).ConfigureAwait(false);
        }

        if (built.Document is not { } document)
        {
            return new Proved(built.IsBroken ? ProveOutcome.Broken : ProveOutcome.NotYet);
        }

        ProofEntry entry = document.Entries[0];
        await writes.RunAsync(
            (scope, _) => Task.FromResult(scope.Record(caller, AuditAct.AuditProved, entry.CaseNumber, subject: entry.Id.ToString())), cancellationToken)
            .ConfigureAwait(false);
        return new Proved(ProveOutcome.Proved, document);
    }
}
