using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake;

/// <summary>Gives cases that were just opened the words by which they are found.</summary>
internal static class CaseWords
{
    public static async Task IndexOpenedAsync(
        this WriteScope scope, IReadOnlyList<StoredItem> items, IReadOnlyCollection<Case> opened, CancellationToken cancellationToken)
    {
        if (opened.Count == 0)
        {
            return;
        }

        Dictionary<Guid, AcceptedItem> accepted = items.DistinctBy(item => item.VersionId).ToDictionary(item => item.VersionId, item => item.Accepted);
        Dictionary<(string TypeId, string ItemId), string> names = await NamesAsync(
            scope, [.. opened.Select(about => accepted[about.ItemVersionId].Facts.CreatorId).OfType<string>().Distinct(StringComparer.Ordinal)],
            cancellationToken).ConfigureAwait(false);
        List<CaseText> words = new(opened.Count);
        foreach (Case about in opened)
        {
            AcceptedItem item = accepted[about.ItemVersionId];
            (string? typeId, string? creatorId) = (item.Facts.CreatorTypeId, item.Facts.CreatorId);
            string? author = typeId is null || creatorId is null ? null : names.GetValueOrDefault((typeId, creatorId));
            if (CaseIndex.WordsOf(about, item.Facts.Text, item.Id, creatorId, author) is { } row)
            {
                words.Add(row);
            }
        }

        await scope.InsertAsync(words).ConfigureAwait(false);
    }

    private static async Task<Dictionary<(string TypeId, string ItemId), string>> NamesAsync(
        WriteScope scope, string[] creators, CancellationToken cancellationToken)
    {
        if (creators.Length == 0)
        {
            return [];
        }

        var accounts = await scope.Db.Set<ItemVersion>().Where(row => creators.Contains(row.ItemId)).OrderBy(row => row.ReceivedAt)
            .Select(row => new { row.TypeId, row.ItemId, Text = row.Text.Substring(0, TextLength.Id) }).ToListAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<(string, string), string> names = [];
        foreach (var account in accounts)
        {
            names[(account.TypeId, account.ItemId)] = account.Text.Split('\n')[0];
        }

        return names;
    }
}
