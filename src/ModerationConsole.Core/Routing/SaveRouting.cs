using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Routing;

/// <summary>What became of a routing table that was to be saved.</summary>
public enum SaveRoutingOutcome
{
    Saved,

    /// <summary>Someone saved it meanwhile.</summary>
    Changed,

    /// <summary>More than 500 lines.</summary>
    TooLong,

    /// <summary>A line names a queue that is not there or takes nothing new.</summary>
    QueueUnknown,

    /// <summary>A line names an item type that is not there.</summary>
    ItemTypeUnknown,

    /// <summary>A line names a policy that is not there.</summary>
    PolicyUnknown,

    /// <summary>A line's language is no BCP 47 tag.</summary>
    LanguageInvalid,

    /// <summary>A line's priority is not from 0 to 100.</summary>
    PriorityInvalid,

    /// <summary>A line's deadline is not from one minute to a year.</summary>
    DeadlineInvalid,
}

/// <summary>What became of it, and which line, from 0, is wrong where one is.</summary>
public sealed record SavedRouting(SaveRoutingOutcome Outcome, int? Line = null);

/// <summary>Puts a new routing table in the place of the old one. Cases that wait already stay where they are.</summary>
[Requires(Permission.ManageQueues)]
public sealed partial class SaveRouting(WritePath writes, IAccessGuard guard) : IUseCase
{
    private const int MaxLines = 500;
    private const int Year = 365 * 24 * 60;

    /// <summary>Saves the whole ordered table.</summary>
    /// <param name="stamp">The <see cref="RoutingTable.Stamp"/> that the change was made from.</param>
    public async Task<SavedRouting> RunAsync(Caller caller, IReadOnlyList<RoutingLine> lines, string stamp, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveRouting>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count > MaxLines)
        {
            return new SavedRouting(SaveRoutingOutcome.TooLong);
        }

        RoutingLine[] clean = [.. lines.Select(Clean)];
        return await writes.RunAsync((scope, token) => SaveAsync(scope, caller, clean, stamp, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SavedRouting> SaveAsync(WriteScope scope, Caller caller, RoutingLine[] lines, string stamp, CancellationToken cancellationToken)
    {
        RoutingTable before = await RoutingTable.ReadAsync(scope.Db, cancellationToken).ConfigureAwait(false);
        if (before.Stamp != stamp)
        {
            return new SavedRouting(SaveRoutingOutcome.Changed);
        }

        if (await FindFaultAsync(scope.Db, lines, cancellationToken).ConfigureAwait(false) is { } fault)
        {
            return fault;
        }

        List<RoutingRow> rows = await scope.Db.Set<RoutingRow>().OrderBy(row => row.Position).ToListAsync(cancellationToken).ConfigureAwait(false);
        scope.Db.RemoveRange(rows.Skip(lines.Length));
        for (int i = 0; i < lines.Length; i++)
        {
            RoutingRow row = i < rows.Count ? rows[i] : new RoutingRow();
            Fill(row, i, lines[i]);
            if (i >= rows.Count)
            {
                scope.Db.Add(row);
            }
        }

        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        RoutingTable after = await RoutingTable.ReadAsync(scope.Db, cancellationToken).ConfigureAwait(false);
        scope.Record(caller, AuditAct.RoutingChanged, details: new Dictionary<string, object?>
        {
            ["after"] = after.Stamp,
            ["before"] = before.Stamp,
            ["lines"] = lines.Length,
        });
        scope.Publish(LiveKind.ConfigurationChanged, state: "routing");
        return new SavedRouting(SaveRoutingOutcome.Saved);
    }

    private static async Task<SavedRouting?> FindFaultAsync(ConsoleDbContext db, RoutingLine[] lines, CancellationToken cancellationToken)
    {
        HashSet<Guid> queues = [.. await db.Set<CaseQueue>().Where(row => !row.Archived).Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false)];
        HashSet<string> types = [.. await db.Set<ItemType>().Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false)];
        HashSet<string> policies = [.. await db.Set<Policy>().Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false)];
        for (int i = 0; i < lines.Length; i++)
        {
            RoutingLine line = lines[i];
            SaveRoutingOutcome outcome =
                !queues.Contains(line.QueueId) ? SaveRoutingOutcome.QueueUnknown
                : line.ItemTypeId is { } type && !types.Contains(type) ? SaveRoutingOutcome.ItemTypeUnknown
                : line.PolicyId is { } policy && !policies.Contains(policy) ? SaveRoutingOutcome.PolicyUnknown
                : line.Language is { } language && (language.Length > 35 || !Tag().IsMatch(language)) ? SaveRoutingOutcome.LanguageInvalid
                : line.Priority is < 0 or > 100 ? SaveRoutingOutcome.PriorityInvalid
                : line.DeadlineMinutes is < 1 or > Year ? SaveRoutingOutcome.DeadlineInvalid
                : SaveRoutingOutcome.Saved;
            if (outcome != SaveRoutingOutcome.Saved)
            {
                return new SavedRouting(outcome, i);
            }
        }

        return null;
    }

    private static void Fill(RoutingRow row, int position, RoutingLine line)
    {
        row.Position = position;
        row.QueueId = line.QueueId;
        row.ItemTypeId = line.ItemTypeId;
        row.PolicyId = line.PolicyId;
        row.Source = line.Source;
        row.MinSeverity = line.MinSeverity;
        row.Language = line.Language;
        row.Priority = line.Priority;
        row.DeadlineMinutes = line.DeadlineMinutes;
    }

    // A form sends empty text where a condition is left open.
    private static RoutingLine Clean(RoutingLine line) =>
        line with { ItemTypeId = NullIfBlank(line.ItemTypeId), PolicyId = NullIfBlank(line.PolicyId), Language = NullIfBlank(line.Language) };

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex(@"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
