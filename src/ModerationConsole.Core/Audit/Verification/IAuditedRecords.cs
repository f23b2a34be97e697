using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Verification;

/// <summary>
/// Records outside the audit whose hash an entry holds under <c>hash</c>, lowercase hex. Upper rooms answer with theirs, so that
/// a changed byte there is found too.
/// </summary>
public interface IAuditedRecords
{
    /// <summary>What one is called in findings, e.g. <c>decision</c>.</summary>
    string Name { get; }

    /// <summary>The act whose entry holds the hash.</summary>
    AuditAct Act { get; }

    /// <summary>Under which detail that entry holds the record's id; null where it is the entry's subject.</summary>
    string? IdDetail => null;

    /// <summary>The act whose entry holds the new hash of a record whose texts were erased, with the record as its subject; null where none are.</summary>
    AuditAct? ErasedAct => null;

    /// <summary>Every record, or those made at or after a time and before another, with its hash computed again from what is stored now.</summary>
    IAsyncEnumerable<AuditedRecord> ReadAsync(ConsoleDbContext db, DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellationToken);
}

/// <summary>A record with its hashes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CaseNumber">The case it is about, if one.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Stored">The hash that stands in its row.</param>
/// <param name="Recomputed">The hash of what the row holds now.</param>
/// <param name="Erased">Whether its texts were erased, so that the entry of that vouches for it.</param>
public readonly record struct AuditedRecord(Guid Id, long? CaseNumber, DateTimeOffset MadeAt, byte[] Stored, byte[] Recomputed, bool Erased = false);
