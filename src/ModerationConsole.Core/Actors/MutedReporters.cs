using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Actors;

/// <summary>An account that is muted, in a list.</summary>
/// <param name="By">Who muted it.</param>
/// <param name="Reports">Reports that came in since and had no effect.</param>
public sealed record MutedReporterRow(string TypeId, string AccountId, string Reason, string? By, DateTimeOffset MutedAt, int Reports);

/// <summary>Who is muted, the last one first.</summary>
[Requires(Permission.MuteReporters)]
public sealed class ListMutedReporters(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    private const int Most = 200;

    /// <summary>Lists them.</summary>
    public async Task<IReadOnlyList<MutedReporterRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListMutedReporters>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from row in db.Set<MutedReporter>()
                join person in db.Set<Moderator>() on row.MutedBy equals person.Id into people
                from person in people.DefaultIfEmpty()
                orderby row.MutedAt descending
                select new MutedReporterRow(
                    row.TypeId, row.AccountId, row.Reason, person == null ? null : person.DisplayName, row.MutedAt,
                    db.Set<MutedReport>().Count(report => report.ReporterId == row.AccountId && report.ReporterTypeId == row.TypeId && report.ReceivedAt >= row.MutedAt)))
                .Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>Asks and names.</summary>
internal static class MutedReporters
{
    /// <summary>Whether an account's reports have no effect.</summary>
    public static Task<bool> IsMutedAsync(this ConsoleDbContext db, PlatformActor account, CancellationToken cancellationToken) =>
        db.Set<MutedReporter>().AnyAsync(row => row.TypeId == account.TypeId && row.AccountId == account.Id, cancellationToken);

    /// <summary>What the audit holds of an account: it stays when the account is erased, so it names nobody.</summary>
    public static string Code(PlatformActor account) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{account.TypeId}\n{account.Id}")));
}

/// <summary>What is held of accounts as reporters.</summary>
internal sealed class ReporterRecords : IActorRecords, IRecordClass
{
    public string Name => RecordClasses.MutedReports;

    // As long as what was written in reports that had their effect, and for as long as someone may complain of being muted.
    public int DefaultDays => 400;

    public int LeastDays => 184;

    public int Floor => 8;

    public Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken) => pass.RemoveAllAsync(
        scope => scope.Db.Set<MutedReport>()
            .Where(row => row.ReceivedAt < before && !scope.Db.Set<LegalHold>().Any(hold => hold.LiftedAt == null
                && ((hold.ActorTypeId == row.ReporterTypeId && hold.ActorId == row.ReporterId) || (hold.ActorTypeId == row.ItemTypeId && hold.ActorId == row.ItemId))))
            .OrderBy(row => row.ReceivedAt),
        cancellationToken);

    public async Task<Erased> EraseAsync(RetentionPass pass, PlatformActor actor, CancellationToken cancellationToken)
    {
        int done = await pass.BatchAsync(
            async (scope, cancel) =>
                await scope.Db.Set<MutedReport>().Where(row => row.ReporterId == actor.Id && row.ReporterTypeId == actor.TypeId).ExecuteDeleteAsync(cancel).ConfigureAwait(false)
                + await scope.Db.Set<MutedReport>().Where(row => row.ItemId == actor.Id && row.ItemTypeId == actor.TypeId).ExecuteDeleteAsync(cancel).ConfigureAwait(false)
                + await scope.Db.Set<MutedReporter>().Where(row => row.AccountId == actor.Id && row.TypeId == actor.TypeId).ExecuteDeleteAsync(cancel).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return new Erased(done, 0);
    }
}
