using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.Enforcement;

/// <summary>What platforms check webhooks with.</summary>
/// <param name="PublicKeyPem">For <c>Coop-Signature</c>: SPKI in PEM.</param>
/// <param name="Secret">For <c>Webhook-Signature</c>: <c>whsec_…</c>.</param>
public sealed record WebhookVerification(string PublicKeyPem, string Secret);

/// <summary>Shows both keys to those who manage actions.</summary>
[Requires(Permission.ManageActions)]
public sealed class ReadWebhookKeys(WebhookKeys keys, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads them; they are made if there are none yet.</summary>
    public async Task<WebhookVerification> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadWebhookKeys>(caller, cancellationToken).ConfigureAwait(false);
        return new WebhookVerification(keys.PublicKeyPem, keys.Secret);
    }
}

/// <summary>Shows the public key to programs.</summary>
[Requires(Permission.ReadPolicies)]
public sealed class ReadWebhookPublicKey(WebhookKeys keys, IAccessGuard guard) : IUseCase
{
    /// <summary>SPKI in PEM; it is made if there is none yet.</summary>
    public async Task<string> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadWebhookPublicKey>(caller, cancellationToken).ConfigureAwait(false);
        return keys.PublicKeyPem;
    }
}
