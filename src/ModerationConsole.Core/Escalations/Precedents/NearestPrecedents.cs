using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>What is asked of precedents.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="AsOf">The time as of which they are wanted, UTC: none that came as late, in the words that it had then; null for now.</param>
/// <param name="Reports">Reports of the case that may be known of; all if null.</param>
/// <param name="Most">How many.</param>
/// <param name="Superseded">Whether those that are offered no more are wanted too, after the others.</param>
/// <param name="NamesCases">Whether the cases that were ruled on may be named. Never on a desk: work would be told by it from what tests it.</param>
internal sealed record PrecedentQuestion(Caller Caller, IReadOnlySet<Permission> Permissions, DateTimeOffset? AsOf, IReadOnlyList<Guid>? Reports, int Most, bool Superseded = false, bool NamesCases = false);

/// <summary>Finds the precedents nearest to a case: memory says where to look, the database what is so.</summary>
public sealed class NearestPrecedents(PrecedentIndex index, FollowPrecedents follow, IUnseenCases unseen, IEnumerable<ICaseGrounds> rules)
{
    /// <summary>How many a desk offers.</summary>
    public const int MostOffered = 3;

    private const int MostTexts = 8;

    internal async Task<IReadOnlyList<PrecedentOffer>> FindAsync(ConsoleDbContext db, Case about, ItemVersion item, PrecedentQuestion question, CancellationToken cancellationToken)
    {
        // What is about child safety is compared with nothing.
        if (about.Sensitivity == Sensitivity.ChildSafety)
        {
            return [];
        }

        await follow.RenewAsync(cancellationToken).ConfigureAwait(false);
        if (index.Count == 0)
        {
            return [];
        }

        CaseTraits traits = await CaseTraits.ReadAsync(db, about, item, question.Reports, rules, cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<long> numbers, IReadOnlyDictionary<string, double> weights) = index.Near(traits, onlyInForce: question.AsOf is null && !question.Superseded);
        return numbers.Count == 0 ? [] : await RankAsync(db, traits, numbers, weights, question, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<PrecedentOffer>> RankAsync(
        ConsoleDbContext db, CaseTraits traits, IReadOnlyList<long> numbers, IReadOnlyDictionary<string, double> weights, PrecedentQuestion question, CancellationToken cancellationToken)
    {
        IQueryable<Precedent> known = db.PrecedentsInSightOf(question.Caller, question.Permissions, unseen).Where(row => numbers.Contains(row.Number));
        DateTimeOffset until = question.AsOf ?? Instant.Never;
        known = question.AsOf is { } then ? known.OfferedAt(db, then) : known.Offered(db, question.Superseded);
        var rows = await (
            from row in known.AsNoTracking()
            join policy in db.Set<Policy>() on row.PolicyId equals policy.Id
            join words in db.Set<PrecedentVersion>() on row.Number equals words.PrecedentNumber
            where words.WrittenAt < until
                && !db.Set<PrecedentVersion>().Any(later => later.PrecedentNumber == row.Number && later.Number > words.Number && later.WrittenAt < until)
            join about in db.Set<Case>() on row.CaseNumber equals about.Number into cases
            from about in cases.DefaultIfEmpty()
            join ruled in db.Set<ItemVersion>() on about.ItemVersionId equals ruled.Id into items
            from ruled in items.DefaultIfEmpty()
            select new
            {
                Precedent = row,
                Words = words,
                State = question.AsOf != null || (row.State == PrecedentState.InForce && row.PolicyVersion == policy.CurrentVersion) ? PrecedentState.InForce : PrecedentState.Superseded,
                policy.Code,
                policy.Name,
                ItemId = ruled == null ? null : (Guid?)ruled.Id,
                ContentHash = ruled == null ? null : ruled.ContentHash,
                TextKey = ruled == null ? null : ruled.TextKey,
                TextHash = ruled == null ? null : ruled.TextHash,
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
        ILookup<Guid, LikeMedia> media = await CaseTraits.MediaAsync(db, [.. rows.Select(row => row.ItemId).OfType<Guid>()], cancellationToken).ConfigureAwait(false);
        Guid[] near = [.. rows.Where(row => PrecedentScore.MayBeNear(row.TextHash, traits.Item.TextHash)).Select(row => row.ItemId).OfType<Guid>().Take(MostTexts)];
        Dictionary<Guid, string> texts = near.Length == 0 ? [] : await db.Set<ItemVersion>().Where(row => near.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Text, cancellationToken).ConfigureAwait(false);
        var found = (
            from row in rows
            let ruled = new RuledOn(
                row.Precedent.PolicyId, row.ContentHash, row.TextKey, row.TextHash, row.ItemId is { } id ? texts.GetValueOrDefault(id) : null,
                row.ItemId is { } item ? [.. media[item]] : [], CommonWords.TellingIn(row.Words.Drafted().Words), row.Precedent.Grounds.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            let reasons = PrecedentScore.Of(traits, ruled, weights)
            where reasons.Count > 0
            orderby row.State, reasons.Sum(reason => reason.Points) descending, row.Precedent.Number descending
            select (Row: row, Reasons: reasons)).Take(question.Most).ToList();
        string[] ordered = [.. found.SelectMany(one => ActionScope.List(one.Row.Precedent.Actions)).Distinct()];
        Dictionary<string, string> actions = ordered.Length == 0 ? [] : await db.Set<ActionDefinition>().Where(action => ordered.Contains(action.Id))
            .ToDictionaryAsync(action => action.Id, action => action.Name, cancellationToken).ConfigureAwait(false);
        return
        [
            .. found.Select(one => new PrecedentOffer(
                one.Row.Precedent.Number, one.Row.Words.Number, one.Row.Words.Title, one.Row.Words.Facts, one.Row.Words.Rule, one.Row.Words.Reasoning, one.Row.Precedent.Verdict,
                [.. ActionScope.List(one.Row.Precedent.Actions).Select(id => actions.GetValueOrDefault(id, id))], one.Row.Precedent.PolicyId, one.Row.Code, one.Row.Name,
                question.AsOf is null ? one.Row.Precedent.PolicyVersion : one.Row.Words.PolicyVersion, one.Row.State,
                question.NamesCases ? one.Row.Precedent.CaseNumber : null, one.Reasons)),
        ];
    }
}
