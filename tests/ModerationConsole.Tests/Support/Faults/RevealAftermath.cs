using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>What must hold of reveals: none was served without its entry, whose hash is that of the row.</summary>
internal static class RevealAftermath
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>All that does not hold.</summary>
    public static async Task<IReadOnlyList<string>> BrokenAsync(ConsoleDbContext db, string[] journals)
    {
        List<string> broken = [];
        Dictionary<Guid, MediaReveal> rows = await db.Set<MediaReveal>().AsNoTracking().ToDictionaryAsync(row => row.Id, Cancel);
        HashSet<Guid> ends = [.. await db.Set<MediaRevealEnd>().Select(row => row.RevealId).ToListAsync(Cancel)];
        ILookup<Guid, (string? Subject, string Hash)> viewed = await EntriesAsync(db, AuditAct.MediaViewed);
        ILookup<Guid, (string? Subject, string Hash)> hidden = await EntriesAsync(db, AuditAct.MediaHidden);
        foreach (string[] words in journals.SelectMany(path => Journal.Read(path, "served")))
        {
            MediaReveal? row = rows.GetValueOrDefault(Guid.Parse(words[0]));
            if (row is null || $"{row.PersonId} {row.MediaId} {row.TaskNumber} {row.Fencing}" != string.Join(' ', words[1..]))
            {
                broken.Add($"reveal {words[0]} was served and is not there");
            }
        }

        broken.AddRange(journals.SelectMany(path => Journal.Read(path, "hidden")).Where(words => !ends.Contains(Guid.Parse(words[0])))
            .Select(words => $"reveal {words[0]} was hidden and has no end"));
        foreach (MediaReveal row in rows.Values)
        {
            string hash = Convert.ToHexStringLower(RevealHash.Of(row));
            if (hash != Convert.ToHexStringLower(row.Hash) || viewed[row.Id].ToArray() is not [var entry] || entry != ($"{row.MediaId}", hash))
            {
                broken.Add($"reveal {row.Id} is not in the audit as it is stored");
            }
        }

        broken.AddRange(viewed.Where(entry => !rows.ContainsKey(entry.Key)).Select(entry => $"the audit tells of reveal {entry.Key}, which is not there"));
        broken.AddRange(ends.Where(id => hidden[id].Count() != 1).Select(id => $"the end of reveal {id} is in the audit {hidden[id].Count()} times"));
        return broken;
    }

    private static async Task<ILookup<Guid, (string? Subject, string Hash)>> EntriesAsync(ConsoleDbContext db, AuditAct act)
    {
        List<AuditEntry> entries = await db.Set<AuditEntry>().AsNoTracking().Where(row => row.Act == act).ToListAsync(Cancel);
        return entries.Select(entry => (entry.Subject, Details: JsonDocument.Parse(entry.Details).RootElement)).ToLookup(
            entry => entry.Details.GetProperty("reveal").GetGuid(),
            entry => (entry.Subject, entry.Details.TryGetProperty("hash", out JsonElement hash) ? hash.GetString()! : ""));
    }
}
