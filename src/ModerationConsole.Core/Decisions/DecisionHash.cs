using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace ModerationConsole.Core.Decisions;

/// <summary>
/// The hash that the audit holds of a decision. It covers everything but where the decision stands, so it can be computed again
/// from the stored row at any time.
/// </summary>
public static class DecisionHash
{
    /// <summary>SHA-256 over the decision's canonical content.</summary>
    public static byte[] Of(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            // The order is part of the form: never change it, only add at the end and raise the number.
            json.WriteStartArray();
            json.WriteNumberValue(1);
            json.WriteStringValue(decision.Id);
            json.WriteNumberValue(decision.CaseNumber);
            json.WriteNumberValue(decision.CaseVersion);
            json.WriteNumberValue(decision.TaskNumber);
            json.WriteStringValue(decision.DeciderId?.ToString());
            json.WriteStringValue(Time(decision.DecidedAt));
            json.WriteStringValue(decision.Verdict.ToString());
            json.WriteStringValue(decision.CannotReviewCode);
            json.WriteStringValue(decision.PolicyId);
            json.WriteStringValue(decision.PolicyVersionId?.ToString());
            json.WriteStringValue(decision.Actions);
            json.WriteStringValue(decision.ReasonForUser);
            json.WriteStringValue(decision.InternalNote);
            json.WriteStringValue(Number(decision.HandlingSeconds));
            json.WriteStringValue(Time(decision.UndoUntil));
            json.WriteStringValue(decision.ReversesId?.ToString());
            json.WriteStringValue(decision.Ground?.ToString());
            json.WriteStringValue(decision.LegalBasis);
            json.WriteStringValue(decision.Territory);
            json.WriteStringValue(Number(decision.DurationDays));
            json.WriteStringValue(decision.SourceType?.ToString());
            json.WriteStringValue(decision.AutomatedDetection?.ToString());
            json.WriteStringValue(decision.AutomatedDecision?.ToString());
            json.WriteStringValue(decision.Facts);
            json.WriteStringValue(Number(decision.MediaTimeMarkSeconds));
            json.WriteStringValue(Number(decision.HighestStepSeen));
            json.WriteStringValue(decision.Snapshot);
            json.WriteEndArray();
        }

        return SHA256.HashData(buffer.WrittenSpan);
    }

    private static string Time(DateTimeOffset value) => value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}
