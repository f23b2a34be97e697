using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit.Merkle;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Proofs;

/// <summary>Entries with their proof.</summary>
/// <param name="Document">The proof; null where none of the entries is covered by a head yet, or none can be proved.</param>
/// <param name="Entries">How many entries there are.</param>
/// <param name="Waiting">How many of them no head covers yet.</param>
/// <param name="IsBroken">Whether the stored audit does not give a proof that holds: something was changed.</param>
internal sealed record BuiltProof(ProofDocument? Document, int Entries, int Waiting, bool IsBroken);

/// <summary>Makes proofs from the stored tree, and gives out none that does not hold.</summary>
internal sealed class ProofBuilder(ConsoleDbContext db, SealingKeys keys, TileRoots roots)
{
    /// <summary>Proves entries under the newest head.</summary>
    public async Task<BuiltProof> ProveAsync(IQueryable<AuditEntry> wanted, long? caseNumber, CancellationToken cancellationToken)
    {
        int count = await wanted.CountAsync(cancellationToken).ConfigureAwait(false);
        if (count == 0 || await NewestAsync(cancellationToken).ConfigureAwait(false) is not { } head)
        {
            return new BuiltProof(null, count, count, false);
        }

        if (Sign(head) is not { } signed)
        {
            return new BuiltProof(null, count, 0, IsBroken: true);
        }

        List<Placed> placed = await (
            from entry in wanted
            join leaf in db.Set<AuditLeaf>() on entry.Id equals leaf.EntryId
            where leaf.Index < head.Size
            orderby leaf.Index
            select new Placed(entry, leaf.Index)).ToListAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            List<ProofEntry> entries = [];
            AuditTree tree = new(db, head.Size, roots);
            foreach (Placed each in placed)
            {
                byte[][] path = await tree.HashesAsync(MerkleProof.Inclusion(each.Index, head.Size), cancellationToken).ConfigureAwait(false);
                entries.Add(ProofEntry.Of(each.Entry, each.Index, path));
            }

            ProofDocument document = new() { Format = ProofDocument.FormatName, CaseNumber = caseNumber, Head = signed, Entries = entries };
            bool holds = entries.Count == 0 || CheckProof.Run(document).Holds;
            return new BuiltProof(holds && entries.Count > 0 ? document : null, count, count - entries.Count, !holds);
        }
        catch (AuditBrokenException)
        {
            return new BuiltProof(null, count, count - placed.Count, IsBroken: true);
        }
    }

    /// <summary>The newest head; null where there is none.</summary>
    public Task<AuditTreeHead?> NewestAsync(CancellationToken cancellationToken) =>
        db.Set<AuditTreeHead>().AsNoTracking().OrderByDescending(head => head.Size).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The head with its public key; null where this console has not got that key.</summary>
    public ProofHead? Sign(AuditTreeHead head) => keys.PublicKeys().TryGetValue(head.KeyId, out byte[]? key)
        ? new ProofHead(head.Size, head.RootHash, head.SignedAt, head.Signature, head.KeyId, key)
        : null;

    private sealed record Placed(AuditEntry Entry, long Index);
}
