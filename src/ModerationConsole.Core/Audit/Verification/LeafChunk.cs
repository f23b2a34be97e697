using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit.Merkle;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Verification;

/// <summary>A stretch of leaves, read beside others: its entries recomputed, its heads' signatures checked, its tiles at hand.</summary>
internal sealed class LeafChunk(long from, long to)
{
    /// <summary>How many leaves are read at once: whole tiles.</summary>
    public const int Size = 64 * TileFrontier.TileSize;

    private const string Text =
        $"""
        SELECT l."Index", l."EntryId", l."Hash", {EntryRows.Columns}
        FROM audit_leaf l LEFT JOIN audit_entry e ON e."Id" = l."EntryId"
        WHERE l."Index" >= @from AND l."Index" < @to ORDER BY l."Index"
        """;

    /// <summary>Its first leaf.</summary>
    public long From => from;

    /// <summary>Hashes as the leaves hold them; null where there is no leaf.</summary>
    public byte[]?[] Hashes { get; } = new byte[]?[to - from];

    /// <summary>Tiles of the lowest level that end here.</summary>
    public Dictionary<long, byte[]> Tiles { get; private set; } = [];

    /// <summary>Heads that end here, by size.</summary>
    public List<AuditTreeHead> Heads { get; private set; } = [];

    /// <summary>Leaves whose entry is not there, with its id.</summary>
    public List<(long Index, string? EntryId)> WithoutEntry { get; } = [];

    /// <summary>What is wrong so far.</summary>
    public List<AuditFinding> Findings { get; } = [];

    /// <summary>Reads it.</summary>
    public async Task<LeafChunk> ReadAsync(
        IDbContextFactory<ConsoleDbContext> contexts, DatabaseProvider provider, IReadOnlyDictionary<string, byte[]> keys, RecordHashes records,
        CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await ReadLeavesAsync(db, provider, records, cancellationToken).ConfigureAwait(false);
            long firstTile = (from + TileFrontier.TileSize) / TileFrontier.TileSize - 1;
            long endTile = to / TileFrontier.TileSize;
            Tiles = await db.Set<AuditTile>().AsNoTracking().Where(tile => tile.Level == 0 && tile.Index >= firstTile && tile.Index < endTile)
                .ToDictionaryAsync(tile => tile.Index, tile => tile.Hashes, cancellationToken).ConfigureAwait(false);
            Heads = await db.Set<AuditTreeHead>().AsNoTracking().Where(head => head.Size > from && head.Size <= to).OrderBy(head => head.Size)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            CheckSignatures(keys);
        }

        return this;
    }

    private async Task ReadLeavesAsync(ConsoleDbContext db, DatabaseProvider provider, RecordHashes records, CancellationToken cancellationToken)
    {
        DbCommand command = db.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Text;
            Add(command, "@from", from);
            Add(command, "@to", to);
            DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                EntryRows rows = new(reader, provider, 3);
                AuditEntryForm form = new();
                byte[] hash = new byte[MerkleHash.Size];
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    ReadLeaf(reader, rows, form, hash, records);
                }
            }
        }

        for (int i = 0; i < Hashes.Length; i++)
        {
            if (Hashes[i] is null)
            {
                Findings.Add(new AuditFinding(AuditFault.LeafMissing, "leaf", from + i));
            }
        }
    }

    private void ReadLeaf(DbDataReader reader, EntryRows rows, AuditEntryForm form, byte[] hash, RecordHashes records)
    {
        long index = reader.GetInt64(0);
        byte[] stored = reader.IsDBNull(2) ? [] : reader.GetFieldValue<byte[]>(2);
        Hashes[index - from] = stored;
        if (!rows.IsThere)
        {
            WithoutEntry.Add((index, Convert.ToString(reader.GetValue(1), System.Globalization.CultureInfo.InvariantCulture)));
            return;
        }

        try
        {
            AuditEntry entry = rows.Read();
            form.LeafHash(entry, hash);
            records.Note(entry);
            if (hash.AsSpan().SequenceEqual(stored))
            {
                return;
            }
        }
        catch (FormatException)
        {
            // Not as the console writes it: changed.
        }

        Findings.Add(new AuditFinding(AuditFault.EntryChanged, "entry", rows.Number, $"leaf {index}"));
    }

    private void CheckSignatures(IReadOnlyDictionary<string, byte[]> keys)
    {
        foreach (AuditTreeHead head in Heads)
        {
            if (!keys.TryGetValue(head.KeyId, out byte[]? key))
            {
                Findings.Add(new AuditFinding(AuditFault.HeadKey, "head", head.Size, head.KeyId));
            }
            else if (!TreeHeadForm.IsSignedBy(head, key))
            {
                Findings.Add(new AuditFinding(AuditFault.HeadSignature, "head", head.Size));
            }
        }
    }

    private static void Add(DbCommand command, string name, long value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
