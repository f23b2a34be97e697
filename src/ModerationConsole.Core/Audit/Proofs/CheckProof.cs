using System.Text.Json;
using ModerationConsole.Core.Audit.Merkle;
using ModerationConsole.Core.Audit.Sealing;

namespace ModerationConsole.Core.Audit.Proofs;

/// <summary>Why a proof is not accepted.</summary>
public enum ProofProblem
{
    /// <summary>It is not a proof, or not one that this version knows.</summary>
    NotAProof,

    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>The key is not the one that was asked for.</summary>
    OtherKey,

    /// <summary>The head was not signed by its key.</summary>
    HeadSignature,

    /// <summary>An entry is not the one that was sealed, or not at that place.</summary>
    Entry,

    /// <summary>An entry is about another case.</summary>
    OtherCase,

    /// <summary>The entries do not stand in the order of their leaves, each once.</summary>
    Order,
}

/// <summary>What a check found.</summary>
/// <param name="Problem">Null when all of it holds.</param>
/// <param name="EntryNumber">The entry concerned, if one.</param>
/// <param name="Document">What was checked; null when it could not be read.</param>
public sealed record ProofCheck(ProofProblem? Problem, long? EntryNumber, ProofDocument? Document)
{
    /// <summary>Whether all of it holds.</summary>
    public bool Holds => Problem is null;
}

/// <summary>
/// Checks a proof by itself: no database, no data directory, no clock. It shows that each entry stood in the audit, unchanged, when
/// the head was signed. It cannot show that there were no further entries, nor whose key it is: compare the key's id.
/// </summary>
public static class CheckProof
{
    /// <summary>Reads and checks a proof.</summary>
    /// <param name="keyId">The key it must be signed by; null accepts any.</param>
    public static ProofCheck Run(ReadOnlySpan<byte> json, string? keyId = null)
    {
        ProofDocument? document;
        try
        {
            document = JsonSerializer.Deserialize<ProofDocument>(json, ProofDocument.Json);
        }
        catch (JsonException)
        {
            document = null;
        }

        return document is { Format: ProofDocument.FormatName, Head.PublicKey: not null, Head.RootHash: not null, Head.Signature: not null, Entries: not null }
            && document.Entries.All(entry => entry is { Details: not null, Path: not null } && entry.Path.All(hash => hash is not null))
            ? Run(document, keyId)
            : new ProofCheck(ProofProblem.NotAProof, null, null);
    }

    /// <summary>Checks a proof.</summary>
    /// <param name="keyId">The key it must be signed by; null accepts any.</param>
    public static ProofCheck Run(ProofDocument document, string? keyId = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        ProofHead head = document.Head;
        if (document.Entries.Count == 0)
        {
            return new ProofCheck(ProofProblem.Empty, null, document);
        }

        if (keyId is not null && head.KeyId != keyId)
        {
            return new ProofCheck(ProofProblem.OtherKey, null, document);
        }

        AuditTreeHead signed = new() { Size = head.Size, RootHash = head.RootHash, SignedAt = head.SignedAt, Signature = head.Signature, KeyId = head.KeyId };
        if (!TreeHeadForm.IsSignedBy(signed, head.PublicKey))
        {
            return new ProofCheck(ProofProblem.HeadSignature, null, document);
        }

        long before = -1;
        foreach (ProofEntry entry in document.Entries)
        {
            if (Check(document, entry, before) is { } problem)
            {
                return new ProofCheck(problem, entry.Number, document);
            }

            before = entry.LeafIndex;
        }

        return new ProofCheck(null, null, document);
    }

    private static ProofProblem? Check(ProofDocument document, ProofEntry proof, long before)
    {
        // Fractions of a microsecond, or another zone's clock, would pass unhashed.
        if (proof.At.UtcTicks % TimeSpan.TicksPerMicrosecond != 0 || proof.At.Offset != TimeSpan.Zero || proof.Read() is not { } entry
            || !MerkleCheck.Inclusion(AuditEntryForm.LeafHash(entry), proof.LeafIndex, document.Head.Size, proof.Path, document.Head.RootHash))
        {
            return ProofProblem.Entry;
        }

        return document.CaseNumber is not null && entry.CaseNumber != document.CaseNumber ? ProofProblem.OtherCase
            : proof.LeafIndex <= before ? ProofProblem.Order
            : null;
    }
}
