using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>What came of answering for a batch.</summary>
public enum AnswerBatchOutcome
{
    Approved,
    Declined,

    /// <summary>None of that number waits: it was answered, withdrawn, or waited too long.</summary>
    NotWaiting,

    /// <summary>It is the caller's own: someone else answers.</summary>
    OwnBatch,

    /// <summary>Whoever asked may not do it any more.</summary>
    AskerMayNot,

    /// <summary>Nothing can be done to any of its cases any more.</summary>
    NothingToDo,

    /// <summary>Declining takes words on why; blanks are none.</summary>
    NoteRequired,

    /// <summary>The note is longer than <see cref="AnswerBatch.LongestNote"/>.</summary>
    NoteTooLong,
}

/// <summary>
/// Says yes or no to a batch that someone else asked for. With a yes everything is asked again: whether the asker may still do it, and
/// to which of its cases; then it begins as theirs.
/// </summary>
[Requires(Permission.ApproveBulk)]
public sealed class AnswerBatch(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, IOptions<MassActionOptions> options, TimeProvider clock) : IUseCase
{
    /// <summary>Longest note, in characters.</summary>
    public const int LongestNote = TextLength.Line;

    private const int PartSize = 200;

    /// <summary>Answers once: of two who answer at the same time the first counts.</summary>
    /// <param name="note">Why; may be left out with a yes.</param>
    public async Task<AnswerBatchOutcome> RunAsync(Caller caller, long number, bool approve, string? note, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AnswerBatch>(caller, cancellationToken).ConfigureAwait(false);
        string? why = DecisionText.Clean(note);
        if (why is null ? !approve : why.Length > LongestNote)
        {
            return why is null ? AnswerBatchOutcome.NoteRequired : AnswerBatchOutcome.NoteTooLong;
        }

        IReadOnlySet<Permission> held = new HashSet<Permission>();
        if (approve)
        {
            BulkBatch? asked;
            ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (db.ConfigureAwait(false))
            {
                asked = await db.Set<BulkBatch>().AsNoTracking().SingleOrDefaultAsync(row => row.Number == number && row.State == BatchState.Asked, cancellationToken).ConfigureAwait(false);
                if (asked is null || asked.PersonId == caller.Id)
                {
                    return asked is null ? AnswerBatchOutcome.NotWaiting : AnswerBatchOutcome.OwnBatch;
                }

                held = await guard.PermissionsOfAsync(Caller.Person(asked.PersonId), cancellationToken).ConfigureAwait(false);
                if (BulkRights.Missing(asked.Act, held) is not null)
                {
                    return AnswerBatchOutcome.AskerMayNot;
                }

                await LeaveOutAsync(db, asked, held, cancellationToken).ConfigureAwait(false);
            }
        }

        return await writes.RunAsync((scope, token) => AnswerAsync(scope, caller, number, approve, why, held, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<AnswerBatchOutcome> AnswerAsync(
        WriteScope scope, Caller caller, long number, bool approve, string? why, IReadOnlySet<Permission> held, CancellationToken cancellationToken)
    {
        BulkBatch? batch = await scope.Db.Set<BulkBatch>().SingleOrDefaultAsync(row => row.Number == number && row.State == BatchState.Asked, cancellationToken).ConfigureAwait(false);
        if (batch is null || batch.AskedAt + options.Value.Wait <= scope.Now)
        {
            return AnswerBatchOutcome.NotWaiting;
        }

        if (batch.PersonId == caller.Id)
        {
            return AnswerBatchOutcome.OwnBatch;
        }

        if (!approve)
        {
            batch.Decline(caller.Id, why!, scope.Now);
            await scope.TellAnsweredAsync(batch, caller, AuditAct.BatchDeclined, cancellationToken).ConfigureAwait(false);
            return AnswerBatchOutcome.Declined;
        }

        int members = await scope.Db.Set<BatchMember>().CountAsync(row => row.BatchNumber == number && row.State == MemberState.Waiting, cancellationToken).ConfigureAwait(false);
        if (BulkRights.Missing(batch.Act, held) is not null || members == 0)
        {
            return members == 0 ? AnswerBatchOutcome.NothingToDo : AnswerBatchOutcome.AskerMayNot;
        }

        batch.Approve(caller.Id, why, scope.Now);
        await scope.TellAnsweredAsync(batch, caller, AuditAct.BatchApproved, cancellationToken).ConfigureAwait(false);
        scope.Record(Caller.Person(batch.PersonId), AuditAct.BatchStarted, subject: batch.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["act"] = batch.Act.ToString(), ["approver"] = caller.Id, ["batch"] = number, ["cases"] = members,
        });
        return AnswerBatchOutcome.Approved;
    }

    // Hours went by since it was put together: what could not be proposed now is left out, as it would be then.
    private async Task LeaveOutAsync(ConsoleDbContext db, BulkBatch batch, IReadOnlySet<Permission> held, CancellationToken cancellationToken)
    {
        long number = batch.Number;
        long[] waiting = await db.Set<BatchMember>().Where(row => row.BatchNumber == number && row.State == MemberState.Waiting).OrderBy(row => row.CaseNumber)
            .Select(row => row.CaseNumber).ToArrayAsync(cancellationToken).ConfigureAwait(false);
        BulkForecast forecast = new(db, Caller.Person(batch.PersonId), BulkOrder.Read(batch.Content), held, clock.Now());
        foreach (long[] part in waiting.Chunk(PartSize))
        {
            Dictionary<long, LeftOutReason> gone = (await forecast.MembersAsync(number, part, cancellationToken).ConfigureAwait(false))
                .Where(row => row.State == MemberState.LeftOut).ToDictionary(row => row.CaseNumber, row => row.Reason);
            if (gone.Count > 0)
            {
                await writes.RunAsync((scope, token) => LeaveOutAsync(scope, number, gone, token), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<int> LeaveOutAsync(WriteScope scope, long number, Dictionary<long, LeftOutReason> gone, CancellationToken cancellationToken)
    {
        if (!await scope.Db.Set<BulkBatch>().AnyAsync(row => row.Number == number && row.State == BatchState.Asked, cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        long[] cases = [.. gone.Keys];
        List<BatchMember> members = await scope.Db.Set<BatchMember>()
            .Where(row => row.BatchNumber == number && row.State == MemberState.Waiting && cases.Contains(row.CaseNumber)).ToListAsync(cancellationToken).ConfigureAwait(false);
        members.ForEach(row => (row.State, row.Reason, row.At) = (MemberState.LeftOut, gone[row.CaseNumber], scope.Now));
        return members.Count;
    }
}
