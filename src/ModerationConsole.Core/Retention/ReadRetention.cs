using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Retention;

/// <summary>A class as it is set.</summary>
public sealed record ClassShown(string Name, int Days, int DefaultDays, int LeastDays, string? Within, long? LastRemoved);

/// <summary>A run as it went.</summary>
public sealed record RunShown(DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? BrokeAt, IReadOnlyDictionary<string, long> Counts);

/// <summary>A hold that holds.</summary>
public sealed record HoldShown(Guid Id, long? CaseNumber, string? ActorTypeId, string? ActorId, string Reason, Guid PlacedBy, DateTimeOffset PlacedAt);

/// <summary>An erasure that was asked for; the account is named while something of it is left.</summary>
public sealed record ErasureShown(Guid Id, string ActorTypeId, string? ActorId, DateTimeOffset AskedAt, DateTimeOffset? DoneAt, int Done, int Left);

/// <summary>All about retention.</summary>
/// <param name="NextAt">When it runs next, UTC; null before the first run.</param>
public sealed record RetentionShown(
    IReadOnlyList<ClassShown> Classes, RunShown? Last, DateTimeOffset? NextAt, IReadOnlyList<HoldShown> Holds, IReadOnlyList<ErasureShown> Erasures);

/// <summary>Reads classes, runs, holds and erasures.</summary>
[Requires(Permission.ManageRetention)]
public sealed class ReadRetention(
    IDbContextFactory<ConsoleDbContext> contexts, IEnumerable<IRecordClass> classes, RunRetention runner, ICaseSight sight, IAccessGuard guard) : IUseCase
{
    private const int MostShown = 200;

    /// <summary>Reads it all.</summary>
    public async Task<RetentionShown> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadRetention>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, int> days = await runner.DaysAsync(cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            RetentionRun? last = await db.Set<RetentionRun>().AsNoTracking().OrderByDescending(row => row.StartedAt).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            Dictionary<string, long> counts = last is null ? [] : JsonSerializer.Deserialize<Dictionary<string, long>>(last.Counts) ?? [];
            RetentionTurn? turn = await db.Set<RetentionTurn>().AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return new RetentionShown(
                [
                    .. classes.OrderBy(one => RecordClasses.Place(one.Name)).Select(one => new ClassShown(
                        one.Name, days[one.Name], one.DefaultDays, one.LeastDays, one.Within, counts.TryGetValue(one.Name, out long removed) ? removed : null)),
                ],
                last is null ? null : new RunShown(last.StartedAt, last.EndedAt, last.BrokeAt, counts),
                turn?.NextAt,
                await HoldsAsync(db, caller, cancellationToken).ConfigureAwait(false),
                await db.Set<Erasure>().AsNoTracking().OrderByDescending(row => row.AskedAt).Take(MostShown)
                    .Select(row => new ErasureShown(row.Id, row.ActorTypeId, row.ActorId == "" ? null : row.ActorId, row.AskedAt, row.DoneAt, row.Done, row.Left))
                    .ToListAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    // A hold of a case that the caller may not know of is shown to those who may.
    private async Task<IReadOnlyList<HoldShown>> HoldsAsync(ConsoleDbContext db, Caller caller, CancellationToken cancellationToken)
    {
        List<HoldShown> holds = await db.Set<LegalHold>().AsNoTracking().Where(row => row.LiftedAt == null).OrderByDescending(row => row.PlacedAt).Take(MostShown)
            .Select(row => new HoldShown(row.Id, row.CaseNumber, row.ActorTypeId, row.ActorId, row.Reason, row.PlacedBy, row.PlacedAt))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<long> hidden = await sight.HiddenAmongAsync(
            db, caller, [.. holds.Select(hold => hold.CaseNumber).OfType<long>()], permissions, cancellationToken).ConfigureAwait(false);
        return [.. holds.Where(hold => hold.CaseNumber is not { } number || !hidden.Contains(number))];
    }
}
