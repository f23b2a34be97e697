using System.Text.Json;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Intake;

/// <summary>An appeal that has the right shape, with the items that came with it.</summary>
internal sealed record ReadAppeal(AppealOrder Order, IReadOnlyList<AcceptedItem> Evidence);

/// <summary>
/// Reads appeals as the peer's programs send them:
/// <c>{appealId, appealedBy:{id,typeId}, appealedAt, actionedItem, actionsTaken:[id], appealReason?, violatingPolicies?:[{id}],
/// additionalItems?:[item]}</c>, and our <c>kind?: "appeal" | "complaint"</c> beside it.
/// </summary>
internal sealed class AppealReader(ItemCatalog catalog, ProblemList problems)
{
    /// <summary>Most items, actions or policies that may come with an appeal.</summary>
    public const int Most = 50;

    private readonly ItemReader _items = new(catalog, problems);

    /// <summary>Reads the appeal. Null when it is wrong; why is in the problems.</summary>
    public ReadAppeal? Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            problems.Input("appeal.shape", "", "An appeal is an object.");
            return null;
        }

        string? id = ReadId(body);
        TargetItem? by = ReadAppellant(body);
        DateTimeOffset? at = ReadTime(body);
        AppealKind kind = ReadKind(body);
        string[] actions = ReadActions(body);
        string? text = ReadText(body);
        ReadPolicies(body);
        AcceptedItem? item = Given(body, "actionedItem", out JsonElement actioned) ? _items.Read(actioned, "/actionedItem") : Missing();
        IReadOnlyList<AcceptedItem> evidence = _items.ReadAll(
            List(body, "additionalItems"), "/additionalItems", type => type.Kind == ItemKind.Content, "Additional items are content only.");
        if (item?.Type.Kind == ItemKind.Thread && evidence.Count > 0)
        {
            problems.Input("appeal.additional-of-thread", "/additionalItems", "A thread comes without additional items.");
        }

        return problems.Count > 0
            ? null
            : new ReadAppeal(new AppealOrder(id!, kind, by!, at!.Value, new TargetItem(item!.Type.Id, item.Id), actions, text), evidence);
    }

    private string? ReadId(JsonElement body)
    {
        string? id = body.TryGetProperty("appealId", out JsonElement value) ? ExternalId.Read(value) : null;
        if (id is null)
        {
            problems.Input("appeal.id", "/appealId", ExternalId.Rule);
        }

        return id;
    }

    private TargetItem? ReadAppellant(JsonElement body)
    {
        if (!body.TryGetProperty("appealedBy", out JsonElement by) || by.ValueKind != JsonValueKind.Object
            || !by.TryGetProperty("typeId", out JsonElement typeId) || typeId.ValueKind != JsonValueKind.String
            || !by.TryGetProperty("id", out JsonElement id) || ExternalId.Read(id) is not { } read)
        {
            problems.Input("appeal.appellant", "/appealedBy", "Who appeals is an object with id and typeId.");
            return null;
        }

        if (catalog.Find(typeId.GetString()!) is not { } type)
        {
            problems.UnknownType("/appealedBy");
            return null;
        }

        return new TargetItem(type.Id, read);
    }

    private DateTimeOffset? ReadTime(JsonElement body)
    {
        DateTimeOffset? at = body.TryGetProperty("appealedAt", out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? Moment.Read(value.GetString())
            : null;
        if (at is null)
        {
            problems.Input("appeal.time", "/appealedAt", "The time of an appeal is a date, ISO 8601.");
        }

        return at;
    }

    private AppealKind ReadKind(JsonElement body)
    {
        if (!Given(body, "kind", out JsonElement kind) || (kind.ValueKind == JsonValueKind.String && kind.ValueEquals("appeal")))
        {
            return AppealKind.Appeal;
        }

        if (kind.ValueKind != JsonValueKind.String || !kind.ValueEquals("complaint"))
        {
            problems.Input("appeal.kind", "/kind", "The kind is appeal or complaint.");
        }

        return AppealKind.Complaint;
    }

    private string[] ReadActions(JsonElement body)
    {
        if (!Given(body, "actionsTaken", out _))
        {
            problems.Input("appeal.actions", "/actionsTaken", "An appeal names the actions that were taken.");
            return [];
        }

        List<string> actions = [];
        foreach ((int place, JsonElement action) in List(body, "actionsTaken").Index())
        {
            if (ExternalId.Read(action) is { } id && !id.Contains(',', StringComparison.Ordinal))
            {
                actions.Add(id);
            }
            else
            {
                problems.Input("appeal.action", $"/actionsTaken/{place}", ExternalId.Rule);
            }
        }

        return [.. actions.Distinct(StringComparer.Ordinal)];
    }

    private string? ReadText(JsonElement body)
    {
        if (!Given(body, "appealReason", out JsonElement value))
        {
            return null;
        }

        // PostgreSQL cannot hold U+0000 in text.
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString()!.Replace('\0', '\uFFFD') : null;
        if (text is null or { Length: > TextLength.Note })
        {
            problems.Input("appeal.reason", "/appealReason", $"The reason is a text of at most {TextLength.Note} characters.");
        }

        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    // The decision knows its policy; what the platform says of it is only checked.
    private void ReadPolicies(JsonElement body)
    {
        foreach ((int place, JsonElement policy) in List(body, "violatingPolicies").Index())
        {
            if (policy.ValueKind != JsonValueKind.Object || !policy.TryGetProperty("id", out JsonElement id) || ExternalId.Read(id) is null)
            {
                problems.Input("appeal.policy", $"/violatingPolicies/{place}", "A policy is named by its id.");
            }
        }
    }

    private JsonElement[] List(JsonElement body, string name)
    {
        if (!Given(body, name, out JsonElement list))
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > Most)
        {
            problems.Input("appeal.list", $"/{name}", $"This is a list of at most {Most}.");
            return [];
        }

        return [.. list.EnumerateArray()];
    }

    private AcceptedItem? Missing()
    {
        problems.Input("appeal.item-missing", "/actionedItem", "An appeal names the item that was acted on.");
        return null;
    }

    private static bool Given(JsonElement parent, string name, out JsonElement value) =>
        parent.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
}
