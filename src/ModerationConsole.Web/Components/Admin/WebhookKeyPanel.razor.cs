using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>What the platform checks our webhooks with, and how it is changed.</summary>
public sealed partial class WebhookKeyPanel
{
    private const int Week = 7;

    private static readonly int[] s_overlaps = [1, Week, 30, 0];

    private IReadOnlyList<WebhookVerification>? _keys;
    private int _days = Week;
    private string? _refused;
    private bool _busy;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [Inject]
    public required ReadWebhookKeys ReadWebhookKeys { get; init; }

    [Inject]
    public required RotateWebhookKeys RotateWebhookKeys { get; init; }

    [Inject]
    public required ProofAsk Proof { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required ShellScript Script { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private async Task ReadAsync()
    {
        _keys = await Proof.WithAsync(async () => await ReadWebhookKeys.RunAsync(await Current.GetAsync(), CancellationToken.None), keys => keys is null);
        if (_keys is null)
        {
            Status.Say(ProofText.NotProved);
        }
    }

    // It cannot be taken back, so it is asked.
    private async Task RotateAsync()
    {
        if (_busy || !await Script.ConfirmAsync(AdminText.WebhookRotateQuestion))
        {
            return;
        }

        _busy = true;
        try
        {
            RotateWebhooksOutcome outcome = await Proof.WithAsync(
                async () => await RotateWebhookKeys.RunAsync(await Current.GetAsync(), TimeSpan.FromDays(_days), CancellationToken.None),
                outcome => outcome == RotateWebhooksOutcome.ProveFirst);
            _refused = outcome switch
            {
                RotateWebhooksOutcome.OverlapRunning => AdminText.WebhookOverlapRunning,
                RotateWebhooksOutcome.ProveFirst => ProofText.NotProved,
                _ => null,
            };
            if (outcome == RotateWebhooksOutcome.Rotated)
            {
                Status.Say(AdminText.WebhookRotated);
                await ReadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
