using System.Text.Json;
using System.Text.Json.Nodes;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Intake;

namespace ModerationConsole.Core.Demo;

/// <summary>Two notices whose clocks run, with time to spare: what is urgent in the demo stays first.</summary>
internal sealed class DemoNotices(AcceptNotice acceptNotice, TimeProvider clock)
{
    /// <summary>Sends them in, as a platform would.</summary>
    public async Task AddAsync(CancellationToken cancellationToken)
    {
        await AddAsync("trusted-flagger", "FR", "Anti-counterfeiting association", "SF-2207", 9, "Remove the offer in France.", "p-1002", cancellationToken).ConfigureAwait(false);
        await AddAsync("dsa-16", "DE", "Chamber of pharmacists", null, 20, null, "p-1039", cancellationToken).ConfigureAwait(false);
    }

    private async Task AddAsync(
        string type, string jurisdiction, string sender, string? reference, int hoursAgo, string? scope, string post, CancellationToken cancellationToken)
    {
        JsonObject body = new()
        {
            ["type"] = type,
            ["jurisdiction"] = jurisdiction,
            ["sender"] = sender,
            ["reference"] = reference,
            ["receivedAt"] = clock.GetUtcNow().AddHours(-hoursAgo).ToString("O"),
            ["scope"] = scope,
            ["items"] = new JsonArray(new JsonObject { ["id"] = post, ["typeId"] = "post" }),
        };
        NoticeReceived received = await acceptNotice.RunAsync(Caller.System, JsonSerializer.SerializeToElement(body), null, cancellationToken).ConfigureAwait(false);
        DemoParts.Expect(received.Answer == IntakeAnswer.Accepted, post);
    }
}
