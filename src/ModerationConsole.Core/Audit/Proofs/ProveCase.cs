using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Proofs;

/// <summary>How asking for a proof ended.</summary>
public enum ProveOutcome
{
    /// <summary>Here it is.</summary>
    Proved,

    /// <summary>There is no such thing that the caller may know of.</summary>
    Missing,

    /// <summary>No signed head covers it yet; ask again in a second.</summary>
    NotYet,

    /// <summary>The stored audit gives no proof that holds: something was changed. <c>audit verify</c> says what.</summary>
    Broken,

    /// <summary>The person must first prove again who they are.</summary>
    ProveFirst,
}

/// <summary>A proof, or why there is none.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Document">The proof.</param>
/// <param name="Waiting">Entries that the proof leaves out because no head covers them yet.</param>
public sealed record Proved(ProveOutcome Outcome, ProofDocument? Document = null, int Waiting = 0);

/// <summary>Proves that the entries about a case stand in the audit. That it was proved is in the audit too, but not in that proof.</summary>
[Requires(Permission.ViewAudit)]
public sealed class ProveCase(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, IRecentProof proof, ICaseSight sight, SealingKeys keys, TileRoots roots) : IUseCase
{
    /// <summary>The proof of every entry about the case that the newest head covers.</summary>
    public async Task<Proved> RunAsync(Caller caller, long caseNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ProveCase>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return new Proved(ProveOutcome.ProveFirst);
        }

        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        BuiltProof built;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!await sight.MayKnowAsync(db, caller, caseNumber, permissions, cancellationToken).ConfigureAwait(false))
            {
                return new Proved(ProveOutcome.Missing);
            }

            built = await new ProofBuilder(db, keys, roots)
                .ProveAsync(db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.CaseNumber == caseNumber), caseNumber, cancellationToken).ConfigureAwait(false);
        }

        if (built.Document is not { } document)
        {
            return new Proved(built.IsBroken ? ProveOutcome.Broken : ProveOutcome.NotYet);
        }

        await writes.RunAsync(
            (scope, _) => Task.FromResult(scope.Record(caller, AuditAct.AuditProved, caseNumber, details: new Dictionary<string, object?>
            {
                ["entries"] = document.Entries.Count,
                ["size"] = document.Head.Size,
            })),
            cancellationToken).ConfigureAwait(false);
        return new Proved(ProveOutcome.Proved, document, built.Waiting);
    }
}
