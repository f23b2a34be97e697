using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Retention;

/// <summary>
/// Removes what is older than its class is kept, once an hour and on one node, and erases what was asked for. A run that breaks
/// off leaves the audit alone: what vouches for records goes after them.
/// </summary>
public sealed partial class RunRetention(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, WriteReceipts receipts, RetentionRuns runs, IEnumerable<IRecordClass> classes,
    IEnumerable<IActorRecords> rooms, NodeDuties nodes, TimeProvider clock, ILogger<RunRetention> log) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromMinutes(1);

    private readonly NodeDuty _duty = nodes.For(NodeDuties.Retention);
    private readonly IRecordClass[] _classes = [.. classes.OrderBy(one => RecordClasses.Place(one.Name))];

    /// <summary>The name under which a run counts what it erased of accounts.</summary>
    public const string Erasures = "erasures";

    /// <summary>Runs if it is due and no other node does. Returns whether it ran.</summary>
    public Task<bool> RunOnceAsync(CancellationToken cancellationToken) => RunOnceAsync(null, cancellationToken);

    /// <summary>Runs if it is due and this node has the duty, for as long as it has. Returns whether it ran.</summary>
    internal async Task<bool> RunOnDutyAsync(CancellationToken cancellationToken)
    {
        if (_duty.Term is not { } term)
        {
            return false;
        }

        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, term.Over);
        try
        {
            return await RunOnceAsync(term, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another node goes on with it.
            return false;
        }
    }

    private async Task<bool> RunOnceAsync(DutyTerm? term, CancellationToken cancellationToken)
    {
        if (await runs.TryBeginAsync(cancellationToken, term).ConfigureAwait(false) is not { } run)
        {
            return false;
        }

        Dictionary<string, long> counts = [];
        string? brokeAt = null;
        string at = "";
        try
        {
            IReadOnlyDictionary<string, int> days = await DaysAsync(cancellationToken).ConfigureAwait(false);
            DateTimeOffset now = clock.Now();
            at = Erasures;
            counts[at] = await EraseAsync(Pass(run, term), cancellationToken).ConfigureAwait(false);
            await writes.RunAsync((scope, token) => receipts.ForgetAsync(scope.Db, token), cancellationToken).ConfigureAwait(false);
            foreach (IRecordClass one in _classes)
            {
                at = one.Name;
                RetentionPass pass = Pass(run, term);
                await one.RemoveAsync(pass, now.AddDays(-days[one.Name]), cancellationToken).ConfigureAwait(false);
                if (one.IsCounted)
                {
                    counts[at] = pass.Removed;
                }
            }
        }
#pragma warning disable CA1031 // whatever it was, the run is over and says where; the next one tries again
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            brokeAt = at;
            LogBroken(at, error.GetType().Name);
        }

        await runs.EndAsync(run, counts, brokeAt, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>How long each class is kept now, days.</summary>
    internal async Task<IReadOnlyDictionary<string, int>> DaysAsync(CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            Dictionary<string, int> set = await db.Set<RetentionPeriod>().AsNoTracking().ToDictionaryAsync(row => row.Class, row => row.Days, cancellationToken).ConfigureAwait(false);
            return _classes.ToDictionary(one => one.Name, one => set.TryGetValue(one.Name, out int days) ? days : one.DefaultDays);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                try
                {
                    await RunOnDutyAsync(stoppingToken).ConfigureAwait(false);
                }
#pragma warning disable CA1031 // the database may be gone for a while; the next look tries again
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    LogBroken("begin", error.GetType().Name);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console is stopping.
        }
    }

    private RetentionPass Pass(Guid run, DutyTerm? term) => new(contexts, writes, cancel => runs.KeepAsync(run, cancel), term);

    private async Task<long> EraseAsync(RetentionPass pass, CancellationToken cancellationToken)
    {
        List<Guid> asked = await pass.ReadAsync(
            db => db.Set<Erasure>().Where(row => row.DoneAt == null).OrderBy(row => row.AskedAt).Select(row => row.Id).ToListAsync(cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        long done = 0;
        foreach (Guid id in asked)
        {
            done += (await ErasureWork.RunAsync(pass, rooms, id, cancellationToken).ConfigureAwait(false)).Done;
        }

        return done;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Retention broke off at {Class} ({Error}); it goes on with the next run")]
    private partial void LogBroken(string @class, string error);
}
