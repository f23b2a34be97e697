using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Policies;

/// <summary>Publishes a draft; where a second person is asked for, everyone who may agree is asked instead.</summary>
[Requires(Permission.EditPolicies)]
public sealed class PublishRevision(WritePath writes, IAccessGuard guard, RevisionMoving moving, IPolicyNews news, IOptions<PolicyOptions> options) : IUseCase
{
    /// <summary>Publishes it or asks.</summary>
    /// <param name="note">What those who are asked are told.</param>
    public async Task<MoveRevisionOutcome> RunAsync(Caller caller, RevisionRef asked, string? note, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<PublishRevision>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(asked);
        return note?.Length > TextLength.Note
            ? MoveRevisionOutcome.NoteTooLong
            : await writes.RunAsync((scope, cancel) => PublishAsync(scope, caller, asked, note, cancel), cancellationToken).ConfigureAwait(false);
    }

    private async Task<MoveRevisionOutcome> PublishAsync(WriteScope scope, Caller caller, RevisionRef asked, string? note, CancellationToken cancellationToken)
    {
        PolicyRevision? revision = await RevisionMoving.FindAsync(scope, asked, cancellationToken).ConfigureAwait(false);
        return revision is not { State: RevisionState.Draft } ? MoveRevisionOutcome.Changed
            : await RevisionMoving.RefusalAsync(scope, revision, cancellationToken).ConfigureAwait(false) is { } refusal ? refusal
            : options.Value.SecondPerson ? await AskAsync(scope, caller, revision, note, cancellationToken).ConfigureAwait(false)
            : await moving.AgreeAsync(scope, caller, revision, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MoveRevisionOutcome> AskAsync(WriteScope scope, Caller caller, PolicyRevision revision, string? note, CancellationToken cancellationToken)
    {
        Guid[] people =
        [
            .. (await scope.Db.PeopleHolding(Permission.EditPolicies).Select(person => person.Id).ToListAsync(cancellationToken).ConfigureAwait(false))
                .Where(person => person != caller.Id && !PolicyLists.Of(revision.Writers).Contains(person.ToString())),
        ];
        if (people.Length == 0)
        {
            return MoveRevisionOutcome.NobodyElse;
        }

        (revision.State, revision.AskedBy, revision.AskNote) = (RevisionState.Asked, caller.Id, string.IsNullOrWhiteSpace(note) ? null : note.Trim());
        (revision.AnsweredBy, revision.AnswerNote) = (null, null);
        scope.Record(caller, AuditAct.PolicyPublishAsked, subject: revision.PolicyId, details: new Dictionary<string, object?>
        {
            ["draft"] = revision.Id,
            ["edition"] = revision.Edition,
            ["told"] = people.Length,
        });
        await news.AskedAsync(scope, revision, people, cancellationToken).ConfigureAwait(false);
        return MoveRevisionOutcome.Asked;
    }
}
