using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Retention;

/// <summary>
/// Who runs, and what came of it. One node at a time: it takes the one row for a while and takes it again after each batch, so
/// that another goes on when it dies.
/// </summary>
public sealed class RetentionRuns(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, TimeProvider clock)
{
    /// <summary>How long after the beginning of a run the next one begins.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_hold = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_renew = TimeSpan.FromMinutes(1);

    private long _renewed;

    /// <summary>Begins a run, unless none is due or another node is at it.</summary>
    /// <param name="term">In which this node has the duty: a run that was begun before is a dead node's. Null where that is not known.</param>
    public async Task<Guid?> TryBeginAsync(CancellationToken cancellationToken, DutyTerm? term = null)
    {
        // Most looks find nothing due: they cost no place on the write path.
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!IsFree(await db.Set<RetentionTurn>().AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false), clock.Now(), term))
            {
                return null;
            }
        }

        Guid? begun = await writes.RunAsync((scope, cancel) => BeginAsync(scope, term, cancel), cancellationToken).ConfigureAwait(false);
        _renewed = clock.GetTimestamp();
        return begun;
    }

    /// <summary>Keeps the run with this node. Throws when another took it over.</summary>
    public async Task KeepAsync(Guid run, CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(_renewed) < s_renew)
        {
            return;
        }

        _renewed = clock.GetTimestamp();
        if (!await writes.RunAsync((scope, cancel) => RenewAsync(scope, run, cancel), cancellationToken).ConfigureAwait(false))
        {
            throw new InvalidOperationException("Another node goes on with the run.");
        }
    }

    /// <summary>Ends the run, with its entry in the audit.</summary>
    public Task EndAsync(Guid run, IReadOnlyDictionary<string, long> counts, string? brokeAt, CancellationToken cancellationToken) => writes.RunAsync(
        async (scope, cancel) =>
        {
            RetentionRun row = await scope.Db.Set<RetentionRun>().SingleAsync(one => one.Id == run, cancel).ConfigureAwait(false);
            row.EndedAt = scope.Now;
            row.BrokeAt = brokeAt;
            row.Counts = JsonSerializer.Serialize(counts);
            RetentionTurn turn = await scope.Db.Set<RetentionTurn>().SingleAsync(cancel).ConfigureAwait(false);
            if (turn.RunId == run)
            {
                (turn.RunId, turn.HeldUntil) = (null, null);
            }

            scope.Record(Caller.System, AuditAct.RetentionRan, subject: run.ToString(), details: new Dictionary<string, object?>
            {
                ["brokeAt"] = brokeAt,
                ["removed"] = new SortedDictionary<string, long>(counts.Where(one => one.Value > 0).ToDictionary(), StringComparer.Ordinal),
            });
            return true;
        },
        cancellationToken);

    private static bool IsFree(RetentionTurn? turn, DateTimeOffset now, DutyTerm? term) =>
        turn is null || (turn.RunId is null ? turn.NextAt <= now : term is not null || turn.HeldUntil < now);

    private static async Task<Guid?> BeginAsync(WriteScope scope, DutyTerm? term, CancellationToken cancellationToken)
    {
        RetentionTurn? turn = await scope.Db.Set<RetentionTurn>().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (!IsFree(turn, scope.Now, term) || (term is not null && !await scope.Db.HoldsAsync(term, cancellationToken).ConfigureAwait(false)))
        {
            return null;
        }

        if (turn is null)
        {
            turn = new RetentionTurn();
            scope.Db.Add(turn);
        }

        RetentionRun run = new() { StartedAt = scope.Now };
        scope.Db.Add(run);
        (turn.RunId, turn.HeldUntil, turn.NextAt) = (run.Id, scope.Now + s_hold, scope.Now + Every);
        return run.Id;
    }

    private static async Task<bool> RenewAsync(WriteScope scope, Guid run, CancellationToken cancellationToken)
    {
        RetentionTurn? turn = await scope.Db.Set<RetentionTurn>().SingleOrDefaultAsync(row => row.RunId == run, cancellationToken).ConfigureAwait(false);
        if (turn is not null)
        {
            turn.HeldUntil = scope.Now + s_hold;
        }

        return turn is not null;
    }
}
