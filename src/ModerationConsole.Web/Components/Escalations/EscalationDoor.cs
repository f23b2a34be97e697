using ModerationConsole.Core.Access;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>Opens an escalation for the person who looks; what their inbox told of it is settled by that.</summary>
public sealed class EscalationDoor(ICurrentCaller callers, ReadEscalation read, CloseInboxItem close)
{
    /// <summary>The escalation, or null when there is none that they may know of.</summary>
    public async Task<EscalationView?> OpenAsync(long number, CancellationToken cancellationToken)
    {
        Caller caller = await callers.GetAsync();
        EscalationView? view = await read.RunAsync(caller, number, cancellationToken);
        foreach (UnreadKey unread in view?.Unread ?? [])
        {
            await close.RunAsync(caller, unread.Key, unread.Kind, cancellationToken);
        }

        return view;
    }
}
