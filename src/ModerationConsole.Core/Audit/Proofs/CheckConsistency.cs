using System.Text.Json;
using ModerationConsole.Core.Audit.Merkle;
using ModerationConsole.Core.Audit.Sealing;

namespace ModerationConsole.Core.Audit.Proofs;

/// <summary>Why a consistency proof is not accepted.</summary>
public enum ConsistencyProblem
{
    /// <summary>It is not such a proof, or not one that this version knows.</summary>
    NotAProof,

    /// <summary>The later head is signed by another key than the one that was asked for.</summary>
    OtherKey,

    /// <summary>A head was not signed by its key.</summary>
    HeadSignature,

    /// <summary>The earlier head is not the one that was kept.</summary>
    OtherHead,

    /// <summary>The later tree does not begin with all of the earlier one: history was changed.</summary>
    Rewritten,
}

/// <summary>What a check found.</summary>
/// <param name="Problem">Null when it holds.</param>
/// <param name="Document">What was checked; null when it could not be read.</param>
public sealed record ConsistencyCheck(ConsistencyProblem? Problem, ConsistencyDocument? Document)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds => Problem is null;
}

/// <summary>
/// Checks by itself, without any database, that the audit of a later head begins with all that an earlier head covered. Worth as
/// much as the earlier head: compare it with one that was kept elsewhere.
/// </summary>
public static class CheckConsistency
{
    /// <summary>Reads and checks a proof.</summary>
    /// <param name="keyId">The key that the later head must be signed by; null accepts any.</param>
    /// <param name="kept">The earlier head as it was kept; null accepts any.</param>
    public static ConsistencyCheck Run(ReadOnlySpan<byte> json, string? keyId = null, ProofHead? kept = null)
    {
        ConsistencyDocument? document;
        try
        {
            document = JsonSerializer.Deserialize<ConsistencyDocument>(json, ProofDocument.Json);
        }
        catch (JsonException)
        {
            document = null;
        }

        return document is { Format: ConsistencyDocument.FormatName, Path: not null } && IsWhole(document.First) && IsWhole(document.Second)
            && document.Path.All(hash => hash is not null)
            ? Run(document, keyId, kept)
            : new ConsistencyCheck(ConsistencyProblem.NotAProof, null);
    }

    /// <summary>Checks a proof.</summary>
    /// <param name="keyId">The key that the later head must be signed by; null accepts any.</param>
    /// <param name="kept">The earlier head as it was kept; null accepts any.</param>
    public static ConsistencyCheck Run(ConsistencyDocument document, string? keyId = null, ProofHead? kept = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        (ProofHead first, ProofHead second) = (document.First, document.Second);
        ConsistencyProblem? problem = keyId is not null && second.KeyId != keyId ? ConsistencyProblem.OtherKey
            : !IsSigned(first) || !IsSigned(second) ? ConsistencyProblem.HeadSignature
            : kept is not null && (kept.Size != first.Size || !kept.RootHash.AsSpan().SequenceEqual(first.RootHash)) ? ConsistencyProblem.OtherHead
            : !MerkleCheck.Consistency(first.Size, second.Size, document.Path, first.RootHash, second.RootHash) ? ConsistencyProblem.Rewritten
            : null;
        return new ConsistencyCheck(problem, document);
    }

    /// <summary>Reads a head as the API gives it out; null when it is none.</summary>
    public static ProofHead? ReadHead(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<ProofHead>(json, ProofDocument.Json) is { } head && IsWhole(head) ? head : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(ProofHead? head) => head is { RootHash: not null, Signature: not null, KeyId: not null, PublicKey: not null };

    private static bool IsSigned(ProofHead head) => TreeHeadForm.IsSignedBy(
        new AuditTreeHead { Size = head.Size, RootHash = head.RootHash, SignedAt = head.SignedAt, Signature = head.Signature, KeyId = head.KeyId }, head.PublicKey);
}
