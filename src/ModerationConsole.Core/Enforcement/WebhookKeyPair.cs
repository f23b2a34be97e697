using System.Security.Cryptography;

namespace ModerationConsole.Core.Enforcement;

/// <summary>What a webhook is signed with: an RSA key for the peer's header and a shared secret for Standard Webhooks.</summary>
public sealed class WebhookKeyPair : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RSA _rsa = RSA.Create();
    private readonly byte[] _secret;

    internal WebhookKeyPair(string pem, string secret)
    {
        _rsa.ImportFromPem(pem);
        _secret = Convert.FromBase64String(secret.Trim()[WebhookSecret.Prefix.Length..]);
        PublicKeyPem = _rsa.ExportSubjectPublicKeyInfoPem();
        Id = Convert.ToHexStringLower(SHA256.HashData(_rsa.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>SHA-256 of the public key, lowercase hex.</summary>
    public string Id { get; }

    /// <summary>The public key, SPKI in PEM: what platforms check <c>Coop-Signature</c> with.</summary>
    public string PublicKeyPem { get; }

    /// <summary>The shared secret as Standard Webhooks writes it, <c>whsec_…</c>. Show it only to those who manage actions.</summary>
    public string Secret => WebhookSecret.Prefix + Convert.ToBase64String(_secret);

    /// <summary>The peer's signature: base64 of RSASSA-PKCS1-v1_5 with SHA-256 over the raw body.</summary>
    public string SignBody(ReadOnlySpan<byte> body)
    {
        lock (_gate)
        {
            return Convert.ToBase64String(_rsa.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
    }

    /// <summary>The Standard Webhooks signature over id, time and body.</summary>
    public string SignMessage(string id, long unixSeconds, ReadOnlySpan<byte> body) => WebhookSecret.Sign(_secret, id, unixSeconds, body);

    /// <inheritdoc />
    public void Dispose() => _rsa.Dispose();
}

/// <summary>The keys that hold at a moment.</summary>
/// <param name="Current">What is signed with.</param>
/// <param name="Old">What is signed with as well, until everyone has taken up the current ones; null outside of such a time.</param>
/// <param name="OldUntil">When that time is over, UTC.</param>
public sealed record WebhookKeySet(WebhookKeyPair Current, WebhookKeyPair? Old = null, DateTimeOffset? OldUntil = null);
