using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Quality.Coaching;

/// <summary>What became of sending a case with a note.</summary>
public enum SendCoachingOutcome
{
    Sent,

    /// <summary>There is no case of that number that can be sent: child-safety cases never are.</summary>
    NoCase,

    /// <summary>There is nobody of that id who reviews, or it is the caller.</summary>
    NobodyToSendTo,

    /// <summary>There is nothing in the note.</summary>
    TextRequired,

    /// <summary>The note is longer than 5 000 characters.</summary>
    TextTooLong,
}

/// <summary>A case with a note for one person.</summary>
/// <param name="Text">The note, up to 5 000 characters.</param>
public sealed record CoachingDraft(long CaseNumber, Guid? ToId, string? Text);

/// <summary>Sends a case with a note to one person who reviews. Only the two of them read it.</summary>
[Requires(Permission.RunQuality)]
public sealed class SendCoaching(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Sends it.</summary>
    public async Task<SendCoachingOutcome> RunAsync(Caller caller, CoachingDraft draft, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SendCoaching>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(draft);
        if (QualityText.TooLong(draft.Text))
        {
            return SendCoachingOutcome.TextTooLong;
        }

        return QualityText.Clean(draft.Text) is not { } text
            ? SendCoachingOutcome.TextRequired
            : await writes.RunAsync((scope, token) => SendAsync(scope, caller, draft, text, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Key of the entry in the receiver's inbox.</summary>
    internal static string Key(Guid noteId) => $"coaching:{noteId}";

    private static async Task<SendCoachingOutcome> SendAsync(WriteScope scope, Caller caller, CoachingDraft draft, string text, CancellationToken cancellationToken)
    {
        if (!await scope.Db.CasesInSightOf(caller.Id).AnyAsync(about => about.Number == draft.CaseNumber, cancellationToken).ConfigureAwait(false))
        {
            return SendCoachingOutcome.NoCase;
        }

        if (draft.ToId is not { } to || to == caller.Id
            || !await scope.Db.PeopleHolding(Permission.ReviewCases).AnyAsync(person => person.Id == to, cancellationToken).ConfigureAwait(false))
        {
            return SendCoachingOutcome.NobodyToSendTo;
        }

        CoachingNote note = new() { FromId = caller.Id, ToId = to, CaseNumber = draft.CaseNumber, Text = text, SentAt = scope.Now };
        scope.Db.Add(note);
        scope.Record(caller, AuditAct.CoachingSent, draft.CaseNumber, subject: note.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["to"] = to,
            ["hash"] = QualityText.Hash(text),
        });
        await scope.TellAsync(to, InboxKind.CoachingReceived, Key(note.Id), cancellationToken, draft.CaseNumber, subject: note.Id.ToString()).ConfigureAwait(false);
        return SendCoachingOutcome.Sent;
    }
}
