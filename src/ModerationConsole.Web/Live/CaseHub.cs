using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace ModerationConsole.Web.Live;

/// <summary>Tells other clients what changes. Send-only: what a client hears follows from its permissions, and it can call nothing.</summary>
[Authorize(Policy = HubServices.Policy)]
public sealed class CaseHub(HubGate gate, HubAudience audience) : Hub<ICaseClient>
{
    /// <summary>Address of the hub.</summary>
    public const string Path = "/hubs/cases";

    /// <inheritdoc />
    public override async Task OnConnectedAsync()
    {
        Hearing hearing = await gate.HearsAsync(Context.User, Context.ConnectionAborted);
        if (hearing == Hearing.Nothing)
        {
            // Was lost between the request's check and here.
            Context.Abort();
            return;
        }

        audience.Add(new HubListener(Context, hearing));
    }

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        audience.Remove(Context.ConnectionId);
        return Task.CompletedTask;
    }
}
