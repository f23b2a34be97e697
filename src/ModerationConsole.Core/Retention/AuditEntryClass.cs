using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Retention;

/// <summary>
/// Entries of the audit. Their leaves stay, so the tree and every proof that was given out still hold; which leaves lost their
/// entry is in the audit itself, and verification accepts those and no others. What speaks of a case stays as long as the case.
/// </summary>
internal sealed class AuditEntryClass(string name, int defaultDays, int leastDays, IReadOnlyList<AuditAct> acts, IKnownCases cases) : IRecordClass
{
    /// <summary>Who came and went.</summary>
    public static readonly IReadOnlyList<AuditAct> SignInActs =
    [
        AuditAct.SignedIn, AuditAct.SignInFailed, AuditAct.SignedOut, AuditAct.SessionEnded, AuditAct.ProviderSessionEnded, AuditAct.LockedOut,
        AuditAct.IdentityProved,
    ];

    public string Name => name;

    public int DefaultDays => defaultDays;

    public int LeastDays => leastDays;

    public string? Within => acts.Count > 0 ? RecordClasses.Audit : null;

    public async Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken)
    {
        long after = 0;
        while (true)
        {
            List<Old> page = await pass.ReadAsync(db => FindAsync(db, before, after, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
            {
                return;
            }

            after = page[^1].Number;
            IReadOnlySet<long> kept = await pass.ReadAsync(
                db => cases.AmongAsync(db, [.. page.Select(row => row.CaseNumber).OfType<long>().Distinct()], cancellationToken), cancellationToken).ConfigureAwait(false);
            List<Old> gone = [.. page.Where(row => row.CaseNumber is not { } number || !kept.Contains(number))];
            if (gone.Count > 0)
            {
                await pass.BatchAsync((scope, cancel) => RemoveAsync(scope, gone, cancel), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task<List<Old>> FindAsync(ConsoleDbContext db, DateTimeOffset before, long after, CancellationToken cancellationToken)
    {
        // What names removed leaves is what verification goes by; it stays for good.
        IQueryable<AuditEntry> entries = db.Set<AuditEntry>().AsNoTracking()
            .Where(entry => entry.At < before && entry.Number > after && entry.Act != AuditAct.EntriesRemoved);
        if (acts.Count > 0)
        {
            entries = entries.Where(entry => acts.Contains(entry.Act));
        }

        return (
            from entry in entries
            join leaf in db.Set<AuditLeaf>() on entry.Id equals leaf.EntryId
            orderby entry.Number
            select new Old(entry.Number, leaf.Index, entry.CaseNumber)).Take(RetentionPass.RowsAtOnce).ToListAsync(cancellationToken);
    }

    private async Task<int> RemoveAsync(WriteScope scope, List<Old> gone, CancellationToken cancellationToken)
    {
        long[] numbers = [.. gone.Select(row => row.Number)];
        int removed = await scope.RemoveAppendOnlyAsync(scope.Db.Set<AuditEntry>().Where(entry => numbers.Contains(entry.Number)), cancellationToken).ConfigureAwait(false);
        if (removed != gone.Count)
        {
            // Another node was faster: what it removed is named by its own entry.
            scope.Discard();
            return 0;
        }

        scope.Record(Caller.System, AuditAct.EntriesRemoved, subject: name, details: new Dictionary<string, object?>
        {
            ["count"] = removed,
            [RemovedLeaves.Detail] = Ranges(gone.Select(row => row.Index)),
        });
        return removed;
    }

    /// <summary>Indexes as ranges, such as <c>0-399,402</c>: short, because what is removed together mostly lies together.</summary>
    internal static string Ranges(IEnumerable<long> indexes)
    {
        StringBuilder text = new();
        (long From, long To)? open = null;
        foreach (long index in indexes.Order())
        {
            if (open is { } range && index == range.To + 1)
            {
                open = (range.From, index);
                continue;
            }

            Close();
            open = (index, index);
        }

        Close();
        return text.ToString();

        void Close()
        {
            if (open is { } range)
            {
                text.Append(text.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{range.From}");
                _ = range.To > range.From ? text.Append(CultureInfo.InvariantCulture, $"-{range.To}") : text;
            }
        }
    }

    private sealed record Old(long Number, long Index, long? CaseNumber);
}
