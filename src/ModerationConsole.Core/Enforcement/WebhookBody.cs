using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Enforcement;

/// <summary>A policy as the platform is told of it.</summary>
internal sealed record WebhookPolicy(string Id, string Name, Severity Severity);

/// <summary>A report as the platform is told of it.</summary>
internal sealed record WebhookReport(string? Reason, string ReporterTypeId, string ReporterId);

/// <summary>
/// All that a webhook's body is made of. There is no place in it for an internal note: what is not handed in here cannot leave.
/// </summary>
internal sealed record WebhookFacts
{
    public required string ActionId { get; init; }

    public required TargetItem Item { get; init; }

    public required string ItemTypeName { get; init; }

    public IReadOnlyList<WebhookPolicy> Policies { get; init; } = [];

    /// <summary>The action's configured body, a JSON object.</summary>
    public string CustomBody { get; init; } = "{}";

    public JsonObject? Parameters { get; init; }

    /// <summary>Reports of the case, newest first; null where it is not a reported one.</summary>
    public IReadOnlyList<WebhookReport>? Reports { get; init; }

    public string? ActorPseudonym { get; init; }

    /// <summary>The note of a program that asked for the action itself.</summary>
    public string? ActorNote { get; init; }

    public TargetItem? Creator { get; init; }

    public string? ReasonForUser { get; init; }

    /// <summary>Strikes of the account once this stands; null where they are not known.</summary>
    public int? UserStrikeCount { get; init; }
}

/// <summary>Writes the body of an action webhook in the peer's shape: its names, its order, unknown values left out.</summary>
internal static class WebhookBody
{
    /// <summary>Reports that are sent at most.</summary>
    public const int MaxReports = 100;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(WebhookFacts facts)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteStartObject("item");
            json.WriteString("id", facts.Item.ItemId);
            json.WriteString("typeId", facts.Item.TypeId);
            json.WriteString("typeName", facts.ItemTypeName);
            json.WriteEndObject();
            WritePolicies(json, facts.Policies);
            json.WriteStartArray("rules");
            json.WriteEndArray();
            json.WriteStartObject("action");
            json.WriteString("id", facts.ActionId);
            json.WriteEndObject();
            WriteCustom(json, facts);
            WriteText(json, "actorEmail", facts.ActorPseudonym);
            WriteText(json, "actorNote", facts.ActorNote);
            if (facts.Creator is not null)
            {
                json.WriteStartObject("creator");
                WriteItem(json, facts.Creator);
                json.WriteEndObject();
            }

            WriteText(json, "decisionReason", facts.ReasonForUser);
            if (facts.UserStrikeCount is { } strikes)
            {
                json.WriteNumber("userStrikeCount", strikes);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WritePolicies(Utf8JsonWriter json, IReadOnlyList<WebhookPolicy> policies)
    {
        json.WriteStartArray("policies");
        foreach (WebhookPolicy policy in policies)
        {
            json.WriteStartObject();
            json.WriteString("id", policy.Id);
            json.WriteString("name", policy.Name);
            json.WriteString("penalty", policy.Severity.ToString().ToUpperInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCustom(Utf8JsonWriter json, WebhookFacts facts)
    {
        JsonObject custom = JsonNode.Parse(facts.CustomBody) as JsonObject ?? [];
        foreach ((string name, JsonNode? value) in facts.Parameters ?? [])
        {
            custom[name] = value?.DeepClone();
        }

        if (facts.Reports is not null)
        {
            // The peer's own keys win over configured ones of the same name, as they do there.
            custom.Remove("reason");
            custom.Remove("reportHistory");
        }

        json.WriteStartObject("custom");
        foreach ((string name, JsonNode? value) in custom)
        {
            json.WritePropertyName(name);
            if (value is null)
            {
                json.WriteNullValue();
            }
            else
            {
                value.WriteTo(json);
            }
        }

        if (facts.Reports is not null)
        {
            WriteReports(json, facts.Reports);
        }

        json.WriteEndObject();
    }

    private static void WriteReports(Utf8JsonWriter json, IReadOnlyList<WebhookReport> reports)
    {
        WriteText(json, "reason", reports.Select(report => report.Reason).FirstOrDefault(reason => reason is not null));
        json.WriteStartArray("reportHistory");
        foreach (WebhookReport report in reports)
        {
            json.WriteStartObject();
            WriteText(json, "reason", report.Reason);
            json.WriteStartObject("reporter");
            WriteItem(json, new TargetItem(report.ReporterTypeId, report.ReporterId));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteItem(Utf8JsonWriter json, TargetItem item)
    {
        json.WriteString("id", item.ItemId);
        json.WriteString("typeId", item.TypeId);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
