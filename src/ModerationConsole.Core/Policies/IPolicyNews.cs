using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>Tells people what became of a draft of a policy. The room of policies tells; the one that knows their inboxes answers.</summary>
public interface IPolicyNews
{
    /// <summary>People are asked to agree to a draft.</summary>
    Task AskedAsync(WriteScope scope, PolicyRevision revision, IReadOnlyList<Guid> people, CancellationToken cancellationToken);

    /// <summary>A draft that people were asked to agree to no longer needs them.</summary>
    Task EndedAsync(WriteScope scope, PolicyRevision revision, CancellationToken cancellationToken);

    /// <summary>Whoever asked is told the answer.</summary>
    Task AnsweredAsync(WriteScope scope, PolicyRevision revision, bool agreed, CancellationToken cancellationToken);
}
