using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text.Json;

namespace ModerationConsole.Core.Audit.Verification;

/// <summary>Which hashes the entries hold of records. Half of each hash is kept: enough to tell it, and millions fit.</summary>
internal sealed class RecordHashes(IEnumerable<IAuditedRecords> kinds)
{
    private readonly Dictionary<AuditAct, Kind> _byAct = kinds.ToDictionary(kind => kind.Act, kind => new Kind(kind.IdDetail, []));

    /// <summary>Notes the hash in an entry, if it is of a kind that has one. An entry that does not make sense proves nothing.</summary>
    public void Note(AuditEntry entry)
    {
        if (_byAct.TryGetValue(entry.Act, out Kind? kind) && Read(entry, kind.IdDetail) is var (id, hash))
        {
            kind.Hashes[id] = hash;
        }
    }

    /// <summary>Whether the entry of a record was seen, and whether it holds this hash.</summary>
    public bool? Holds(AuditAct act, Guid id, ReadOnlySpan<byte> hash) => _byAct[act].Hashes.TryGetValue(id, out UInt128 held) ? held == Half(hash) : null;

    /// <summary>The record that an entry vouches for, and its hash; null where it does for none.</summary>
    /// <param name="idDetail">Under which detail the record's id stands; null for the subject.</param>
    public static (Guid Id, UInt128 Hash)? Read(AuditEntry entry, string? idDetail)
    {
        try
        {
            using JsonDocument details = JsonDocument.Parse(entry.Details);
            string? id = idDetail is null ? entry.Subject : details.RootElement.TryGetProperty(idDetail, out JsonElement held) ? held.GetString() : null;
            return Guid.TryParse(id, out Guid record) && details.RootElement.TryGetProperty("hash", out JsonElement hash)
                ? (record, Half(Convert.FromHexString(hash.GetString() ?? "")))
                : null;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What is kept of a hash.</summary>
    public static UInt128 Half(ReadOnlySpan<byte> hash) => hash.Length >= 16 ? BinaryPrimitives.ReadUInt128BigEndian(hash) : UInt128.Zero;

    private sealed record Kind(string? IdDetail, ConcurrentDictionary<Guid, UInt128> Hashes);
}
