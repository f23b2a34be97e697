using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What stands around a case, as the person who sits at the desk may know it.</summary>
public interface IDeskAround
{
    /// <summary>What else is known around a task on the screen; null when it is not there (any more).</summary>
    Task<DeskContext?> ReadAsync(long taskNumber, CancellationToken cancellationToken);

    /// <summary>The precedents nearest to the case of a task on the screen; null when it is not there (any more).</summary>
    Task<IReadOnlyList<PrecedentOffer>?> PrecedentsAsync(long taskNumber, CancellationToken cancellationToken);

    /// <summary>The policy in the words of one of its versions; null where there is none.</summary>
    Task<PolicyView?> PolicyAsync(string policyId, int version, CancellationToken cancellationToken);

    /// <summary>Writes a comment beside a case.</summary>
    Task<CommentOutcome> CommentAsync(long caseNumber, string text, CancellationToken cancellationToken);
}

/// <inheritdoc />
public sealed class DeskAround(ICurrentCaller callers, GetDeskContext context, OfferPrecedents precedents, ReadPolicy policy, CommentOnCase comment) : IDeskAround
{
    /// <inheritdoc />
    public async Task<DeskContext?> ReadAsync(long taskNumber, CancellationToken cancellationToken) =>
        await context.RunAsync(await callers.GetAsync(), taskNumber, cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<PrecedentOffer>?> PrecedentsAsync(long taskNumber, CancellationToken cancellationToken) =>
        await precedents.RunAsync(await callers.GetAsync(), taskNumber, cancellationToken);

    /// <inheritdoc />
    public async Task<PolicyView?> PolicyAsync(string policyId, int version, CancellationToken cancellationToken)
    {
        try
        {
            return await policy.RunAsync(await callers.GetAsync(), policyId, version, cancellationToken);
        }
        catch (PermissionDeniedException)
        {
            // Someone who may decide but not read policies decides by their names.
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<CommentOutcome> CommentAsync(long caseNumber, string text, CancellationToken cancellationToken) =>
        await comment.RunAsync(await callers.GetAsync(), caseNumber, text, cancellationToken);
}
