using ModerationConsole.Core.Access;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;

namespace ModerationConsole.Tests.Support.Live;

/// <summary>What tests of the hub do with the console.</summary>
public static class HubSteps
{
    /// <summary>A program connects with a key of these scopes.</summary>
    public static async Task<HubClient> HearAsync(this WebConsole console, params Permission[] scopes)
    {
        CreatedKey key = await console.KeyAsync(scopes);
        return await HubClient.ConnectAsync(console.Client.BaseAddress!, "X-API-KEY", key.Key);
    }

    /// <summary>Something of each kind happens, in this order.</summary>
    public static Task PublishAsync(this WebConsole console, params LiveKind[] kinds) =>
        console.WriteAsync(scope =>
        {
            foreach (LiveKind kind in kinds)
            {
                scope.Publish(kind, caseNumber: 1, queueId: Guid.NewGuid(), state: "Open");
            }

            return Task.FromResult(true);
        });
}
