using System.Security.Cryptography;
using System.Text;

namespace ModerationConsole.Core.Enforcement;

/// <summary>A shared secret as Standard Webhooks writes it, and what is signed with it.</summary>
internal static class WebhookSecret
{
    public const string Prefix = "whsec_";

    private const int LeastBytes = 24;
    private const int MostBytes = 512;

    /// <summary>Reads <c>whsec_…</c>.</summary>
    public static bool TryRead(string text, out byte[] secret)
    {
        secret = [];
        byte[] bytes = new byte[MostBytes];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !Convert.TryFromBase64String(text[Prefix.Length..].Trim(), bytes, out int length) || length < LeastBytes)
        {
            return false;
        }

        secret = bytes[..length];
        return true;
    }

    /// <summary>The signature over id, time and body.</summary>
    public static string Sign(byte[] secret, string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        byte[] head = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}.{unixSeconds}."));
        byte[] message = new byte[head.Length + body.Length];
        head.CopyTo(message, 0);
        body.CopyTo(message.AsSpan(head.Length));
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, message));
    }
}
