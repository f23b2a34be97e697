using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Notices;

/// <summary>
/// Writes the answer to a notice: what was decided about each thing, on what ground, whether a program decided, and what the sender can do
/// about it. What the author was told and what the team noted stay here.
/// </summary>
internal static class NoticeAnswerBody
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Notice notice, IReadOnlyList<FoundOfNotice> found, NoticeFinding finding, string redress, int round)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("noticeId", notice.Id);
            json.WriteNumber("number", notice.Number);
            json.WriteString("type", notice.Type);
            json.WriteString("basis", notice.Basis);
            json.WriteString("jurisdiction", notice.Jurisdiction);
            json.WriteString("sender", notice.Sender);
            json.WriteString("reference", notice.Reference);
            Write(json, "receivedAt", notice.ReceivedAt);
            Write(json, "dueAt", notice.DueAt);
            Write(json, "decidedAt", notice.StoppedAt!.Value);
            json.WriteBoolean("inTime", notice.Met!.Value);
            json.WriteBoolean("corrects", round > 1);
            json.WriteString("finding", Word(finding));
            json.WriteStartArray("items");
            foreach (FoundOfNotice one in found)
            {
                Write(json, one);
            }

            json.WriteEndArray();
            json.WriteString("redress", redress);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, FoundOfNotice one)
    {
        json.WriteStartObject();
        json.WriteString("id", one.Item.ItemId);
        json.WriteString("typeId", one.Item.ItemTypeId);
        json.WriteString("decision", one.Decision?.Verdict switch
        {
            Verdict.Violation => "ACTED_ON",
            Verdict.Allow => "NOT_ACTED_ON",
            Verdict.CannotReview => "NOT_JUDGED",
            null => "GONE",
            _ => throw new ArgumentOutOfRangeException(nameof(one)),
        });
        if (one.Decision is { } decision)
        {
            json.WriteString("ground", !one.ActedOn ? null : decision.Ground switch
            {
                DecisionGround.Terms => "TERMS",
                DecisionGround.Illegal => "ILLEGAL",
                null => null,
                _ => throw new ArgumentOutOfRangeException(nameof(one)),
            });
            json.WriteString("legalBasis", decision.LegalBasis);
            json.WriteString("policyId", decision.PolicyId);
            json.WriteString("policyName", one.PolicyName);
            json.WriteStartArray("actions");
            foreach (string action in ActionScope.List(decision.Actions))
            {
                json.WriteStringValue(action);
            }

            json.WriteEndArray();
            json.WriteBoolean("automated", decision.AutomatedDecision == true);
        }

        json.WriteEndObject();
    }

    private static string Word(NoticeFinding finding) => finding switch
    {
        NoticeFinding.ActedOn => "ACTED_ON",
        NoticeFinding.ActedOnInPart => "ACTED_ON_IN_PART",
        NoticeFinding.NotActedOn => "NOT_ACTED_ON",
        NoticeFinding.NotJudged => "NOT_JUDGED",
        _ => throw new ArgumentOutOfRangeException(nameof(finding)),
    };

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset at) =>
        json.WriteString(name, at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
}
