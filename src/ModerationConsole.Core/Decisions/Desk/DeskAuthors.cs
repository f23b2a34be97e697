using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>What our own data says about the accounts that made items.</summary>
internal static class DeskAuthors
{
    private static readonly TimeSpan s_window = TimeSpan.FromDays(90);

    public static async Task<DeskAuthor?> ReadAsync(DeskReading reading, CancellationToken cancellationToken)
    {
        (string? typeId, string? id) = await AccountAsync(reading, cancellationToken).ConfigureAwait(false);
        if (typeId is null || id is null)
        {
            return null;
        }

        IQueryable<ItemVersion> theirs = reading.Db.Set<ItemVersion>().AsNoTracking()
            .Where(item => (item.CreatorId == id && item.CreatorTypeId == typeId) || (item.ItemId == id && item.TypeId == typeId));
        DateTimeOffset firstSeen = await theirs.MinAsync(item => (DateTimeOffset?)item.ReceivedAt, cancellationToken).ConfigureAwait(false) ?? reading.Item.ReceivedAt;
        ItemVersion? account = await AccountItems(reading, [id]).Where(item => item.TypeId == typeId && item.ReceivedAt < reading.AsOf)
            .OrderByDescending(item => item.ReceivedAt).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);

        // A count that held child-safety cases would tell of them to people who may not know.
        IQueryable<Case> cases =
            from about in reading.Db.Set<Case>()
            join item in theirs on about.ItemVersionId equals item.Id
            where reading.SeesChildSafety || about.Sensitivity != Sensitivity.ChildSafety
            select about;
        (int violations, int decided, int open) = reading.Then is null
            ? await NowAsync(reading, cases, cancellationToken).ConfigureAwait(false)
            : await ThenAsync(reading, cases, cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> names = await NamesAsync(reading, [id], cancellationToken).ConfigureAwait(false);
        return new DeskAuthor(
            typeId, id, names.GetValueOrDefault(id, id), firstSeen, account?.CreatedAt, violations, decided, open);
    }

    private static async Task<(int Violations, int Decided, int Open)> NowAsync(DeskReading reading, IQueryable<Case> cases, CancellationToken cancellationToken)
    {
        DateTimeOffset since = reading.Now - s_window;
        var decided = await (
            from about in cases
            join decision in reading.Db.Judgements() on about.Number equals decision.CaseNumber
            where decision.State == DecisionState.Effective && decision.DecidedAt >= since && decision.Verdict != Verdict.CannotReview
            group decision by decision.Verdict into verdicts
            select new { Verdict = verdicts.Key, Count = verdicts.Count() }).ToListAsync(cancellationToken).ConfigureAwait(false);
        int open = await cases.CountAsync(about => about.State == CaseState.Open && about.Number != reading.Case.Number, cancellationToken).ConfigureAwait(false);
        return (decided.Where(row => row.Verdict == Verdict.Violation).Sum(row => row.Count), decided.Sum(row => row.Count), open);
    }

    // The same as it stood when the decision that is tested was made.
    private static async Task<(int Violations, int Decided, int Open)> ThenAsync(DeskReading reading, IQueryable<Case> cases, CancellationToken cancellationToken)
    {
        DateTimeOffset then = reading.AsOf;
        DateTimeOffset since = then - s_window;
        IQueryable<Decision> made = reading.Db.Judgements().Where(decision => decision.DecidedAt < then && decision.State != DecisionState.Undone);
        var decided = await (
            from about in cases
            join decision in made on about.Number equals decision.CaseNumber
            where decision.DecidedAt >= since && decision.Verdict != Verdict.CannotReview && !made.Any(later => later.ReversesId == decision.Id)
            group decision by decision.Verdict into verdicts
            select new { Verdict = verdicts.Key, Count = verdicts.Count() }).ToListAsync(cancellationToken).ConfigureAwait(false);
        int open = await cases.CountAsync(
            about => about.OpenedAt < then && (about.EndedAt == null || about.EndedAt >= then) && about.Number != reading.Case.Number
                && !made.Any(decision => decision.CaseNumber == about.Number), cancellationToken).ConfigureAwait(false);
        return (decided.Where(row => row.Verdict == Verdict.Violation).Sum(row => row.Count), decided.Sum(row => row.Count), open);
    }

    /// <summary>Display names of the accounts that made these items, by account id, where the platform sent the accounts.</summary>
    public static Task<Dictionary<string, string>> NamesAsync(DeskReading reading, IEnumerable<ItemVersion> items, CancellationToken cancellationToken) =>
        NamesAsync(reading, [.. items.Select(item => item.CreatorId).OfType<string>().Distinct()], cancellationToken);

    private static async Task<Dictionary<string, string>> NamesAsync(DeskReading reading, string[] ids, CancellationToken cancellationToken)
    {
        var accounts = await (
            from item in AccountItems(reading, ids)
            join type in reading.Db.Set<ItemType>() on item.TypeId equals type.Id
            orderby item.ReceivedAt
            select new { Item = item, Type = type }).ToListAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (var account in accounts)
        {
            if (DeskFields.ValueOf(account.Type, account.Item, FieldRole.DisplayName) is { } name)
            {
                names[account.Item.ItemId] = name;
            }
        }

        return names;
    }

    private static IQueryable<ItemVersion> AccountItems(DeskReading reading, string[] ids) =>
        from item in reading.Db.Set<ItemVersion>().AsNoTracking()
        join type in reading.Db.Set<ItemType>() on item.TypeId equals type.Id
        where ids.Contains(item.ItemId) && type.Kind == ItemKind.User
        select item;

    // A judged account is its own author.
    private static async Task<(string? TypeId, string? Id)> AccountAsync(DeskReading reading, CancellationToken cancellationToken) =>
        await reading.Db.Set<ItemType>().AnyAsync(type => type.Id == reading.Item.TypeId && type.Kind == ItemKind.User, cancellationToken).ConfigureAwait(false)
            ? (reading.Item.TypeId, reading.Item.ItemId)
            : (reading.Item.CreatorTypeId, reading.Item.CreatorId);
}
