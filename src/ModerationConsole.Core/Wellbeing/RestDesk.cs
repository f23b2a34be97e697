using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>
/// Begins and ends rest inside a write. A break gives back what is in hand as a skip does; who is only away keeps an open case
/// until its own time runs out. Rest itself leaves no trace in the audit.
/// </summary>
internal static class RestDesk
{
    public static async Task<RestState> BeginAsync(WriteScope scope, Caller caller, RestKind kind, CancellationToken cancellationToken)
    {
        Rest? rest = await FindAsync(scope, caller, cancellationToken).ConfigureAwait(false);
        if (rest is null)
        {
            rest = new Rest { PersonId = caller.Id, Kind = kind, Since = scope.Now };
            scope.Db.Add(rest);
        }
        else if (rest.Kind == RestKind.Paused && kind == RestKind.Break)
        {
            // Someone paused for being away says that it is a break; a break is not turned into a pause by being away.
            (rest.Kind, rest.Since) = (kind, scope.Now);
        }

        if (kind == RestKind.Break)
        {
            await scope.ReleaseAllOfAsync(caller, caller.Id, LeaseEnd.Released, cancellationToken).ConfigureAwait(false);
        }

        TellOtherTabs(scope, caller);
        return RestState.Of(rest);
    }

    public static async Task<RestState> EndAsync(WriteScope scope, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(scope, caller, cancellationToken).ConfigureAwait(false) is { } rest)
        {
            scope.Db.Remove(rest);
            if (rest.Kind == RestKind.Break)
            {
                scope.Db.Add(new PastBreak { PersonId = caller.Id, Since = rest.Since, Until = scope.Now });
            }

            TellOtherTabs(scope, caller);
        }

        return RestState.None;
    }

    private static Task<Rest?> FindAsync(WriteScope scope, Caller caller, CancellationToken cancellationToken) =>
        scope.Db.Set<Rest>().SingleOrDefaultAsync(row => row.PersonId == caller.Id, cancellationToken);

    // Reaches that person only, and says no more than that they should look again.
    private static void TellOtherTabs(WriteScope scope, Caller caller) => scope.Publish(LiveKind.PersonChanged, personId: caller.Id);
}

/// <summary>Whether a person rests, and since when.</summary>
/// <param name="Kind">Break or pause; null when they may be offered work.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record RestState(RestKind? Kind, DateTimeOffset? Since)
{
    internal static RestState None { get; } = new(null, null);

    internal static RestState Of(Rest? rest) => rest is null ? None : new RestState(rest.Kind, rest.Since);
}
