using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>Batches in plain words.</summary>
public static class BatchWords
{
    /// <summary>What is done.</summary>
    public static string Act(BulkAct act) => act switch
    {
        BulkAct.Decide => BulkText.ActDecide,
        BulkAct.Move => BulkText.ActMove,
        BulkAct.Close => BulkText.ActClose,
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };

    /// <summary>Where a batch stands.</summary>
    public static string State(BatchState state) => state switch
    {
        BatchState.Proposed => BulkText.StateProposed,
        BatchState.Running => BulkText.StateRunning,
        BatchState.Cancelled => BulkText.StateCancelled,
        BatchState.Done => BulkText.StateDone,
        BatchState.TakingBack => BulkText.StateTakingBack,
        BatchState.TakenBack => BulkText.StateTakenBack,
        BatchState.Asked => BulkText.StateAsked,
        BatchState.Declined => BulkText.StateDeclined,
        BatchState.Lapsed => BulkText.StateLapsed,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>What has just become of a batch, for the status line; null before it begins.</summary>
    public static string? Became(BatchState state) => state switch
    {
        BatchState.Proposed => null,
        BatchState.Running => BulkText.Started,
        BatchState.Cancelled => BulkText.Stopped,
        BatchState.Done => BulkText.Finished,
        BatchState.TakingBack => BulkText.BeingTakenBack,
        BatchState.TakenBack => BulkText.WentBack,
        BatchState.Asked => BulkText.WasAsked,
        BatchState.Declined => BulkText.WasDeclined,
        BatchState.Lapsed => BulkText.HasLapsed,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Where a case of a batch stands.</summary>
    public static string Member(BatchState batch, MemberState state) => state switch
    {
        MemberState.Waiting => batch is BatchState.Proposed or BatchState.Asked or BatchState.Running ? BulkText.MemberWaiting : BulkText.MemberNotDone,
        MemberState.Done => BulkText.MemberDone,
        MemberState.LeftOut => BulkText.MemberLeftOut,
        MemberState.TakenBack => BulkText.MemberTakenBack,
        MemberState.Reversed => BulkText.MemberReversed,
        MemberState.Stands => BulkText.MemberStands,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Why a case is left out or stands; null where there is nothing to say.</summary>
    public static string? Reason(LeftOutReason reason) => reason switch
    {
        LeftOutReason.None => null,
        LeftOutReason.Changed => BulkText.ReasonChanged,
        LeftOutReason.InHand => BulkText.ReasonInHand,
        LeftOutReason.NotOpen => BulkText.ReasonNotOpen,
        LeftOutReason.Alone => BulkText.ReasonAlone,
        LeftOutReason.NotYours => BulkText.ReasonNotYours,
        LeftOutReason.DoesNotFit => BulkText.ReasonDoesNotFit,
        LeftOutReason.SameQueue => BulkText.ReasonSameQueue,
        LeftOutReason.WentOn => BulkText.ReasonWentOn,
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>Why cases are closed without a verdict.</summary>
    public static string CloseCode(string code) => code switch
    {
        CloseCodes.Gone => BulkText.CloseGone,
        CloseCodes.Duplicate => BulkText.CloseDuplicate,
        CloseCodes.Elsewhere => BulkText.CloseElsewhere,
        _ => throw new ArgumentOutOfRangeException(nameof(code)),
    };

    /// <summary>What is wrong with asking for a batch; null where nothing is, or where the batch drawn anew says it.</summary>
    public static string? Problem(AskOutcome outcome) => outcome switch
    {
        AskOutcome.Asked or AskOutcome.NotFound or AskOutcome.NothingToDo => null,
        AskOutcome.ReasonRequired => BulkText.AskReasonRequired,
        AskOutcome.ReasonTooLong => BulkText.LineTooLong.With(AskForBatch.LongestReason),
        AskOutcome.TooMany => BulkText.TooManyAsked.With(AskForBatch.MostWaiting),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>What is wrong with answering for a batch; null where nothing is.</summary>
    public static string? Problem(AnswerBatchOutcome outcome) => outcome switch
    {
        AnswerBatchOutcome.Approved or AnswerBatchOutcome.Declined => null,
        AnswerBatchOutcome.NotWaiting => BulkText.NotWaiting,
        AnswerBatchOutcome.OwnBatch => BulkText.OwnBatch,
        AnswerBatchOutcome.AskerMayNot => BulkText.AskerMayNot,
        AnswerBatchOutcome.NothingToDo => BulkText.NothingToDo,
        AnswerBatchOutcome.NoteRequired => BulkText.NoteRequired,
        AnswerBatchOutcome.NoteTooLong => BulkText.LineTooLong.With(AnswerBatch.LongestNote),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>What happens to each case, in one sentence.</summary>
    public static string Will(BatchView batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Order.Act switch
        {
            BulkAct.Move => BulkText.WillMove.With(batch.QueueName),
            BulkAct.Close => BulkText.WillClose.With(CloseCode(batch.Order.CloseCode ?? CloseCodes.Gone)),
            BulkAct.Decide when batch.Order.Verdict == Verdict.Violation && batch.ActionNames.Count > 0 =>
                BulkText.WillViolate.With(batch.PolicyName ?? BulkText.NoPolicy, string.Join(", ", batch.ActionNames)),
            BulkAct.Decide when batch.Order.Verdict == Verdict.Violation => BulkText.WillViolateQuietly.With(batch.PolicyName ?? BulkText.NoPolicy),
            BulkAct.Decide => BulkText.WillAllow,
            _ => throw new ArgumentOutOfRangeException(nameof(batch)),
        };
    }
}
