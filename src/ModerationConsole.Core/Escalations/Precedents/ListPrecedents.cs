using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>Which precedents are wanted; what is null does not matter.</summary>
public sealed record PrecedentFilter
{
    /// <summary>Words of the precedent.</summary>
    public string? Search { get; init; }

    /// <summary>The policy.</summary>
    public string? PolicyId { get; init; }

    /// <summary>A tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Where it stands; if null, all but those that were withdrawn.</summary>
    public PrecedentState? State { get; init; }

    /// <summary>Only what comes after this one.</summary>
    public PrecedentPlace? After { get; init; }
}

/// <summary>A place in the list: those in force come first, then superseded, then withdrawn ones; of equals the last published first.</summary>
public sealed record PrecedentPlace(PrecedentState State, long Number);

/// <summary>A precedent in a list.</summary>
/// <param name="WrittenFor">The policy's version for which it holds, or held.</param>
/// <param name="PolicyVersion">The policy's version in force.</param>
public sealed record PrecedentRow(
    long Number, string Title, string Rule, Verdict Verdict, string PolicyId, string PolicyCode, string PolicyName, int WrittenFor, int PolicyVersion, PrecedentState State,
    string Tags, DateTimeOffset PublishedAt);

/// <summary>A part of the list, with what it can be narrowed by.</summary>
/// <param name="Next">Where the next part begins; null at the end.</param>
/// <param name="Policies">Policies that have precedents.</param>
/// <param name="Tags">Tags, the most used first.</param>
public sealed record FoundPrecedents(IReadOnlyList<PrecedentRow> Rows, PrecedentPlace? Next, IReadOnlyList<PrecedentPolicy> Policies, IReadOnlyList<string> Tags);

/// <summary>A policy that has precedents.</summary>
public sealed record PrecedentPolicy(string Id, string Code, string Name);

/// <summary>Finds precedents by their words, policy, tag and standing.</summary>
[Requires(Permission.ViewCases)]
public sealed class ListPrecedents(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IUnseenCases unseen, ITextSearch search) : IUseCase
{
    /// <summary>Rows of a part.</summary>
    public const int Part = 30;

    private const int MostTags = 20;

    /// <summary>Lists a part of what the caller may know of.</summary>
    public async Task<FoundPrecedents> RunAsync(Caller caller, PrecedentFilter filter, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListPrecedents>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(filter);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<Precedent> seen = db.PrecedentsInSightOf(caller, permissions, unseen).AsNoTracking();
            List<PrecedentPolicy> policies = await db.Set<Policy>().Where(policy => seen.Any(row => row.PolicyId == policy.Id)).OrderBy(policy => policy.Code)
                .Select(policy => new PrecedentPolicy(policy.Id, policy.Code, policy.Name)).ToListAsync(cancellationToken).ConfigureAwait(false);
            List<string> tags = await db.Set<PrecedentTag>().Where(tag => seen.Any(row => row.Number == tag.PrecedentNumber))
                .GroupBy(tag => tag.Tag).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Take(MostTags).Select(group => group.Key).ToListAsync(cancellationToken).ConfigureAwait(false);
            List<PrecedentRow> rows = await (
                from row in Ordered(Matching(db, seen, filter)).Take(Part + 1)
                join words in db.Set<PrecedentVersion>() on new { PrecedentNumber = row.Number, Number = row.CurrentVersion } equals new { words.PrecedentNumber, words.Number }
                join policy in db.Set<Policy>() on row.PolicyId equals policy.Id
                select new PrecedentRow(
                    row.Number, words.Title, words.Rule, row.Verdict, policy.Id, policy.Code, policy.Name, row.PolicyVersion, policy.CurrentVersion, row.State, words.Tags, row.PublishedAt))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            rows = [.. rows.OrderBy(row => row.State).ThenByDescending(row => row.Number)];
            PrecedentPlace? next = rows.Count > Part ? new PrecedentPlace(rows[Part - 1].State, rows[Part - 1].Number) : null;
            return new FoundPrecedents([.. rows.Take(Part)], next, [.. policies.OrderBy(policy => policy.Code, PolicyCodeOrder.Instance)], tags);
        }
    }

    private IQueryable<Precedent> Matching(ConsoleDbContext db, IQueryable<Precedent> rows, PrecedentFilter filter)
    {
        rows = filter.State is { } state ? rows.Where(row => row.State == state) : rows.Where(row => row.State != PrecedentState.Withdrawn);
        if (filter.PolicyId is { } policy)
        {
            rows = rows.Where(row => row.PolicyId == policy);
        }

        if (filter.Tag is { } tag)
        {
            rows = rows.Where(row => db.Set<PrecedentTag>().Any(one => one.PrecedentNumber == row.Number && one.Tag == tag));
        }

        if (SearchWords.Terms(filter.Search) is { Count: > 0 } terms)
        {
            IQueryable<long> hits = search.Matching<PrecedentText>(db, terms);
            rows = rows.Where(row => hits.Contains(row.Number));
        }
        else if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            // Signs alone are in no text.
            rows = rows.Where(row => false);
        }

        return filter.After switch
        {
            null => rows,
            { State: PrecedentState.InForce, Number: var number } => rows.Where(row => row.State != PrecedentState.InForce || row.Number < number),
            { State: PrecedentState.Superseded, Number: var number } => rows.Where(row => row.State == PrecedentState.Withdrawn || (row.State == PrecedentState.Superseded && row.Number < number)),
            { Number: var number } => rows.Where(row => row.State == PrecedentState.Withdrawn && row.Number < number),
        };
    }

    private static IQueryable<Precedent> Ordered(IQueryable<Precedent> rows) =>
        rows.OrderBy(row => row.State == PrecedentState.InForce ? 0 : row.State == PrecedentState.Superseded ? 1 : 2).ThenByDescending(row => row.Number);
}
