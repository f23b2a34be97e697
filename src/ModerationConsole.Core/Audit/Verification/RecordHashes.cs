using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text.Json;

namespace ModerationConsole.Core.Audit.Verification;

/// <summary>Which hashes the entries hold of records. Half of each hash is kept: enough to tell it, and millions fit.</summary>
internal sealed class RecordHashes(IEnumerable<IAuditedRecords> kinds)
{
    private readonly Dictionary<AuditAct, ConcurrentDictionary<Guid, UInt128>> _byAct =
        kinds.ToDictionary(kind => kind.Act, _ => new ConcurrentDictionary<Guid, UInt128>());

    /// <summary>Notes the hash in an entry, if it is of a kind that has one. An entry that does not make sense proves nothing.</summary>
    public void Note(AuditEntry entry)
    {
        if (_byAct.TryGetValue(entry.Act, out ConcurrentDictionary<Guid, UInt128>? hashes)
            && Guid.TryParse(entry.Subject, out Guid id) && Of(entry) is { } hash)
        {
            hashes[id] = hash;
        }
    }

    /// <summary>Whether the entry of a record was seen, and whether it holds this hash.</summary>
    public bool? Holds(AuditAct act, Guid id, ReadOnlySpan<byte> hash) => _byAct[act].TryGetValue(id, out UInt128 held) ? held == Half(hash) : null;

    /// <summary>The hash in an entry's details; null where there is none.</summary>
    public static UInt128? Of(AuditEntry entry)
    {
        try
        {
            using JsonDocument details = JsonDocument.Parse(entry.Details);
            return details.RootElement.TryGetProperty("hash", out JsonElement hash) ? Half(Convert.FromHexString(hash.GetString() ?? "")) : null;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What is kept of a hash.</summary>
    public static UInt128 Half(ReadOnlySpan<byte> hash) => hash.Length >= 16 ? BinaryPrimitives.ReadUInt128BigEndian(hash) : UInt128.Zero;
}
