using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.Enforcement;

/// <summary>What platforms check webhooks with.</summary>
/// <param name="PublicKeyPem">For <c>Coop-Signature</c>: SPKI in PEM.</param>
/// <param name="Secret">For <c>Webhook-Signature</c>: <c>whsec_…</c>.</param>
/// <param name="Until">When the former keys sign no more, UTC; null for the present ones.</param>
public sealed record WebhookVerification(string PublicKeyPem, string Secret, DateTimeOffset? Until = null);

/// <summary>Shows both keys to those who manage actions.</summary>
[Requires(Permission.ManageActions)]
public sealed class ReadWebhookKeys(WebhookKeys keys, IAccessGuard guard, IRecentProof proof) : IUseCase
{
    /// <summary>
    /// Reads those that sign now, the present ones first; they are made if there are none yet. Null where the caller must first prove
    /// again who they are: with the secret anyone could speak to the platform in our name.
    /// </summary>
    public async Task<IReadOnlyList<WebhookVerification>?> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadWebhookKeys>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        WebhookKeySet set = await keys.GetAsync(cancellationToken).ConfigureAwait(false);
        WebhookVerification current = new(set.Current.PublicKeyPem, set.Current.Secret);
        return set.Old is { } old ? [current, new WebhookVerification(old.PublicKeyPem, old.Secret, set.OldUntil)] : [current];
    }
}

/// <summary>A public key that webhooks are checked with.</summary>
/// <param name="Id">SHA-256 of the key, lowercase hex.</param>
/// <param name="Pem">SPKI.</param>
/// <param name="Until">When it signs no more, UTC; null for the present one.</param>
public sealed record PublishedKey(string Id, string Pem, DateTimeOffset? Until = null);

/// <summary>Shows the public keys to programs.</summary>
[Requires(Permission.ReadPolicies)]
public sealed class ReadWebhookPublicKeys(WebhookKeys keys, IAccessGuard guard) : IUseCase
{
    /// <summary>Those that sign now, the present one first; it is made if there is none yet.</summary>
    public async Task<IReadOnlyList<PublishedKey>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadWebhookPublicKeys>(caller, cancellationToken).ConfigureAwait(false);
        WebhookKeySet set = await keys.GetAsync(cancellationToken).ConfigureAwait(false);
        PublishedKey current = new(set.Current.Id, set.Current.PublicKeyPem);
        return set.Old is { } old ? [current, new PublishedKey(old.Id, old.PublicKeyPem, set.OldUntil)] : [current];
    }
}
