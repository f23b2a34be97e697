using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace ModerationConsole.Core.Media;

/// <summary>The hash that the audit holds of a reveal. It covers every field, so it can be computed again from the stored row at any time.</summary>
public static class RevealHash
{
    /// <summary>SHA-256 over the reveal's canonical content.</summary>
    public static byte[] Of(MediaReveal reveal)
    {
        ArgumentNullException.ThrowIfNull(reveal);
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            // The order is part of the form: never change it, only add at the end and raise the number.
            json.WriteStartArray();
            json.WriteNumberValue(1);
            json.WriteStringValue(reveal.Id);
            json.WriteStringValue(reveal.MediaId);
            json.WriteStringValue(reveal.Sha256);
            json.WriteNumberValue((int)reveal.Step);
            json.WriteStringValue(reveal.PersonId);
            json.WriteStringValue(Number(reveal.CaseNumber));
            json.WriteStringValue(Number(reveal.TaskNumber));
            json.WriteStringValue(Number(reveal.Fencing));
            json.WriteStringValue(reveal.Reason);
            json.WriteStringValue(reveal.Filters);
            json.WriteStringValue(Time(reveal.RevealedAt));
            json.WriteStringValue(Time(reveal.ExpiresAt));
            json.WriteEndArray();
        }

        return SHA256.HashData(buffer.WrittenSpan);
    }

    private static string Time(DateTimeOffset value) => value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
