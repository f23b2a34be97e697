using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations;

/// <summary>Tells those who may agree to a draft of a policy, and whoever asked, in their inboxes.</summary>
internal sealed class PolicyNewsInInbox : IPolicyNews
{
    public async Task AskedAsync(WriteScope scope, PolicyRevision revision, IReadOnlyList<Guid> people, CancellationToken cancellationToken)
    {
        foreach (Guid person in people)
        {
            await scope.TellAsync(person, InboxKind.PolicyDraftAsked, KeyOf(revision), cancellationToken, subject: revision.PolicyId).ConfigureAwait(false);
        }
    }

    public async Task EndedAsync(WriteScope scope, PolicyRevision revision, CancellationToken cancellationToken)
    {
        string key = KeyOf(revision);
        List<Guid> people = await scope.Db.Set<InboxItem>().Where(item => item.Key == key && item.Kind == InboxKind.PolicyDraftAsked)
            .Select(item => item.PersonId).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (Guid person in people)
        {
            await scope.UntellAsync(person, key, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task AnsweredAsync(WriteScope scope, PolicyRevision revision, bool agreed, CancellationToken cancellationToken)
    {
        if (revision.AskedBy is { } asker)
        {
            await scope.TellAsync(
                asker, agreed ? InboxKind.PolicyDraftAgreed : InboxKind.PolicyDraftReturned, $"policy-answer:{revision.Id}", cancellationToken,
                subject: revision.PolicyId).ConfigureAwait(false);
        }
    }

    private static string KeyOf(PolicyRevision revision) => $"policy-draft:{revision.Id}";
}
