using System.Security.Cryptography;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>
/// What webhooks are signed with: an RSA-2048 key for the peer's header and a shared secret for Standard Webhooks. Made at first
/// use and kept in the data directory, readable by the console's own account only.
/// </summary>
public sealed class WebhookKeys : IDisposable
{
    private const int KeyBits = 2_048;
    private const int SecretBytes = 32;

    private readonly Lock _gate = new();
    private readonly string _folder;
    private RSA? _rsa;
    private byte[]? _secret;

    /// <summary>Keys of the console whose data directory this is.</summary>
    public WebhookKeys(DatabaseOptions database)
    {
        ArgumentNullException.ThrowIfNull(database);
        _folder = Path.Combine(database.DataDirectory, "keys");
    }

    /// <summary>The public key, SPKI in PEM: what platforms check <c>Coop-Signature</c> with.</summary>
    public string PublicKeyPem
    {
        get
        {
            lock (_gate)
            {
                return Rsa().ExportSubjectPublicKeyInfoPem();
            }
        }
    }

    /// <summary>The shared secret as Standard Webhooks writes it, <c>whsec_…</c>. Show it only to those who manage actions.</summary>
    public string Secret
    {
        get
        {
            lock (_gate)
            {
                return WebhookSecret.Prefix + Convert.ToBase64String(SecretKey());
            }
        }
    }

    /// <summary>The peer's signature: base64 of RSASSA-PKCS1-v1_5 with SHA-256 over the raw body.</summary>
    public string SignBody(ReadOnlySpan<byte> body)
    {
        lock (_gate)
        {
            return Convert.ToBase64String(Rsa().SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
    }

    /// <summary>The Standard Webhooks signature over id, time and body.</summary>
    public string SignMessage(string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        lock (_gate)
        {
            return WebhookSecret.Sign(SecretKey(), id, unixSeconds, body);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _rsa?.Dispose();

    private RSA Rsa()
    {
        if (_rsa is null)
        {
            string pem = Keep("webhook-signing.pem", () =>
            {
                using RSA fresh = RSA.Create(KeyBits);
                return fresh.ExportPkcs8PrivateKeyPem();
            });
            _rsa = RSA.Create();
            _rsa.ImportFromPem(pem);
        }

        return _rsa;
    }

    private byte[] SecretKey() => _secret ??= Convert.FromBase64String(
        Keep("webhook-secret", () => WebhookSecret.Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)))[WebhookSecret.Prefix.Length..].Trim());

    private string Keep(string name, Func<string> make) => PrivateFiles.Keep(Path.Combine(_folder, name), make);
}
