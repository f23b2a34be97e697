using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Oversight.Reviews;

/// <summary>What came of answering a line of a review.</summary>
public enum AnswerReviewOutcome
{
    /// <summary>It is attested, or taken, as was answered.</summary>
    Answered,

    /// <summary>There is none of that id, or it was answered or expired before.</summary>
    NotWaiting,

    /// <summary>It was taken elsewhere before: there is nothing to answer.</summary>
    Gone,

    /// <summary>Nobody answers for themselves.</summary>
    OwnAccess,

    /// <summary>It would leave nobody who may manage people.</summary>
    LastAdmin,

    /// <summary>The caller must first prove again who they are.</summary>
    ProveFirst,
}

/// <summary>Says that somebody else's role or permission, or a program's key, is still needed, or takes it at once.</summary>
[Requires(Permission.ReviewAccess)]
public sealed class AnswerReviewLine(WritePath writes, IAccessGuard guard, IRecentProof proof, TakenAccess access) : IUseCase
{
    /// <summary>Answers a line, once.</summary>
    /// <param name="needed">Whether it is still needed.</param>
    public async Task<AnswerReviewOutcome> RunAsync(Caller caller, Guid line, bool needed, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AnswerReviewLine>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return AnswerReviewOutcome.ProveFirst;
        }

        return await writes.RunAsync((scope, cancel) => AnswerAsync(scope, caller, line, needed, cancel), cancellationToken).ConfigureAwait(false);
    }

    private async Task<AnswerReviewOutcome> AnswerAsync(WriteScope scope, Caller caller, Guid id, bool needed, CancellationToken cancellationToken)
    {
        ReviewLine? line = await scope.Db.Set<ReviewLine>().SingleOrDefaultAsync(row => row.Id == id && row.State == ReviewLineState.Waiting, cancellationToken)
            .ConfigureAwait(false);
        if (line is null)
        {
            return AnswerReviewOutcome.NotWaiting;
        }

        // Only a person answers, and never for what is theirs.
        if (caller.Kind != CallerKind.Person || line.PersonId == caller.Id)
        {
            return AnswerReviewOutcome.OwnAccess;
        }

        ReviewLineState state = needed
            ? await TakenAccess.IsHeldAsync(scope, line, cancellationToken).ConfigureAwait(false) ? ReviewLineState.Attested : ReviewLineState.Gone
            : await access.TakeAsync(scope, caller, line, ReviewLineState.Withdrawn, cancellationToken).ConfigureAwait(false);
        if (state == ReviewLineState.Kept)
        {
            scope.Discard();
            return AnswerReviewOutcome.LastAdmin;
        }

        (line.State, line.AnsweredBy, line.AnsweredAt) = (state, caller.Id, scope.Now);
        scope.RecordLine(caller, AuditAct.AccessReviewed, line);
        await scope.CloseAnsweredAsync(line.Review, cancellationToken).ConfigureAwait(false);
        await scope.TellReviewersAsync(cancellationToken).ConfigureAwait(false);
        return state == ReviewLineState.Gone ? AnswerReviewOutcome.Gone : AnswerReviewOutcome.Answered;
    }
}
