using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Keeps the words of cases, inside the write that makes or marks them.</summary>
public static class CaseIndex
{
    /// <summary>A case can be found by its words from now on, unless it is a child-safety one. It must have its number.</summary>
    /// <param name="text">The item's text.</param>
    /// <param name="names">What else it is found by: ids and the author's name.</param>
    public static void IndexWords(this WriteScope scope, Case about, string text, params IEnumerable<string?> names)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (WordsOf(about, text, names) is { } words)
        {
            scope.Db.Add(words);
        }
    }

    /// <summary>The words of a case, to be stored by who makes many cases at once; null for a child-safety one. It must have its number.</summary>
    public static CaseText? WordsOf(Case about, string text, params IEnumerable<string?> names)
    {
        ArgumentNullException.ThrowIfNull(about);
        return about.Sensitivity == Sensitivity.ChildSafety ? null : new CaseText { CaseNumber = about.Number, Words = SearchWords.Of([text, .. names]) };
    }

    /// <summary>A case is found by no word any more.</summary>
    public static async Task ForgetWordsAsync(this WriteScope scope, long caseNumber, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (await scope.Db.Set<CaseText>().FindAsync([caseNumber], cancellationToken).ConfigureAwait(false) is { } row)
        {
            scope.Db.Remove(row);
        }
    }

    /// <summary>Indexes cases by what is stored of their items; those that have their words already are left alone.</summary>
    public static async Task IndexWordsAsync(this WriteScope scope, IReadOnlyCollection<long> caseNumbers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var rows = await (
            from about in scope.Db.Set<Case>()
            join item in scope.Db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where caseNumbers.Contains(about.Number) && !scope.Db.Set<CaseText>().Any(row => row.CaseNumber == about.Number)
            select new
            {
                About = about,
                item.Text,
                item.ItemId,
                item.CreatorId,
                Author = scope.Db.Set<ItemVersion>().Where(account => account.ItemId == item.CreatorId && account.TypeId == item.CreatorTypeId)
                    .OrderByDescending(account => account.ReceivedAt).Select(account => account.Text).FirstOrDefault(),
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            scope.IndexWords(row.About, row.Text, row.ItemId, row.CreatorId, Name(row.Author));
        }
    }

    // An account's text begins with its name; what follows would make its cases be found by what the account says of itself.
    private static string? Name(string? text) => text?.Split('\n')[0] is { } line ? line[..Math.Min(line.Length, TextLength.Id)] : null;
}
