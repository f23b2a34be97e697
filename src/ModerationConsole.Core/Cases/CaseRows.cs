using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Cases;

/// <summary>Reads what a list shows of cases whose numbers are known to be allowed, in their order.</summary>
internal sealed class CaseRows(ConsoleDbContext db, ICaseWhereabouts whereabouts, int excerptLength, bool showSevere)
{
    public async Task<IReadOnlyList<CaseRow>> ReadAsync(List<long> numbers, CancellationToken cancellationToken)
    {
        var cases = await (
            from about in db.Set<Case>().AsNoTracking()
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            join type in db.Set<ItemType>() on item.TypeId equals type.Id
            where numbers.Contains(about.Number)
            select new
            {
                About = about,
                // What harms is asked for, never met: the text of a severe case is not even read.
                Excerpt = about.Sensitivity == Sensitivity.Ordinary && about.Severity != Severity.Severe
                    || showSevere && about.Sensitivity != Sensitivity.ChildSafety ? item.Text.Substring(0, excerptLength) : null,
                // A field may have been made personal after the item came.
                Masked = type.Fields.Contains(ItemSchema.WrittenSensitive) ? new { type.Fields, item.Data } : null,
                item.CreatorId,
                TypeName = type.Name,
                Reports = db.Set<Report>().Count(report => report.CaseNumber == about.Number),
                Media = db.Set<ItemMedia>().Count(media => media.ItemVersionId == item.Id),
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<long, CaseWhereabouts> where = await whereabouts.OfAsync(db, numbers, cancellationToken).ConfigureAwait(false);
        Dictionary<long, string> verdicts = await VerdictsAsync(numbers, cancellationToken).ConfigureAwait(false);
        Dictionary<long, int> places = numbers.Select((number, place) => (number, place)).ToDictionary(pair => pair.number, pair => pair.place);
        return [.. cases.OrderBy(row => places[row.About.Number]).Select(row => new CaseRow(
            row.About.Number, row.TypeName, row.About.State, row.About.State == CaseState.Open ? null : verdicts.GetValueOrDefault(row.About.Number),
            row.About.Sensitivity, row.About.Severity, row.About.Language,
            row is { Excerpt: not null, Masked: { } masked } ? ItemFields.Excerpt(masked.Fields, masked.Data, excerptLength) : row.Excerpt, row.CreatorId, row.Reports, row.Media,
            row.About.OpenedAt, row.About.LastEvidenceAt, where.GetValueOrDefault(row.About.Number)))];
    }

    // Decisions are made above this room; the history tells what was found.
    private async Task<Dictionary<long, string>> VerdictsAsync(List<long> numbers, CancellationToken cancellationToken)
    {
        var lines = await db.Set<CaseEvent>().AsNoTracking()
            .Where(line => numbers.Contains(line.CaseNumber) && (line.Kind == CaseEventKind.Decided || line.Kind == CaseEventKind.Reversed) && line.Text != null)
            .OrderBy(line => line.Sequence)
            .Select(line => new { line.CaseNumber, line.Text }).ToListAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<long, string> verdicts = [];
        foreach (var line in lines)
        {
            verdicts[line.CaseNumber] = line.Text!.Split(' ')[0];
        }

        return verdicts;
    }
}
