using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;

// ToLower stands inside queries: it becomes the database's lower().
#pragma warning disable CA1304, CA1311

namespace ModerationConsole.Core.Cases;

/// <summary>Turns a filter into a query over cases that the caller may know of.</summary>
internal sealed class CaseSearch(ICaseWhereabouts whereabouts, IUnseenCases unseen, TimeProvider clock)
{
    /// <summary>What the filter matches, its search aside.</summary>
    public IQueryable<Case> Matching(ConsoleDbContext db, Caller caller, CaseFilter filter, IReadOnlySet<Permission> permissions)
    {
        IQueryable<Case> cases = db.Set<Case>().AsNoTracking().VisibleTo(db, caller, permissions, unseen);
        if (filter.Numbers is { } numbers)
        {
            cases = cases.Where(about => numbers.Contains(about.Number));
        }

        if (filter.State is { } state)
        {
            cases = cases.Where(about => about.State == state);
        }

        if (filter.Sensitivity == Sensitivity.Severe)
        {
            // As lists say "severe": by what it is, or by what it was reported for.
            cases = cases.Where(about => about.Sensitivity == Sensitivity.Severe || (about.Severity == Severity.Severe && about.Sensitivity != Sensitivity.ChildSafety));
        }
        else if (filter.Sensitivity is { } sensitivity)
        {
            cases = cases.Where(about => about.Sensitivity == sensitivity);
        }

        if (filter.QueueId is { } queueId)
        {
            IQueryable<long> ofQueue = whereabouts.CasesOf(db, queueId);
            cases = cases.Where(about => ofQueue.Contains(about.Number));
        }

        if (filter.Region is { } region)
        {
            cases = cases.Where(about => db.Set<ItemVersion>().Any(item => item.Id == about.ItemVersionId && item.Region == region));
        }

        if (filter.PastDue)
        {
            IQueryable<long> late = whereabouts.PastDue(db, clock.Now());
            cases = cases.Where(about => late.Contains(about.Number));
        }

        return Dated(Spoken(cases, filter.Language), filter);
    }

    /// <summary>Numbers of the cases that what was typed names exactly: by their number, their item's id or its author's.</summary>
    public static IQueryable<long> Named(ConsoleDbContext db, string typed)
    {
        string words = typed.Trim();
        long? number = NumberIn(words);
        IQueryable<long> ofItem =
            from item in db.Set<ItemVersion>()
            join about in db.Set<Case>() on item.Id equals about.ItemVersionId
            where item.ItemId == words
            select about.Number;
        IQueryable<long> ofAuthor =
            from item in db.Set<ItemVersion>()
            join about in db.Set<Case>() on item.Id equals about.ItemVersionId
            where item.CreatorId == words
            select about.Number;
        IQueryable<long> named = ofItem.Union(ofAuthor);
        return number is null ? named : named.Union(db.Set<Case>().Where(about => about.Number == number).Select(about => about.Number));
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

    /// <summary>"48 213", "#48213" and "48213" are the same number.</summary>
    private static long? NumberIn(string words)
    {
        string digits = string.Concat(words.TrimStart('#').Where(letter => !char.IsWhiteSpace(letter)));
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
    }
}
