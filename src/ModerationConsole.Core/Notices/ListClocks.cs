using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Notices;

/// <summary>Which clocks are wanted.</summary>
public enum ClockChoice
{
    /// <summary>Those that run.</summary>
    Running,

    /// <summary>Those that run and are late, or are expected to be.</summary>
    AtRisk,

    /// <summary>Those that stand.</summary>
    Ended,
}

/// <summary>Which clocks are wanted.</summary>
/// <param name="Type">Code of the type.</param>
/// <param name="After">Number of the last one of the part before, among those that ended; null for the first part.</param>
public sealed record ClockFilter(ClockChoice Choice = ClockChoice.Running, string? Type = null, string? Jurisdiction = null, long? After = null);

/// <summary>A clock in the list.</summary>
/// <param name="CaseNumber">The case that it waits for, else its first.</param>
/// <param name="More">How many more cases it has.</param>
/// <param name="Share">How much of its time is over, 0 to 1 and beyond.</param>
/// <param name="Forecast">What is to be expected; of one that ended, that nothing waits.</param>
/// <param name="QueueName">Where it waits; null where nothing does.</param>
/// <param name="InHand">Whether someone has it.</param>
/// <param name="Holder">Who, for those who may know.</param>
public sealed record ClockRow(
    long Number, string TypeName, string Jurisdiction, bool ByLaw, long CaseNumber, int More, DateTimeOffset ReceivedAt, DateTimeOffset DueAt, double Share,
    BreachForecast Forecast, string? QueueName, bool InHand, string? Holder, NoticeState State, DateTimeOffset? StoppedAt, bool? Met);

/// <summary>A part of the clocks.</summary>
/// <param name="More">Whether the list goes on.</param>
/// <param name="Cut">Whether more run than are shown.</param>
/// <param name="Types">Types that have notices, to choose from: code and name.</param>
/// <param name="Jurisdictions">Jurisdictions that have notices, to choose from.</param>
public sealed record FoundClocks(IReadOnlyList<ClockRow> Rows, bool More, bool Cut, IReadOnlyList<KeyValuePair<string, string>> Types, IReadOnlyList<string> Jurisdictions);

/// <summary>The clocks of notices: those that run, the one most in danger first; or those that ended, the newest first.</summary>
[Requires(Permission.ViewNotices)]
public sealed class ListClocks(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IUnseenCases unseen, TimeProvider clock) : IUseCase
{
    private const int Part = 50;
    private const int MostRunning = 500;

    /// <summary>Lists them.</summary>
    public async Task<FoundClocks> RunAsync(Caller caller, ClockFilter filter, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListClocks>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(filter);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<Notice> all = db.NoticesFor(caller, held, unseen).AsNoTracking();
            IQueryable<Notice> rows = filter.Type is { } type ? all.Where(row => row.Type == type) : all;
            rows = filter.Jurisdiction is { } place ? rows.Where(row => row.Jurisdiction == place) : rows;
            bool ended = filter.Choice == ClockChoice.Ended;
            rows = ended ? rows.Where(row => row.State != NoticeState.Running) : rows.Where(row => row.State == NoticeState.Running);
            rows = ended && filter.After is { } last ? rows.Where(row => row.Number < last) : rows;
            int most = ended ? Part : MostRunning;
            List<Notice> found = await (ended ? rows.OrderByDescending(row => row.Number) : rows.OrderBy(row => row.DueAt).ThenBy(row => row.Number))
                .Take(most + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
            List<ClockRow> shown = await ClockRows.OfAsync(db, [.. found.Take(most)], held, now, cancellationToken).ConfigureAwait(false);
            if (!ended)
            {
                shown = [.. shown.Where(row => filter.Choice == ClockChoice.Running || row.Forecast.IsLate || row.DueAt <= now).OrderBy(Danger).ThenBy(row => row.DueAt).ThenBy(row => row.Number)];
            }

            var types = await all.Select(row => new { row.Type, row.TypeName }).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
            List<string> places = await all.Select(row => row.Jurisdiction).Distinct().OrderBy(row => row).ToListAsync(cancellationToken).ConfigureAwait(false);
            return new FoundClocks(
                shown, ended && found.Count > most, !ended && found.Count > most,
                [.. types.GroupBy(row => row.Type).Select(group => KeyValuePair.Create(group.Key, group.First().TypeName)).OrderBy(one => one.Value, StringComparer.Ordinal)], places);
        }

        int Danger(ClockRow row) => row.Forecast.Kind switch
        {
            ForecastKind.NobodyMayTake => 0,
            _ when row.DueAt <= now => 1,
            ForecastKind.Late => 2,
            ForecastKind.NobodyAtWork or ForecastKind.InTime or ForecastKind.NothingWaits => 3,
            _ => throw new ArgumentOutOfRangeException(nameof(row)),
        };
    }
}

/// <summary>Puts together what is shown of clocks.</summary>
internal static class ClockRows
{
    public static async Task<List<ClockRow>> OfAsync(
        ConsoleDbContext db, IReadOnlyList<Notice> notices, IReadOnlySet<Permission> held, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long[] numbers = [.. notices.Select(row => row.Number)];
        ILookup<long, NoticeItem> items = (await db.Set<NoticeItem>().AsNoTracking().Where(row => numbers.Contains(row.NoticeNumber)).OrderBy(row => row.Position)
            .ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => row.NoticeNumber);
        long[] waiting = [.. items.SelectMany(row => row).Where(row => row.Outcome == NoticeOutcome.Waiting).Select(row => row.CaseNumber).Distinct()];
        IReadOnlyDictionary<long, ClockStanding> standing = await ClockForecasts.ReadAsync(db, waiting, now, cancellationToken).ConfigureAwait(false);
        return [.. notices.Select(notice =>
        {
            NoticeItem[] all = [.. items[notice.Number]];
            // The worst of what it waits for says how it stands.
            (NoticeItem? item, ClockStanding? at, BreachForecast forecast) = all.Where(row => row.Outcome == NoticeOutcome.Waiting)
                .Select(row => (row, standing.GetValueOrDefault(row.CaseNumber), standing.GetValueOrDefault(row.CaseNumber)?.Forecast(now, notice.DueAt) ?? BreachForecast.Nothing))
                .OrderBy(row => row.Item3.Kind).ThenByDescending(row => row.Item3.DoneAt).FirstOrDefault();
            return new ClockRow(
                notice.Number, notice.TypeName, notice.Jurisdiction, notice.ByLaw, (item ?? all.FirstOrDefault())?.CaseNumber ?? 0, Math.Max(0, all.Length - 1),
                notice.ReceivedAt, notice.DueAt, ((notice.StoppedAt ?? now) - notice.ReceivedAt) / (notice.DueAt - notice.ReceivedAt), forecast ?? BreachForecast.Nothing,
                at?.QueueName, at?.InHandSince is not null,
                // As on the page of queues: who may take a task back sees who has it.
                held.Contains(Permission.ReassignTasks) ? at?.HolderName : null,
                notice.State, notice.StoppedAt, notice.Met);
        })];
    }
}
