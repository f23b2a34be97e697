using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

// ToLower stands inside queries: it becomes the database's lower().
#pragma warning disable CA1304, CA1311

namespace ModerationConsole.Core.Cases;

/// <summary>Turns a filter into a query over cases that the caller may know of.</summary>
internal sealed class CaseSearch(ICaseWhereabouts whereabouts, TimeProvider clock)
{
    public IQueryable<Case> Matching(ConsoleDbContext db, CaseFilter filter, IReadOnlySet<Permission> permissions)
    {
        IQueryable<Case> cases = db.Set<Case>().AsNoTracking().VisibleWith(permissions);
        if (filter.Numbers is { } numbers)
        {
            cases = cases.Where(about => numbers.Contains(about.Number));
        }

        if (filter.State is { } state)
        {
            cases = cases.Where(about => about.State == state);
        }

        if (filter.Sensitivity is { } sensitivity)
        {
            cases = cases.Where(about => about.Sensitivity == sensitivity);
        }

        if (filter.QueueId is { } queueId)
        {
            IQueryable<long> ofQueue = whereabouts.CasesOf(db, queueId);
            cases = cases.Where(about => ofQueue.Contains(about.Number));
        }

        if (filter.PastDue)
        {
            IQueryable<long> late = whereabouts.PastDue(db, clock.Now());
            cases = cases.Where(about => late.Contains(about.Number));
        }

        return Worded(db, Dated(Spoken(cases, filter.Language), filter), filter.Search?.Trim());
    }

    private static IQueryable<Case> Spoken(IQueryable<Case> cases, string? language)
    {
        if (string.IsNullOrWhiteSpace(language))
        {
            return cases;
        }

        string region = SearchPattern.Containing(language)[1..^1] + "-%";
        string exact = language.Trim();
        return cases.Where(about => about.Language == exact || EF.Functions.Like(about.Language!.ToLower(), region, SearchPattern.Escape));
    }

    private static IQueryable<Case> Dated(IQueryable<Case> cases, CaseFilter filter)
    {
        if (filter.From is { } from)
        {
            cases = cases.Where(about => about.OpenedAt >= from);
        }

        return filter.To is { } to ? cases.Where(about => about.OpenedAt < to) : cases;
    }

    private static IQueryable<Case> Worded(ConsoleDbContext db, IQueryable<Case> cases, string? words)
    {
        if (string.IsNullOrEmpty(words))
        {
            return cases;
        }

        string pattern = SearchPattern.Containing(words);
        long? number = NumberIn(words);
        IQueryable<string> accounts =
            from account in db.Set<ItemVersion>()
            join type in db.Set<ItemType>() on account.TypeId equals type.Id
            where type.Kind == ItemKind.User && EF.Functions.Like(account.Text.ToLower(), pattern, SearchPattern.Escape)
            select account.ItemId;
        return
            from about in cases
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where about.Number == number || item.ItemId == words || item.CreatorId == words || accounts.Contains(item.CreatorId)
                || EF.Functions.Like(item.Text.ToLower(), pattern, SearchPattern.Escape)
            select about;
    }

    /// <summary>"48 213", "#48213" and "48213" are the same number.</summary>
    private static long? NumberIn(string words)
    {
        string digits = string.Concat(words.TrimStart('#').Where(letter => !char.IsWhiteSpace(letter)));
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
    }
}
