using System.Security.Claims;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Web.Live;

/// <summary>One connected client: what it hears and what is still to be told. It cannot hold up others by reading slowly.</summary>
public sealed class HubListener(HubCallerContext connection, Hearing hearing)
{
    // A client this far behind reads nothing any more; it is let go and reads anew after it reconnects.
    private const int MostBehind = 5_000;

    private readonly Channel<OutboxEvent> _untold = Channel.CreateBounded<OutboxEvent>(
        new BoundedChannelOptions(MostBehind) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>The connection.</summary>
    public string ConnectionId { get; } = connection.ConnectionId;

    /// <summary>Who connected.</summary>
    public ClaimsPrincipal? User => connection.User;

    /// <summary>What the client was told about since it connected.</summary>
    public Hearing Hearing { get; } = hearing;

    /// <summary>Takes what the client may hear of these changes. Returns at once.</summary>
    public void Offer(IReadOnlyList<OutboxEvent> changes)
    {
        if (changes.Where(Hears).Any(change => !_untold.Writer.TryWrite(change)))
        {
            End();
        }
    }

    /// <summary>Closes the connection.</summary>
    public void End()
    {
        _untold.Writer.TryComplete();
        connection.Abort();
    }

    /// <summary>Tells the client what was taken, in order, until it is gone.</summary>
    public async Task TellAsync(ICaseClient client)
    {
        await foreach (OutboxEvent change in _untold.Reader.ReadAllAsync(connection.ConnectionAborted))
        {
            await TellAsync(client, change);
        }
    }

    // Leases, rest and whatever else concerns one person stay off the hub.
    private bool Hears(OutboxEvent change) =>
        change.PersonId is null
        && (!change.ChildSafety || Hearing.HasFlag(Hearing.ChildSafety))
        && change.Kind switch
        {
            LiveKind.CaseQueued or LiveKind.CaseChanged or LiveKind.DecisionRecorded => Hearing.HasFlag(Hearing.Cases),
            LiveKind.QueueChanged => Hearing.HasFlag(Hearing.Queues),
            _ => false,
        };

    private static Task TellAsync(ICaseClient client, OutboxEvent change) => change.Kind switch
    {
        LiveKind.CaseQueued => client.caseQueued(CaseNoticeOf(change)),
        LiveKind.CaseChanged => client.caseChanged(CaseNoticeOf(change)),
        LiveKind.DecisionRecorded => client.decisionRecorded(CaseNoticeOf(change)),
        LiveKind.QueueChanged => client.queueChanged(new QueueNotice(change.Sequence, change.QueueId, change.At)),
        _ => Task.CompletedTask,
    };

    private static CaseNotice CaseNoticeOf(OutboxEvent change) =>
        new(change.Sequence, change.CaseNumber, change.QueueId, change.State, change.At);
}
