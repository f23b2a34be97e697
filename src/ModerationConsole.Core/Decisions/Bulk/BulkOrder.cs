using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>Why a case is closed without a verdict.</summary>
public static class CloseCodes
{
    /// <summary>It is no longer there.</summary>
    public const string Gone = "gone";

    /// <summary>The same was judged in another case.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>It was settled outside the console.</summary>
    public const string Elsewhere = "elsewhere";

    /// <summary>All codes.</summary>
    public static IReadOnlyList<string> All { get; } = [Gone, Duplicate, Elsewhere];
}

/// <summary>What is to be done to each case of a batch.</summary>
/// <param name="Act">What.</param>
public sealed record BulkOrder(BulkAct Act)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The verdict; with <see cref="BulkAct.Decide"/>.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>The policy that is violated.</summary>
    public string? PolicyId { get; init; }

    /// <summary>Number of the policy's version when the batch was proposed: under other words nothing of it is decided.</summary>
    public int? PolicyVersion { get; init; }

    /// <summary>Ids of the actions to order, each on what it is made for; with a violation.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Why it could not be reviewed: one of <see cref="CannotReviewCodes.All"/>.</summary>
    public string? CannotReviewCode { get; init; }

    /// <summary>What the users are told.</summary>
    public string? ReasonForUser { get; init; }

    /// <summary>What only the team sees.</summary>
    public string? InternalNote { get; init; }

    /// <summary>Where to; with <see cref="BulkAct.Move"/>.</summary>
    public Guid? QueueId { get; init; }

    /// <summary>Why: one of <see cref="CloseCodes.All"/>; with <see cref="BulkAct.Close"/>.</summary>
    public string? CloseCode { get; init; }

    /// <summary>The stored form.</summary>
    public string Write() => JsonSerializer.Serialize(this, s_json);

    /// <summary>Reads the stored form.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static BulkOrder Read(string content) => JsonSerializer.Deserialize<BulkOrder>(content, s_json) ?? throw new JsonException("No order.");
}
