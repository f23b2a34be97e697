using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>By what a case is compared with precedents.</summary>
/// <param name="Like">Hashes of its words and files.</param>
/// <param name="Words">Its words, each once, those that say nothing left out.</param>
/// <param name="Policies">What it was reported under.</param>
/// <param name="Grounds">Names of rules and signals that brought it up.</param>
internal sealed record CaseTraits(Case Case, ItemVersion Item, LikeCase Like, IReadOnlyList<string> Words, IReadOnlySet<string> Policies, IReadOnlyList<string> Grounds)
{
    private const int MostPolicies = 100;

    /// <param name="reports">The reports that may be known of; all if null.</param>
    public static async Task<CaseTraits> ReadAsync(
        ConsoleDbContext db, Case about, ItemVersion item, IReadOnlyList<Guid>? reports, IEnumerable<ICaseGrounds> rules, CancellationToken cancellationToken)
    {
        Guid[] versions = [item.Id];
        ILookup<Guid, LikeMedia> media = await MediaAsync(db, versions, cancellationToken).ConfigureAwait(false);
        IQueryable<Report> known = db.Set<Report>().Where(row => row.CaseNumber == about.Number);
        known = reports is null ? known : known.Where(row => reports.Contains(row.Id));
        List<string> policies = await known.Where(row => row.PolicyId != null).Select(row => row.PolicyId!).Distinct().OrderBy(policy => policy).Take(MostPolicies).ToListAsync(cancellationToken).ConfigureAwait(false);
        return new CaseTraits(
            about, item, new LikeCase(about.Number, item.TypeId, item.TextKey, item.TextHash, [.. media[item.Id]]), CommonWords.TellingIn(SearchWords.Of(item.Text)),
            policies.ToHashSet(StringComparer.Ordinal), await GroundsAsync(db, about, rules, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Files of item versions by their hashes; none where one is marked as child safety.</summary>
    public static async Task<ILookup<Guid, LikeMedia>> MediaAsync(ConsoleDbContext db, IReadOnlyCollection<Guid> versions, CancellationToken cancellationToken)
    {
        var rows = await (
            from link in db.Set<ItemMedia>()
            join file in db.Set<MediaObject>() on link.MediaId equals file.Id
            where versions.Contains(link.ItemVersionId)
            select new { link.ItemVersionId, file.Sha256, file.Pdq, file.PdqQuality, file.ChildSafety }).ToListAsync(cancellationToken).ConfigureAwait(false);
        HashSet<Guid> marked = [.. rows.Where(row => row.ChildSafety).Select(row => row.ItemVersionId)];
        return rows.Where(row => !marked.Contains(row.ItemVersionId)).ToLookup(row => row.ItemVersionId, row => LikenessRows.MediaOf(row.Sha256, row.Pdq, row.PdqQuality));
    }

    /// <summary>Names of what of the console itself brought a case up.</summary>
    public static async Task<IReadOnlyList<string>> GroundsAsync(ConsoleDbContext db, Case about, IEnumerable<ICaseGrounds> rules, CancellationToken cancellationToken)
    {
        List<string> names = [];
        foreach (ICaseGrounds rule in rules)
        {
            names.AddRange((await rule.OfAsync(db, about, cancellationToken).ConfigureAwait(false)).Select(ground => ground.Name));
        }

        return [.. names.Distinct(StringComparer.Ordinal)];
    }
}
