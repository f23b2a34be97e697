using System.Text.Json;

namespace ModerationConsole.Web.Api;

// Bodies are read field by field, with a pointer to each mistake. These shapes only describe them in the API's document.

/// <summary>An item; or in the nested form <c>{id, data, type: {id, version?, schemaVariant?}}</c>.</summary>
/// <param name="Id">Its id on the platform, up to 200 characters.</param>
/// <param name="TypeId">Its type, as defined in the console.</param>
/// <param name="Data">Its fields, as its type defines them. Others are kept unchecked.</param>
/// <param name="TypeSchemaVariant">original or partial; a partial item may lack required fields.</param>
internal sealed record ItemBody(string Id, string TypeId, JsonElement Data, string? TypeVersion = null, string? TypeSchemaVariant = null);

/// <summary>Up to 500 items.</summary>
internal sealed record ItemBatchBody(IReadOnlyList<ItemBody> Items);

internal sealed record ItemNameBody(string Id, string TypeId);

internal sealed record ReporterBody(string Kind, string Id, string TypeId);

internal sealed record ReportReasonBody(string? PolicyId = null, string? Reason = null, bool? Csam = null);

/// <summary>A report with the item it is about.</summary>
/// <param name="ReportedAt">ISO 8601.</param>
/// <param name="ReportedItemThread">Content around the item.</param>
/// <param name="ReportedItemsInThread">Which of the thread are reported too.</param>
/// <param name="AdditionalItems">Other items; none where a thread is reported.</param>
internal sealed record ReportBody(
    ReporterBody Reporter, DateTimeOffset ReportedAt, ItemBody ReportedItem, ReportReasonBody? ReportedForReason = null,
    IReadOnlyList<ItemBody>? ReportedItemThread = null, IReadOnlyList<ItemNameBody>? ReportedItemsInThread = null, IReadOnlyList<ItemBody>? AdditionalItems = null);

/// <summary>An appeal against a decision.</summary>
/// <param name="AppealId">The platform's own id of it.</param>
/// <param name="AppealedAt">ISO 8601.</param>
/// <param name="ActionedItem">The item or account that was acted on.</param>
/// <param name="ActionsTaken">Ids of the actions, up to 50; may be empty in a complaint.</param>
/// <param name="AppealReason">What the person wrote, up to 5 000 characters.</param>
/// <param name="AdditionalItems">Up to 50 items of content that speak for the person.</param>
/// <param name="Kind">appeal (of the account concerned; the default) or complaint (of someone whose report was refused).</param>
internal sealed record AppealBody(
    string AppealId, ItemNameBody AppealedBy, DateTimeOffset AppealedAt, ItemBody ActionedItem, IReadOnlyList<string> ActionsTaken,
    string? AppealReason = null, IReadOnlyList<PolicyNameBody>? ViolatingPolicies = null, IReadOnlyList<ItemBody>? AdditionalItems = null, string? Kind = null);

internal sealed record PolicyNameBody(string Id);

/// <summary>A legal notice or order.</summary>
/// <param name="Type">Code of its type, as the console's settings name them; the clock comes with it.</param>
/// <param name="Sender">Who demands it, up to 400 characters.</param>
/// <param name="ReceivedAt">When the platform received it, ISO 8601: its clock started. Within the last 30 days.</param>
/// <param name="Items">1 to 20 items that it is about: each with its data, as in a report, or only <c>{id, typeId}</c> where the console has it.</param>
/// <param name="Basis">The law that it stands on; that of its type where left out.</param>
/// <param name="Jurisdiction">Two letters, ISO 3166-1, or EU; that of its type where left out.</param>
/// <param name="Reference">The sender's own sign for it.</param>
/// <param name="Scope">What is demanded, and where it is to hold.</param>
/// <param name="Explanation">The sender's reasons.</param>
internal sealed record NoticeBody(
    string Type, string Sender, DateTimeOffset ReceivedAt, IReadOnlyList<ItemBody> Items, string? Basis = null, string? Jurisdiction = null, string? Reference = null,
    string? Scope = null, string? Explanation = null);

/// <summary>An action that is asked for.</summary>
internal sealed record ActionBody(
    string ActionId, string ItemId, string ItemTypeId, IReadOnlyList<string>? PolicyIds = null, IReadOnlyList<ItemNameBody>? ReportedItems = null,
    string? ActorId = null, JsonElement? Parameters = null, string? Note = null);
