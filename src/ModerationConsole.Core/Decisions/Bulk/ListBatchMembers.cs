using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>A case of a batch.</summary>
public sealed record BatchLine(long CaseNumber, MemberState State, LeftOutReason Reason, Guid? DecisionId, DateTimeOffset? At);

/// <summary>The cases of a batch, those that something hinders first, a part at a time.</summary>
[Requires(Permission.ActInBulk)]
public sealed class ListBatchMembers(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    /// <summary>Most cases of one part.</summary>
    public const int MostAtOnce = 100;

    /// <summary>Lists those that stand so, or all, after a case.</summary>
    public async Task<IReadOnlyList<BatchLine>> RunAsync(Caller caller, long number, MemberState? state, long? after, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListBatchMembers>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from member in db.Set<BatchMember>().AsNoTracking()
                join batch in db.Set<BulkBatch>() on member.BatchNumber equals batch.Number
                join about in db.Set<Case>().VisibleTo(db, caller, permissions, unseen) on member.CaseNumber equals about.Number
                where member.BatchNumber == number && (batch.State != BatchState.Proposed || batch.PersonId == caller.Id)
                    && (state == null || member.State == state) && (after == null || member.CaseNumber > after)
                orderby member.CaseNumber
                select new BatchLine(member.CaseNumber, member.State, member.Reason, member.DecisionId, member.At)).Take(MostAtOnce).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
