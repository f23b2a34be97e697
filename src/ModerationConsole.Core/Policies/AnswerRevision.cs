using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>Agrees to a draft as its second person, or sends it back with a note. Whoever had a hand in it may do neither.</summary>
[Requires(Permission.EditPolicies)]
public sealed class AnswerRevision(WritePath writes, IAccessGuard guard, RevisionMoving moving, IPolicyNews news) : IUseCase
{
    /// <summary>Answers.</summary>
    /// <param name="agree">Whether it is to be published.</param>
    /// <param name="note">Why; asked for where it is sent back.</param>
    public async Task<MoveRevisionOutcome> RunAsync(Caller caller, RevisionRef asked, bool agree, string? note, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AnswerRevision>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(asked);
        return note?.Length > TextLength.Note ? MoveRevisionOutcome.NoteTooLong
            : !agree && string.IsNullOrWhiteSpace(note) ? MoveRevisionOutcome.NoteRequired
            : await writes.RunAsync((scope, cancel) => AnswerAsync(scope, caller, asked, agree, note, cancel), cancellationToken).ConfigureAwait(false);
    }

    private async Task<MoveRevisionOutcome> AnswerAsync(
        WriteScope scope, Caller caller, RevisionRef asked, bool agree, string? note, CancellationToken cancellationToken)
    {
        PolicyRevision? revision = await RevisionMoving.FindAsync(scope, asked, cancellationToken).ConfigureAwait(false);
        if (revision is not { State: RevisionState.Asked })
        {
            return MoveRevisionOutcome.Changed;
        }

        if (caller.Kind != CallerKind.Person || revision.IsBy(caller.Id))
        {
            return MoveRevisionOutcome.OwnDraft;
        }

        if (agree && await RevisionMoving.RefusalAsync(scope, revision, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        (revision.AnsweredBy, revision.AnswerNote) = (caller.Id, string.IsNullOrWhiteSpace(note) ? null : note.Trim());
        scope.Record(caller, AuditAct.PolicyPublishAnswered, subject: revision.PolicyId, details: new Dictionary<string, object?>
        {
            ["agreed"] = agree,
            ["draft"] = revision.Id,
            ["edition"] = revision.Edition,
        });
        await news.EndedAsync(scope, revision, cancellationToken).ConfigureAwait(false);
        await news.AnsweredAsync(scope, revision, agree, cancellationToken).ConfigureAwait(false);
        if (agree)
        {
            return await moving.AgreeAsync(scope, caller, revision, cancellationToken).ConfigureAwait(false);
        }

        revision.State = RevisionState.Draft;
        return MoveRevisionOutcome.Returned;
    }
}
