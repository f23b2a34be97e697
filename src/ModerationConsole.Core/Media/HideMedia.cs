using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>What came of saying that media is hidden again.</summary>
public enum HideOutcome
{
    Hidden,

    /// <summary>It was over before.</summary>
    AlreadyHidden,

    /// <summary>No reveal of the caller's.</summary>
    NotYours,
}

/// <summary>Notes that a page hid what was revealed. The page has done so already; from here on the route refuses it too.</summary>
[Requires(Permission.UseConsole)]
public sealed class HideMedia(WritePath writes, IMediaShowing showing, IAccessGuard guard) : IUseCase
{
    /// <summary>Ends the caller's reveal.</summary>
    public async Task<HideOutcome> RunAsync(Caller caller, Guid revealId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<HideMedia>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                MediaReveal? reveal = await scope.Db.Set<MediaReveal>().AsNoTracking()
                    .SingleOrDefaultAsync(row => row.Id == revealId && row.PersonId == caller.Id, cancel).ConfigureAwait(false);
                if (reveal is null)
                {
                    return HideOutcome.NotYours;
                }

                return await scope.EndRevealAsync(caller, reveal, showing, scope.Now, cancel).ConfigureAwait(false)
                    ? HideOutcome.Hidden : HideOutcome.AlreadyHidden;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
