using System.Text.Json;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake;

/// <summary>A report that has the right shape.</summary>
internal sealed record ReadReport(
    string ReporterTypeId,
    string ReporterId,
    DateTimeOffset ReportedAt,
    string? PolicyId,
    string? Reason,
    bool ChildSafety,
    AcceptedItem Reported,
    IReadOnlyList<AcceptedItem> Thread,
    IReadOnlySet<(string TypeId, string Id)> ReportedInThread,
    IReadOnlyList<AcceptedItem> Additional)
{
    /// <summary>Every item that came with it.</summary>
    public IReadOnlyList<AcceptedItem> Items => [Reported, .. Thread, .. Additional];
}

/// <summary>
/// Reads reports as the peer's programs send them:
/// <c>{reporter:{kind:"user",typeId,id}, reportedAt, reportedForReason?:{policyId?,reason?,csam?}, reportedItem,
/// reportedItemThread?:[item], reportedItemsInThread?:[{id,typeId}], additionalItems?:[item]}</c>.
/// </summary>
internal sealed class ReportReader(ItemCatalog catalog, ProblemList problems)
{
    /// <summary>Most items that may come with a report, in each of its lists.</summary>
    public const int MaxContext = 200;

    private readonly ItemReader _items = new(catalog, problems);

    /// <summary>Reads the report. Null when it is wrong; why is in the problems.</summary>
    public ReadReport? Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            problems.Input("report.shape", "", "A report is an object.");
            return null;
        }

        (string? reporterType, string? reporter) = ReadReporter(body);
        DateTimeOffset? at = ReadTime(body);
        (string? policy, string? reason, bool childSafety) = ReadReason(body);
        AcceptedItem? reported = body.TryGetProperty("reportedItem", out JsonElement item)
            ? _items.Read(item, "/reportedItem")
            : Missing("/reportedItem");
        IReadOnlyList<AcceptedItem> thread = _items.ReadAll(
            List(body, "reportedItemThread"), "/reportedItemThread", type => type.Kind == ItemKind.Content, "A thread holds content only.");
        IReadOnlyList<AcceptedItem> additional = _items.ReadAll(List(body, "additionalItems"), "/additionalItems", _ => true, "");
        HashSet<(string, string)> inThread = ReadNames(body);
        if (reported?.Type.Kind == ItemKind.Thread && additional.Count > 0)
        {
            problems.Input("report.additional-of-thread", "/additionalItems", "A reported thread comes without additional items.");
        }

        return problems.Count > 0 ? null : new ReadReport(reporterType!, reporter!, at!.Value, policy, reason, childSafety, reported!, thread, inThread, additional);
    }

    private (string? TypeId, string? Id) ReadReporter(JsonElement body)
    {
        if (!body.TryGetProperty("reporter", out JsonElement reporter) || reporter.ValueKind != JsonValueKind.Object
            || !reporter.TryGetProperty("kind", out JsonElement kind) || kind.ValueKind != JsonValueKind.String || !kind.ValueEquals("user")
            || !reporter.TryGetProperty("typeId", out JsonElement typeId) || typeId.ValueKind != JsonValueKind.String
            || !reporter.TryGetProperty("id", out JsonElement id) || ExternalId.Read(id) is not { } read)
        {
            problems.Input("report.reporter", "/reporter", "A reporter is an object of kind user with id and typeId.");
            return default;
        }

        if (catalog.Find(typeId.GetString()!) is not { } type)
        {
            problems.UnknownType("/reporter");
            return default;
        }

        return (type.Id, read);
    }

    private DateTimeOffset? ReadTime(JsonElement body)
    {
        DateTimeOffset? at = body.TryGetProperty("reportedAt", out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? Moment.Read(value.GetString())
            : null;
        if (at is null)
        {
            problems.Input("report.time", "/reportedAt", "The time of a report is a date, ISO 8601.");
        }

        return at;
    }

    private (string? Policy, string? Reason, bool ChildSafety) ReadReason(JsonElement body)
    {
        const string At = "/reportedForReason";
        if (!Given(body, "reportedForReason", out JsonElement given))
        {
            return default;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            problems.Input("report.reason", At, "The reason is an object.");
            return default;
        }

        string? policy = null;
        if (Given(given, "policyId", out JsonElement policyId) && (policy = ExternalId.Read(policyId)) is null)
        {
            problems.Input("report.policy", $"{At}/policyId", ExternalId.Rule);
        }

        string? reason = null;
        if (Given(given, "reason", out JsonElement text))
        {
            // PostgreSQL cannot hold U+0000 in text.
            reason = text.ValueKind == JsonValueKind.String ? text.GetString()!.Replace('\0', '\uFFFD') : null;
            if (reason is null or { Length: > TextLength.Note })
            {
                problems.Input("report.reason", $"{At}/reason", $"The reason is a text of at most {TextLength.Note} characters.");
            }
        }

        bool childSafety = false;
        if (Given(given, "csam", out JsonElement csam))
        {
            childSafety = csam.ValueKind == JsonValueKind.True;
            if (csam.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                problems.Input("report.csam", $"{At}/csam", "This is true or false.");
            }
        }

        return (policy, reason, childSafety);
    }

    private HashSet<(string, string)> ReadNames(JsonElement body)
    {
        HashSet<(string, string)> names = [];
        foreach ((int place, JsonElement name) in List(body, "reportedItemsInThread").Index())
        {
            if (name.ValueKind == JsonValueKind.Object
                && name.TryGetProperty("id", out JsonElement id) && ExternalId.Read(id) is { } read
                && name.TryGetProperty("typeId", out JsonElement typeId) && typeId.ValueKind == JsonValueKind.String)
            {
                names.Add((typeId.GetString()!, read));
            }
            else
            {
                problems.Input("report.in-thread", $"/reportedItemsInThread/{place}", "An item is named by id and typeId.");
            }
        }

        return names;
    }

    private JsonElement[] List(JsonElement body, string name)
    {
        if (!Given(body, name, out JsonElement list))
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxContext)
        {
            problems.Input("report.list", $"/{name}", $"This is a list of at most {MaxContext}.");
            return [];
        }

        return [.. list.EnumerateArray()];
    }

    private AcceptedItem? Missing(string pointer)
    {
        problems.Input("report.item-missing", pointer, "A report names the reported item.");
        return null;
    }

    private static bool Given(JsonElement parent, string name, out JsonElement value) =>
        parent.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
}
