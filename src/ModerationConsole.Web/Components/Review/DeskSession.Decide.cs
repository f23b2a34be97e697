using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class DeskSession
{
    private ITimer? _undoTimer;
    private (long Task, long Fence)? _submitted;

    /// <summary>The person says what they found, by key or button.</summary>
    public void Choose(Verdict verdict) => Edit(form => form.Choose(verdict));

    /// <summary>The person names the policy.</summary>
    public void Choose(DeskPolicy policy) => Edit(form => form.Choose(policy));

    /// <summary>Changes the form and keeps the change as a draft.</summary>
    public void Edit(Action<DecisionForm> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (Form is null || Busy)
        {
            return;
        }

        change(Form);
        Hint = "";
        drafts.Touch(Form.Keep());
        Changed?.Invoke();
    }

    /// <summary>What stands in the page's fields, told in pauses.</summary>
    public void Typed(IReadOnlyDictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (Form is not { } form)
        {
            return;
        }

        bool changed = TakeOver(form.Reason, fields, DeskFields.Reason) | TakeOver(form.Note, fields, DeskFields.Note) | TakeOver(form.Comment, fields, DeskFields.Comment);
        if (changed)
        {
            drafts.Touch(form.Keep());
            Changed?.Invoke();
        }
    }

    /// <summary>Decides the case that was drawn as <paramref name="task"/> and <paramref name="fence"/>, and draws the next.</summary>
    public Task SubmitAsync(long task, long fence) => DecideAsync(task, fence, form => form.ChosenVerdict, null);

    /// <summary>Says that the case cannot be reviewed, and why.</summary>
    public Task CannotReviewAsync(long task, long fence, string code) => DecideAsync(task, fence, _ => Verdict.CannotReview, code);

    /// <summary>Takes the last decision back; its case is on the screen again, its media hidden.</summary>
    public Task UndoAsync() => Undo is { } offer ? UndoAsync(offer.DecisionId) : Task.CompletedTask;

    /// <summary>Takes one of the last decisions back.</summary>
    public Task UndoAsync(Guid decisionId) => RunAsync(async () =>
    {
        await drafts.FlushAsync();
        UndoResult result = await verdicts.UndoAsync(decisionId, _closing.Token);
        if (Undo?.DecisionId == decisionId)
        {
            OfferUndo(null, null);
        }

        if (result is { Outcome: UndoOutcome.Undone, Task: { } undone })
        {
            LeaveLine();
            // What was on the screen is the spare now, and what was the spare went back.
            ForgetSpare();
            await ShowAsync(undone.TaskNumber, undone.Fence);
            Form?.Restore(undone);
            status.Say(StackWords.Undone(result));
        }
        else
        {
            status.Say(DeskText.UndoTooLate);
        }
    });

    private Task<bool> DecideAsync(
        long task, long fence, Func<DecisionForm, Verdict?> found, string? code, IReadOnlyList<StackMember>? with = null) => RunAsync(async () =>
    {
        if (!IsOnScreen(task, fence) || Case is not { } about || Form is not { } form)
        {
            return;
        }

        if (found(form) is not { } verdict || (verdict != Verdict.CannotReview && form.Gap is not null))
        {
            Hint = DecisionWords.Missing(form);
            return;
        }

        await drafts.FlushAsync();
        bool again = _submitted == (task, fence);
        _submitted = (task, fence);
        DecideResult result = await SubmitVerdictAsync(form.ToCommand(verdict, code), with);
        switch (result.Outcome)
        {
            case DecideOutcome.AlreadyDecided when !again:
                await GoneAsync(about);
                break;
            case DecideOutcome.AlreadyDecided:
                // The answer to the first try was lost on its way; what was said first stands.
                Tell(DeskText.DecidedAlready.With(CaseWords.Title(about)));
                OfferUndo(result.DecisionId, result.UndoUntil, about);
                await NextAsync();
                break;
            case DecideOutcome.Decided:
                Tell(WordsOf(about, verdict));
                OfferUndo(result.DecisionId, result.UndoUntil, about);
                await NextAsync();
                break;
            case DecideOutcome.LeaseLost:
                await GoneAsync(about);
                break;
            case DecideOutcome.CaseClosed:
                Leave(DeskText.DecidedMeanwhile);
                break;
            case DecideOutcome.PolicyChanged or DecideOutcome.UnknownPolicy or DecideOutcome.PolicyNotHere:
                Hint = await RenewPoliciesAsync(about, form) ? DecisionWords.Refused(result) : DeskText.PolicyGone;
                break;
            case DecideOutcome.PolicyRequired or DecideOutcome.ReasonRequired or DecideOutcome.RationaleRequired
                or DecideOutcome.ActionNotAllowed or DecideOutcome.TextTooLong or DecideOutcome.AnswerRequired:
                Hint = DecisionWords.Refused(result);
                break;
            default:
                throw new InvalidOperationException("The outcome of the decision is unknown.");
        }
    });

    // The desk was drawn before a policy got new words: they are shown, and nothing that was chosen or written is lost. False where it is
    // offered at this desk no more.
    private async Task<bool> RenewPoliciesAsync(DeskCase about, DecisionForm form)
    {
        if (await tasks.GetAsync(about.TaskNumber, _closing.Token) is { } renewed && IsOnScreen(renewed.TaskNumber, renewed.Fence))
        {
            Case = renewed;
            if (!form.Renew(renewed))
            {
                drafts.Touch(form.Keep());
                return false;
            }
        }

        return true;
    }

    private void OfferUndo(Guid? decisionId, DateTimeOffset? until, DeskCase? about = null)
    {
        _undoTimer?.Dispose();
        _undoTimer = null;
        Undo = null;
        if (decisionId is not { } id || about is null || until is not { } end || end - clock.GetUtcNow() is not { Ticks: > 0 } left)
        {
            return;
        }

        Undo = new UndoOffer(id, CaseWords.Title(about), status.Text, (int)Math.Ceiling(left.TotalSeconds));
        // No countdown: the offer goes when its time is over.
        _undoTimer = clock.CreateTimer(
            _ => _ = _onPage(() =>
            {
                if (Undo?.DecisionId == id)
                {
                    OfferUndo(null, null);
                    Changed?.Invoke();
                }

                return Task.CompletedTask;
            }),
            null, left, Timeout.InfiniteTimeSpan);
    }

    private static bool TakeOver(FieldText field, IReadOnlyDictionary<string, string> fields, string name)
    {
        if (!fields.TryGetValue(name, out string? text) || text == field.Text)
        {
            return false;
        }

        field.Typed(text);
        return true;
    }
}

/// <summary>Names of the desk's fields, as the page marks them.</summary>
public static class DeskFields
{
    /// <summary>Reason for the user.</summary>
    public const string Reason = "reason";

    /// <summary>Internal note.</summary>
    public const string Note = "note";

    /// <summary>A comment that is begun.</summary>
    public const string Comment = "comment";
}
