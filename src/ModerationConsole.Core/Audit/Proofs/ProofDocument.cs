using System.Text.Json;
using System.Text.Json.Serialization;
using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.Audit.Proofs;

/// <summary>
/// A proof that entries stand in the audit, complete in itself: the entries, the path of each to a signed head, and the public key.
/// Hashes, signature and key are base64. <see cref="CheckProof"/> checks it without any database.
/// </summary>
public sealed record ProofDocument
{
    /// <summary>What <see cref="Format"/> says.</summary>
    public const string FormatName = "moderation-console.audit-proof.v1";

    /// <summary>How it is written: camel case, nothing that is not known.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Tells this document from any other.</summary>
    public required string Format { get; init; }

    /// <summary>The case that all entries are about; null when they need not be about one.</summary>
    public required long? CaseNumber { get; init; }

    /// <summary>The head that covers them.</summary>
    public required ProofHead Head { get; init; }

    /// <summary>The entries, by leaf.</summary>
    public required IReadOnlyList<ProofEntry> Entries { get; init; }
}

/// <summary>A signed tree head.</summary>
/// <param name="Size">How many leaves the tree had.</param>
/// <param name="RootHash">Its root.</param>
/// <param name="SignedAt">When it was signed, UTC, whole milliseconds.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256, DER, over <c>TreeHeadDataV2</c> of RFC 9162 §4.10.</param>
/// <param name="KeyId">SHA-256 of the public key, lowercase hex.</param>
/// <param name="PublicKey">The public key, SPKI.</param>
public sealed record ProofHead(long Size, byte[] RootHash, DateTimeOffset SignedAt, byte[] Signature, string KeyId, byte[] PublicKey);

/// <summary>An entry with its path.</summary>
/// <param name="LeafIndex">Its place in the tree.</param>
/// <param name="Number">Its number.</param>
/// <param name="Id">Its id.</param>
/// <param name="At">When it happened, UTC, whole microseconds.</param>
/// <param name="Act">What happened, by name.</param>
/// <param name="ActNumber">What happened, by number.</param>
/// <param name="ActorKind">Who acted: Person, ApiKey, Service or System.</param>
/// <param name="ActorId">The person or key.</param>
/// <param name="CaseNumber">The case concerned.</param>
/// <param name="TaskNumber">The task concerned.</param>
/// <param name="Subject">Id of whatever else is concerned.</param>
/// <param name="Details">Ids, codes and hashes, JSON as text, to the letter.</param>
/// <param name="Path">Inclusion proof, RFC 9162 §2.1.3.</param>
public sealed record ProofEntry(
    long LeafIndex, long Number, Guid Id, DateTimeOffset At, string Act, int ActNumber, string ActorKind, Guid? ActorId, long? CaseNumber, long? TaskNumber,
    string? Subject, string Details, IReadOnlyList<byte[]> Path)
{
    internal static ProofEntry Of(AuditEntry entry, long index, IReadOnlyList<byte[]> path) => new(
        index, entry.Number, entry.Id, entry.At, entry.Act.ToString(), (int)entry.Act, entry.ActorKind.ToString(), entry.ActorId, entry.CaseNumber, entry.TaskNumber,
        entry.Subject, entry.Details, path);

    // Null where a name is not one of ours, or does not go with its number.
    internal AuditEntry? Read() => Enum.IsDefined((AuditAct)ActNumber) && ((AuditAct)ActNumber).ToString() == Act
        && Enum.TryParse(ActorKind, out CallerKind kind) && kind.ToString() == ActorKind
        ? new AuditEntry
        {
            Number = Number,
            Id = Id,
            At = At,
            Act = (AuditAct)ActNumber,
            ActorKind = kind,
            ActorId = ActorId,
            CaseNumber = CaseNumber,
            TaskNumber = TaskNumber,
            Subject = Subject,
            Details = Details,
        }
        : null;
}

/// <summary>A proof that the tree of one head begins with all of another's.</summary>
/// <param name="First">The earlier head.</param>
/// <param name="Second">The later head.</param>
/// <param name="Path">Consistency proof, RFC 9162 §2.1.4.</param>
public sealed record ConsistencyDocument(ProofHead First, ProofHead Second, IReadOnlyList<byte[]> Path)
{
    /// <summary>What <see cref="Format"/> says.</summary>
    public const string FormatName = "moderation-console.audit-consistency.v1";

    /// <summary>Tells this document from any other.</summary>
    public required string Format { get; init; }
}
