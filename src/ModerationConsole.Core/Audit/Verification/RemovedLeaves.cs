using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Verification;

/// <summary>Which leaves lost their entry by retention: those that entries of the audit name, which are proved like all others.</summary>
internal sealed class RemovedLeaves
{
    /// <summary>Under which detail the leaves of a removal stand, as ranges.</summary>
    public const string Detail = "leaves";

    private readonly List<(long From, long To)> _ranges = [];

    /// <summary>How many they are.</summary>
    public long Count { get; private set; }

    /// <summary>Whether that leaf was removed by retention.</summary>
    public bool Contains(long index)
    {
        int place = _ranges.BinarySearch((index, long.MaxValue));
        int before = place >= 0 ? place : ~place - 1;
        return before >= 0 && _ranges[before].To >= index;
    }

    /// <summary>Reads what removals name. One that was changed, or stands in no leaf and waits for none, names nothing.</summary>
    public static async Task<RemovedLeaves> ReadAsync(IDbContextFactory<ConsoleDbContext> contexts, CancellationToken cancellationToken)
    {
        RemovedLeaves read = new();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var rows =
                from entry in db.Set<AuditEntry>().AsNoTracking()
                where entry.Act == AuditAct.EntriesRemoved
                join leaf in db.Set<AuditLeaf>() on entry.Id equals leaf.EntryId into leaves
                from leaf in leaves.DefaultIfEmpty()
                select new { Entry = entry, Hash = leaf == null ? null : leaf.Hash, Waits = db.Set<AuditUnsealed>().Any(row => row.EntryId == entry.Id) };
            AuditEntryForm form = new();
            byte[] hash = new byte[Merkle.MerkleHash.Size];
            await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                form.LeafHash(row.Entry, hash);
                if (row.Hash is null ? row.Waits : hash.AsSpan().SequenceEqual(row.Hash))
                {
                    read.Add(row.Entry.Details);
                }
            }
        }

        read._ranges.Sort();
        return read;
    }

    private void Add(string details)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(details);
            foreach (string part in (json.RootElement.GetProperty(Detail).GetString() ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] ends = part.Split('-');
                (long from, long to) = (long.Parse(ends[0], CultureInfo.InvariantCulture), long.Parse(ends[^1], CultureInfo.InvariantCulture));
                _ranges.Add((from, to));
                Count += to - from + 1;
            }
        }
        catch (Exception error) when (error is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            // Not as the console writes it: it names nothing more.
        }
    }
}
