using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Actors;

/// <summary>What is known of an account of the platform, as author and as reporter.</summary>
/// <param name="Sum">Strikes that count now.</param>
/// <param name="Strikes">What made the sum, the newest first, with what counts no more.</param>
/// <param name="Steps">Actions that are recommended from so many strikes on, by name.</param>
/// <param name="Reports">How its reports of the last half year were judged.</param>
/// <param name="Muted">Why its reports have no effect; null where they have.</param>
public sealed record ActorFile(
    string TypeId, string Id, string TypeName, int Items, DateTimeOffset? FirstSeen, int Sum, IReadOnlyList<ActorStrike> Strikes,
    IReadOnlyList<ActorStep> Steps, ReporterRecord Reports, int Reported, string? Muted)
{
    /// <summary>What was ordered because of strikes, the newest first.</summary>
    public IReadOnlyList<StrikeOrderLine> Orders { get; init; } = [];
}

/// <summary>What is recommended, or ordered by itself, from so many strikes on.</summary>
public sealed record ActorStep(int Count, string Action, bool Automatic);

/// <summary>An action that strikes ordered.</summary>
public sealed record StrikeOrderLine(int Count, string Action, StrikeOrderState State, DateTimeOffset OrderedAt, DateTimeOffset? EndedAt);

/// <summary>Reads what is known of an account; that someone looked is in the audit before anything is shown. Cases that the caller may not know of, or judges blind at the moment, are not among it.</summary>
[Requires(Permission.ViewCases)]
public sealed class ReadActor(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, IUnseenCases unseen, TimeProvider clock) : IUseCase
{
    private const int MostOrders = 50;

    /// <summary>The account; null where nothing of it came in.</summary>
    public async Task<ActorFile?> RunAsync(Caller caller, PlatformActor account, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadActor>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        await writes.RunAsync((scope, _) => Task.FromResult(scope.Record(caller, AuditAct.ActorViewed, subject: MutedReporters.Code(account))), cancellationToken)
            .ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<Case> visible = db.Set<Case>().VisibleTo(db, caller, held, unseen);
            IQueryable<ItemVersion> theirs = db.Set<ItemVersion>().Where(item =>
                ((item.CreatorId == account.Id && item.CreatorTypeId == account.TypeId) || (item.ItemId == account.Id && item.TypeId == account.TypeId))
                && visible.Any(about => about.ItemVersionId == item.Id));
            int items = await theirs.CountAsync(cancellationToken).ConfigureAwait(false);
            int reported = await db.Set<Report>().CountAsync(
                row => row.ReporterId == account.Id && row.ReporterTypeId == account.TypeId && visible.Any(about => about.Number == row.CaseNumber), cancellationToken)
                .ConfigureAwait(false);
            MutedReporter? muted = await db.Set<MutedReporter>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.TypeId == account.TypeId && row.AccountId == account.Id, cancellationToken).ConfigureAwait(false);
            if (items + reported == 0 && muted is null)
            {
                return null;
            }

            StrikeTable table = await StrikeTable.ReadAsync(db, cancellationToken).ConfigureAwait(false);
            List<ActorStrike> strikes = await ActorStrikes.OfAsync(db, visible, account, table, now, Instant.Never, cancellationToken).ConfigureAwait(false);
            Dictionary<(string TypeId, string Id), ReporterRecord> records = await DeskReporters.RecordsAsync(
                db, [account.Id], now, Instant.Never, except: 0, held.Contains(Permission.ChildSafety), cancellationToken).ConfigureAwait(false);
            Dictionary<string, string> names = await db.Set<Enforcement.ActionDefinition>().ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken).ConfigureAwait(false);
            return new ActorFile(
                account.TypeId, account.Id,
                await db.Set<ItemType>().Where(row => row.Id == account.TypeId).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? account.TypeId,
                items, await theirs.MinAsync(item => (DateTimeOffset?)item.ReceivedAt, cancellationToken).ConfigureAwait(false),
                ActorStrikes.Sum(strikes), strikes, [.. table.Steps.Select(step => new ActorStep(step.Count, names.GetValueOrDefault(step.ActionId, step.ActionId), step.Automatic))],
                records.GetValueOrDefault((account.TypeId, account.Id), ReporterRecord.None), reported, muted?.Reason)
            {
                // As visible as the case that brought the number.
                Orders = [.. (await db.Set<StrikeOrder>().AsNoTracking()
                    .Where(row => row.AccountId == account.Id && row.TypeId == account.TypeId && visible.Any(about => about.Number == row.CaseNumber))
                    .OrderByDescending(row => row.OrderedAt).Take(MostOrders).ToListAsync(cancellationToken).ConfigureAwait(false))
                    .Select(row => new StrikeOrderLine(row.Count, names.GetValueOrDefault(row.ActionId, row.ActionId), row.State, row.OrderedAt, row.EndedAt))],
            };
        }
    }
}
